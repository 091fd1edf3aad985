import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath } from '../../../scripts/chromium.ts';
import { chromiumArguments } from '../../support/chromium.ts';
import { startStudio } from '../../support/studio-process.ts';

/** A small project that nobody has trusted, open in the studio. */
export interface OpenBookshop {
  readonly page: Page;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

const catalogModels = `from django.conf import settings
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=200)
    born = models.DateField(null=True, blank=True)


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name='books')
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
`;

const files: Readonly<Record<string, string>> = {
  'manage.py': `import os
import sys

if __name__ == '__main__':
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'bookshop.settings')
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
`,
  'bookshop/__init__.py': '',
  'bookshop/settings.py': `SECRET_KEY = 'only for this test'
ROOT_URLCONF = 'bookshop.urls'
INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'catalog']
`,
  'bookshop/urls.py': 'urlpatterns = []\n',
  'catalog/__init__.py': '',
  'catalog/models.py': catalogModels,
};

/** Writes the project into a folder of its own and opens it in the built studio; `prepare` adds to it before. */
export async function openBookshop(
  prepare: (folder: string) => void | Promise<void> = () => undefined,
): Promise<OpenBookshop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'samois-bookshop-')));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await prepare(folder);
  const studio = await startStudio({ folder });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArguments] });
  // Without motion the camera is where it goes at once.
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(studio.link);
  return {
    page,
    folder,
    close: async () => {
      await browser.close();
      await studio.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
