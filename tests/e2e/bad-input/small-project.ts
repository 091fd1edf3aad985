import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const manage = `import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
execute_from_command_line(sys.argv)
`;

const settings = `from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "only for a test"
DEBUG = True
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "catalog"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
`;

const models = `from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=200)
`;

const files: Readonly<Record<string, string>> = {
  'manage.py': manage,
  'shop/__init__.py': '',
  'shop/settings.py': settings,
  'shop/urls.py': 'urlpatterns = []\n',
  'catalog/__init__.py': '',
  'catalog/models.py': models,
};

/** Writes the smallest project there is, with one model; `changed` files take the place of its own. */
export async function writeProject(
  folder: string,
  changed: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  for (const [path, content] of Object.entries({ ...files, ...changed })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
