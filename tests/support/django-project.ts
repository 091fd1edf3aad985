import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { testPython } from './python-environment.ts';

const run = promisify(execFile);

/** A real project of Django's own making, with one app, in a temporary folder. */
export interface DjangoProject {
  readonly folder: string;
  readonly settingsModule: string;
  readonly interpreter: string;
  /** Writes a file of the project. */
  readonly write: (path: string, text: string) => Promise<string>;
  readonly read: (path: string) => Promise<string>;
  readonly manage: (...args: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

const MODELS = `from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=200)
`;
const VIEWS = `from django.http import HttpResponse


def index(request):
    return HttpResponse("first", content_type="text/plain")
`;
const URLS = `from django.contrib import admin
from django.urls import path
from catalog import views

urlpatterns = [path("admin/", admin.site.urls), path("", views.index, name="index")]
`;

/** Makes `mysite` with the installed app `catalog`; no migration is made or applied. */
export async function makeDjangoProject(): Promise<DjangoProject> {
  // Spaces and letters beyond ASCII, because users' folders have them.
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'samois-project-'))), 'my sité');
  const write = async (path: string, text: string): Promise<string> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    return join(folder, path);
  };
  await mkdir(folder);
  await run(testPython, ['-m', 'django', 'startproject', 'mysite', folder]);
  await write('catalog/__init__.py', '');
  await write('catalog/migrations/__init__.py', '');
  await write('catalog/models.py', MODELS);
  await write('catalog/views.py', VIEWS);
  await write('mysite/urls.py', URLS);
  const settings = await readFile(join(folder, 'mysite/settings.py'), 'utf8');
  await write(
    'mysite/settings.py',
    settings.replace('INSTALLED_APPS = [', 'INSTALLED_APPS = [\n    "catalog",'),
  );
  return {
    folder,
    settingsModule: 'mysite.settings',
    interpreter: testPython,
    write,
    read: (path) => readFile(join(folder, path), 'utf8'),
    manage: async (...args) => (await run(testPython, ['manage.py', ...args], { cwd: folder })).stdout,
    remove: () => rm(dirname(folder), { recursive: true, force: true }),
  };
}
