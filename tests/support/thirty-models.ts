import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testPython } from './python-environment.ts';

const run = promisify(execFile);

/** A Django project of the size that reloads are measured on: 30 models with admin, and one view. */
export interface ThirtyModels {
  readonly folder: string;
  /** The view's file; `viewText` gives its text with another answer. */
  readonly viewFile: string;
  readonly viewText: (answer: string) => string;
}

/** Makes the project in an empty folder, with its database migrated. */
export async function makeThirtyModels(folder: string): Promise<ThirtyModels> {
  const manage = (...args: string[]): Promise<unknown> =>
    run(testPython, ['manage.py', ...args], { cwd: folder });
  await mkdir(folder, { recursive: true });
  await run(testPython, ['-m', 'django', 'startproject', 'config', '.'], { cwd: folder });
  await manage('startapp', 'shelf');
  const models = Array.from({ length: 30 }, (_, index) => modelText(index));
  const names = models.map((_, index) => `Thing${index}`);
  await writeFile(join(folder, 'shelf/models.py'), `from django.db import models\n${models.join('')}`);
  await writeFile(
    join(folder, 'shelf/admin.py'),
    `from django.contrib import admin\n\nfrom . import models\n\n${names.map((name) => `admin.site.register(models.${name})\n`).join('')}`,
  );
  await writeFile(
    join(folder, 'config/urls.py'),
    [
      'from django.contrib import admin',
      'from django.urls import path',
      '',
      'from shelf import views',
      '',
      'urlpatterns = [path("admin/", admin.site.urls), path("", views.answer)]',
      '',
    ].join('\n'),
  );
  const settings = 'from .base import *  # noqa: F403\n\nINSTALLED_APPS += ["shelf"]  # noqa: F405\n';
  await run('mv', [join(folder, 'config/settings.py'), join(folder, 'config/base.py')]);
  await writeFile(join(folder, 'config/settings.py'), settings);
  const viewFile = join(folder, 'shelf/views.py');
  await writeFile(viewFile, viewText('first'));
  await manage('makemigrations', 'shelf');
  await manage('migrate');
  return { folder, viewFile, viewText };
}

function viewText(answer: string): string {
  return `from django.http import HttpResponse\n\n\ndef answer(request):\n    return HttpResponse("${answer}")\n`;
}

function modelText(index: number): string {
  const relation =
    index === 0 ? '' : `    parent = models.ForeignKey(Thing${index - 1}, models.CASCADE, null=True)\n`;
  return [
    `\n\nclass Thing${index}(models.Model):\n`,
    '    title = models.CharField(max_length=200)\n',
    '    price = models.DecimalField(max_digits=8, decimal_places=2)\n',
    '    made = models.DateTimeField(auto_now_add=True)\n',
    relation,
  ].join('');
}
