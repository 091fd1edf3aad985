import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The models and routes of the sound part, which must show whatever else a project holds. */
export const SOUND_MODELS = ['catalog.Author', 'catalog.Book'] as const;
export const SOUND_ROUTES = ['/books/', '/books/<int:pk>/'] as const;

const files: Readonly<Record<string, string>> = {
  'manage.py': `import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`,
  'shop/__init__.py': '',
  'shop/settings.py': `from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "not-a-secret"
DEBUG = True
ALLOWED_HOSTS = []
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "catalog",
]
MIDDLEWARE = []
ROOT_URLCONF = "shop.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
`,
  'shop/urls.py': `from django.urls import path

from catalog import views

urlpatterns = [
    path("books/", views.books),
    path("books/<int:pk>/", views.book),
]
`,
  'catalog/__init__.py': '',
  'catalog/migrations/__init__.py': '',
  'catalog/models.py': `from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
`,
  'catalog/views.py': `from django.http import HttpResponse


def books(request):
    return HttpResponse("books")


def book(request, pk):
    return HttpResponse(str(pk))
`,
};

/** Writes files below a folder, and the folders they need. */
export async function writeBelow(
  folder: string,
  texts: Readonly<Record<string, string | Uint8Array>>,
  mode = 0o644,
): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text, { mode });
  }
}

/** A small Django project that is as it should be. */
export async function makeSoundProject(folder: string): Promise<void> {
  await writeBelow(folder, files);
}
