import { beforeAll, expect, test } from 'vitest';
import type { SettingsFacts } from '../../../../../shared/django/project-model.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** Reads a settings module with what it may import beside it. */
function settingsOf(text: string, others: Readonly<Record<string, string>> = {}): SettingsFacts {
  const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n';
  const files = { 'manage.py': manage, 'config/__init__.py': '', 'config/settings.py': text, ...others };
  const { settings } = indexOf(parser, files).snapshot();
  if (settings === null) throw new Error('No settings were read.');
  return settings;
}

const LISTS: readonly (readonly [what: string, text: string, apps: readonly string[], partial: boolean])[] = [
  ['a plain list', 'INSTALLED_APPS = ["a", "b"]', ['a', 'b'], false],
  ['a sum of lists and tuples', 'X = ("a",)\nINSTALLED_APPS = list(X) + ["b"]', ['a', 'b'], false],
  ['unpacked lists', 'X = ["a"]\nINSTALLED_APPS = [*X, "b"]', ['a', 'b'], false],
  ['+=', 'INSTALLED_APPS = ["a"]\nINSTALLED_APPS += ("b",)', ['a', 'b'], false],
  [
    'insert at its place',
    'INSTALLED_APPS = ["a", "c"]\nINSTALLED_APPS.insert(1, "b")',
    ['a', 'b', 'c'],
    false,
  ],
  ['remove', 'INSTALLED_APPS = ["a", "b"]\nINSTALLED_APPS.remove("a")', ['b'], false],
  [
    'a comprehension over a known list',
    'X = ["a", "b"]\nINSTALLED_APPS = [app for app in X if app not in ("b",)]',
    ['a'],
    false,
  ],
  [
    'a condition that is known',
    'D = True\nINSTALLED_APPS = ["a"]\nif D:\n    INSTALLED_APPS += ["b"]',
    ['a', 'b'],
    false,
  ],
  ['a condition nobody knows', 'INSTALLED_APPS = ["a"]\nif f():\n    INSTALLED_APPS += ["b"]', ['a'], true],
  [
    'a condition on the environment takes the default, and says that there may be more',
    'import os\nINSTALLED_APPS = ["a"]\nif os.environ.get("X"):\n    INSTALLED_APPS += ["b"]\nelse:\n    INSTALLED_APPS += ["c"]',
    ['a', 'c'],
    true,
  ],
  [
    'what an optional package adds',
    'INSTALLED_APPS = ["a"]\ntry:\n    import b\n    INSTALLED_APPS += ["b"]\nexcept ImportError:\n    pass',
    ['a'],
    true,
  ],
  ['a loop', 'INSTALLED_APPS = ["a"]\nfor x in f():\n    INSTALLED_APPS.append(x)', ['a'], true],
  ['a call', 'INSTALLED_APPS = ["a", *more()]', ['a'], true],
];

test.each(LISTS)('INSTALLED_APPS by %s', (_, text, apps, partial) => {
  const { installedApps, installedAppsPartial } = settingsOf(text);
  expect([installedApps, installedAppsPartial]).toEqual([apps, partial]);
});

test('settings that are split over modules are followed', () => {
  const { installedApps, rootUrlconf } = settingsOf(
    'from .base import *\nfrom .local import EXTRA\nINSTALLED_APPS = INSTALLED_APPS + EXTRA\n',
    {
      'config/base.py': 'from ._common import ROOT_URLCONF\nINSTALLED_APPS = ["a"]\n',
      'config/_common.py': 'ROOT_URLCONF = "config.urls"\n',
      'config/local.py': 'EXTRA = ["b"]\n',
    },
  );
  expect([installedApps, rootUrlconf]).toEqual([['a', 'b'], 'config.urls']);
});

test('defaults of the environment are read and named as such', () => {
  const { authUserModel, rootUrlconf, databases, fromEnvironment } = settingsOf(
    [
      'import os',
      'import environ',
      'from decouple import config',
      'env = environ.Env()',
      'AUTH_USER_MODEL = os.getenv("USER_MODEL", "people.User")',
      'ROOT_URLCONF = config("URLS", default="config.urls")',
      'DATABASES = {"default": env.db("DATABASE_URL", default="postgres://localhost/shop")}',
      'DEBUG = env.bool("DEBUG", default=False)',
      'TOKEN = env("TOKEN")',
      'FIXED = "yes"',
    ].join('\n'),
  );
  expect([authUserModel, rootUrlconf]).toEqual(['people.User', 'config.urls']);
  expect(databases).toEqual([
    { alias: 'default', engine: 'django.db.backends.postgresql', file: null, unknown: null },
  ]);
  expect(fromEnvironment).toEqual(['AUTH_USER_MODEL', 'ROOT_URLCONF', 'DATABASES', 'DEBUG']);
});

test('settings that name a model lead relations to it', () => {
  const index = indexOf(parser, {
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n',
    'settings.py': 'INSTALLED_APPS = ["shop"]\nSHOP_ORDER_MODEL = "shop.Parcel"\n',
    'shop/__init__.py': '',
    'shop/models.py': [
      'from django.conf import settings',
      'from django.db import models',
      'class Line(models.Model):',
      '    order = models.ForeignKey(settings.SHOP_ORDER_MODEL, models.CASCADE)',
      '    other = models.ForeignKey(settings.SHOP_OTHER_MODEL, models.CASCADE)',
      '    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)',
    ].join('\n'),
  });
  const fields = index.snapshot().models.flatMap((model) => model.fields);
  expect(fields.map(({ name, relation }) => [name, relation?.target, relation?.targetCode])).toEqual([
    ['order', 'shop.Parcel', 'settings.SHOP_ORDER_MODEL'],
    ['other', null, 'settings.SHOP_OTHER_MODEL'],
    ['user', 'auth.User', 'settings.AUTH_USER_MODEL'],
  ]);
});

test('django-split-settings includes files in the same names', () => {
  const { installedApps, rootUrlconf } = settingsOf(
    "from split_settings.tools import include, optional\ninclude('parts/*.py', optional('local.py'))\n",
    {
      'config/parts/apps.py': 'INSTALLED_APPS = ["a"]\n',
      'config/parts/urls.py': 'ROOT_URLCONF = "config.urls"\n',
      'config/local.py': 'INSTALLED_APPS += ["b"]\n',
    },
  );
  expect([installedApps, rootUrlconf]).toEqual([['a', 'b'], 'config.urls']);
});

test.each([
  'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")',
  'os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"',
  'name = os.environ.get("STAGE", "settings")\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.{name}")',
  'def main():\n    name = "config." + "settings"\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", name)',
])('the settings module is named by %s', (line) => {
  const manage = `import os\n${line}\n`;
  expect(settingsOf('INSTALLED_APPS = []', { 'manage.py': manage }).module).toBe('config.settings');
});
