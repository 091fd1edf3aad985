import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { testPython } from './python-environment.ts';

const run = promisify(execFile);

/** The kinds of file whose saves are told apart. */
export const edits = ['views', 'models', 'templates', 'urls', 'settings'] as const;
export type Edit = (typeof edits)[number];

/** A project whose one page says what stands in each of its files. */
export interface ReloadProject {
  readonly folder: string;
  readonly settings: string;
  /** Writes the file so that the page says `value` for it; gives its path. */
  readonly edit: (edit: Edit, value: string) => Promise<string>;
  /** What the page says now, once everything was read. */
  readonly expected: () => string;
}

/** Makes a project with so many models, all in the admin; with `api` each has a viewset, a serializer and filters. */
export async function makeReloadProject(
  folder: string,
  size: { readonly models: number; readonly api: boolean },
): Promise<ReloadProject> {
  const values: Record<Edit, string> = { views: '0', models: '0', templates: '0', urls: '0', settings: '0' };
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  const texts: Record<Edit, () => readonly [string, string]> = {
    views: () => ['shelf/views.py', viewsText(size, values.views)],
    models: () => ['shelf/models.py', modelsText(size.models, values.models)],
    templates: () => ['shelf/templates/shelf/page.html', values.templates],
    urls: () => ['config/urls.py', urlsText(size, values.urls)],
    settings: () => ['config/settings.py', settingsText(size.api, values.settings)],
  };
  await write(
    'manage.py',
    'import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n\n' +
      'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\nexecute_from_command_line(sys.argv)\n',
  );
  await write(
    'config/asgi.py',
    'import os\n\nfrom django.core.asgi import get_asgi_application\n\n' +
      'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\napplication = get_asgi_application()\n',
  );
  for (const name of ['config/__init__.py', 'shelf/__init__.py']) await write(name, '');
  for (const edit of edits) await write(...texts[edit]());
  const numbers = Array.from({ length: size.models }, (_, index) => index);
  await write(
    'shelf/admin.py',
    `from django.contrib import admin\n\nfrom . import models\n\n${numbers.map((n) => `admin.site.register(models.Thing${n})\n`).join('')}`,
  );
  if (size.api) await write('shelf/serializers.py', serializersText(numbers));
  await run(testPython, ['manage.py', 'makemigrations', 'shelf'], { cwd: folder });
  await run(testPython, ['manage.py', 'migrate'], { cwd: folder });
  return {
    folder,
    settings: 'config.settings',
    edit: async (edit, value) => {
      values[edit] = value;
      return write(...texts[edit]());
    },
    expected: () => edits.map((edit) => values[edit]).join('|'),
  };
}

function viewsText(
  { models, api }: { readonly models: number; readonly api: boolean },
  value: string,
): string {
  const viewsets = Array.from(
    { length: models },
    (_, n) =>
      `\n\nclass Thing${n}ViewSet(viewsets.ModelViewSet):\n    queryset = models.Thing${n}.objects.all()\n` +
      `    serializer_class = serializers.Thing${n}Serializer\n    filterset_fields = ["title", "price"]\n`,
  );
  return (
    'from django.conf import settings\nfrom django.http import HttpResponse\nfrom django.template.loader import render_to_string\n\n' +
    (api
      ? 'from rest_framework import viewsets\n\nfrom . import models, serializers\n'
      : 'from . import models\n') +
    `\nVALUE = "${value}"\n\n\ndef answer(request, of_urls):\n` +
    '    name = str(models.Thing0._meta.get_field("title").verbose_name)\n' +
    '    page = render_to_string("shelf/page.html")\n' +
    '    return HttpResponse("|".join([VALUE, name, page, of_urls, settings.VALUE]))\n' +
    (api ? viewsets.join('') : '')
  );
}

function modelsText(count: number, value: string): string {
  const models = Array.from(
    { length: count },
    (_, n) =>
      `\n\nclass Thing${n}(models.Model):\n    title = models.CharField(${n === 0 ? `"${value}", ` : ''}max_length=200)\n` +
      '    price = models.DecimalField(max_digits=8, decimal_places=2)\n    made = models.DateTimeField(auto_now_add=True)\n' +
      (n === 0 ? '' : `    parent = models.ForeignKey(Thing${n - 1}, models.CASCADE, null=True)\n`),
  );
  return `from django.db import models\n${models.join('')}`;
}

function serializersText(numbers: readonly number[]): string {
  const serializers = numbers.map(
    (n) =>
      `\n\nclass Thing${n}Serializer(serializers.ModelSerializer):\n    class Meta:\n        model = models.Thing${n}\n        fields = "__all__"\n`,
  );
  return `from rest_framework import serializers\n\nfrom . import models\n${serializers.join('')}`;
}

function urlsText(
  { models, api }: { readonly models: number; readonly api: boolean },
  value: string,
): string {
  const routes = Array.from(
    { length: models },
    (_, n) => `router.register("thing${n}", views.Thing${n}ViewSet)\n`,
  );
  return (
    'from django.contrib import admin\nfrom django.urls import include, path\n' +
    (api ? 'from rest_framework.routers import DefaultRouter\n' : '') +
    '\nfrom shelf import views\n\n' +
    (api ? `router = DefaultRouter()\n${routes.join('')}\n` : '') +
    `urlpatterns = [\n    path("admin/", admin.site.urls),\n    path("", views.answer, {"of_urls": "${value}"}),\n` +
    `    path("api/", include(${api ? 'router.urls' : '[]'})),\n]\n`
  );
}

function settingsText(api: boolean, value: string): string {
  const apps = ['admin', 'auth', 'contenttypes', 'sessions', 'messages', 'staticfiles'].map(
    (name) => `    "django.contrib.${name}",\n`,
  );
  return [
    'from pathlib import Path',
    '',
    'BASE_DIR = Path(__file__).resolve().parent.parent',
    'SECRET_KEY = "only-for-measuring"',
    'DEBUG = True',
    'ALLOWED_HOSTS = ["*"]',
    'ROOT_URLCONF = "config.urls"',
    `INSTALLED_APPS = [\n${apps.join('')}${api ? '    "rest_framework",\n    "django_filters",\n' : ''}    "shelf",\n]`,
    'MIDDLEWARE = [\n    "django.contrib.sessions.middleware.SessionMiddleware",\n    "django.middleware.common.CommonMiddleware",\n' +
      '    "django.contrib.auth.middleware.AuthenticationMiddleware",\n    "django.contrib.messages.middleware.MessageMiddleware",\n]',
    'TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [\n' +
      '    "django.template.context_processors.request",\n    "django.contrib.auth.context_processors.auth",\n' +
      '    "django.contrib.messages.context_processors.messages",\n]}}]',
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}',
    'DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"',
    'STATIC_URL = "static/"',
    'USE_TZ = True',
    'ASGI_APPLICATION = "config.asgi.application"',
    api
      ? 'REST_FRAMEWORK = {"DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"]}'
      : '',
    `VALUE = "${value}"`,
    '',
  ].join('\n');
}
