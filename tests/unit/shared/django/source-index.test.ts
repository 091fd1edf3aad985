import { beforeAll, describe, expect, test } from 'vitest';
import { wantsFile } from '../../../../shared/django/source-index.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, python, sha256, testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const MODELS = 'catalog/models.py';
const text = LIBRARY[MODELS] ?? '';

test('the snapshot is the same object until a file changes', () => {
  const index = indexOf(parser, LIBRARY);
  const first = index.snapshot();
  index.setFile(MODELS, text, sha256(text));
  expect(index.snapshot()).toBe(first);
  index.setFile(MODELS, `${text}\n`, sha256(`${text}\n`));
  expect(index.snapshot().revision).toBe(first.revision + 1);
});

test('what was planned is applied without being planned again, until a file changes', () => {
  const index = indexOf(parser, LIBRARY);
  const rename = { kind: 'field.rename', model: 'catalog.Book', field: 'title', name: 'heading' } as const;
  const shown = index.plan(rename);
  expect(index.plan(rename)).toBe(shown);
  expect(index.plan({ ...rename, name: 'label' }).id).not.toBe(shown.id);
  index.setFile(MODELS, `${text}\n`, sha256(`${text}\n`));
  expect(index.plan(rename).id).not.toBe(shown.id);
});

test('it asks for Python and requirements, and not for other people’s code', () => {
  const wanted = [
    'manage.py',
    'shop/models.py',
    'requirements.txt',
    'requirements/base.txt',
    'backend/pyproject.toml',
    'ruff.toml',
    '.editorconfig',
    'backend/setup.cfg',
    'shop/templates/shop/book.html',
    'templates/mail/welcome.txt',
    'shop/jinja2/book.jinja',
    'shop/migrations/0001_initial.py',
  ];
  const others = [
    'shop/static/book.html',
    '.venv/lib/x.py',
    'env/lib/python3.12/site-packages/django/a.py',
    'shop/migrations/notes.txt',
    'a/node_modules/x.py',
    'README.md',
  ];
  expect(wanted.filter(wantsFile)).toEqual(wanted);
  expect(others.filter(wantsFile)).toEqual([]);
});

test('another project of the workspace keeps its models to itself', () => {
  const project = (name: string): Record<string, string> => ({
    [`${name}/manage.py`]: 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n',
    [`${name}/config/settings.py`]: 'INSTALLED_APPS = ["accounts"]\n',
    [`${name}/accounts/__init__.py`]: '',
    [`${name}/accounts/models.py`]: 'from django.db import models\n\n\nclass User(models.Model):\n    pass\n',
  });
  const {
    project: read,
    apps,
    models,
  } = indexOf(parser, { ...project('one'), ...project('two') }).snapshot();
  expect([read, apps.map(({ folder }) => folder)]).toEqual(['one', ['one/accounts']]);
  expect(models.map(({ place }) => place.file)).toEqual(['one/accounts/models.py']);
});

describe('while a file is broken', () => {
  test('an unclosed bracket keeps the last good facts of what it swallows', () => {
    const index = indexOf(parser, LIBRARY);
    const before = index.snapshot();
    const broken = text.replace(
      'name = models.CharField(max_length=200)',
      'name = models.CharField(max_length=200',
    );
    index.setFile(MODELS, broken, sha256(broken));
    const { models, problems } = index.snapshot();
    expect(models.map(({ id }) => id)).toEqual(before.models.map(({ id }) => id));
    const author = models.find(({ id }) => id === 'catalog.Author');
    expect(author?.stale).toBe(true);
    expect(author?.fields.map(({ name }) => name)).toEqual(['created', 'name']);
    expect(models.find(({ id }) => id === 'catalog.Dated')?.stale).toBe(false);
    expect(problems.map(({ place, severity }) => [place?.file, severity])).toEqual([[MODELS, 'error']]);
    const loan = models.find(({ id }) => id === 'catalog.Loan');
    expect(broken.slice(loan?.place.start, loan?.place.end)).toMatch(/^class Loan/);
  });

  test('operations on it are refused with its line, and work again once it is mended', () => {
    const index = indexOf(parser, LIBRARY);
    index.snapshot();
    const broken = text.replace('class Loan(models.Model):', 'class Loan(models.Model:');
    index.setFile(MODELS, broken, sha256(broken));
    const add = {
      kind: 'field.add',
      model: 'catalog.Loan',
      after: null,
      field: { name: 'note', type: 'TextField', to: null, options: { blank: 'True' } },
    } as const;
    expect(() => index.plan(add)).toThrow(/not valid Python/);
    index.setFile(MODELS, text, sha256(text));
    expect(index.plan(add).files).toHaveLength(1);
  });

  test('a file that was broken from the start costs its own models only', () => {
    const { models } = indexOf(parser, { ...LIBRARY, 'catalog/extra.py': 'class Oops(' }).snapshot();
    expect(models).toHaveLength(4);
  });
});

test('a one-character edit of a large file is a quick new snapshot', () => {
  const many = Array.from(
    { length: 400 },
    (_, i) =>
      `\n\nclass M${String(i)}(models.Model):\n    name = models.CharField(max_length=${String(i + 1)})\n    book = models.ForeignKey('Book', on_delete=models.CASCADE)\n`,
  );
  const large = text + many.join('');
  const index = indexOf(parser, { ...LIBRARY, [MODELS]: large });
  expect(index.snapshot().models).toHaveLength(404);
  const edited = large.replace('max_length=400', 'max_length=401');
  index.setFile(MODELS, edited, sha256(edited));
  const model = index.snapshot().models.find(({ id }) => id === 'catalog.M399');
  expect(model?.fields[0]?.options[0]?.value).toBe(401);
});

test('a folder without manage.py says so', () => {
  const { project, settings, problems } = indexOf(parser, { 'a.py': 'x = 1\n' }).snapshot();
  expect({ project, settings }).toEqual({ project: null, settings: null });
  expect(problems[0]?.message).toMatch(/no manage\.py/);
});

test('a project in a sub-folder with split settings, apps below src and computed parts', () => {
  const { project, settings, apps, models, problems } = indexOf(parser, {
    'backend/manage.py':
      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings.local')\n",
    'backend/config/__init__.py': '',
    'backend/config/settings/__init__.py': '',
    'backend/config/settings/base.py': python(`
      import os, sys
      import environ
      from pathlib import Path

      env = environ.Env()
      BASE_DIR = Path(__file__).resolve(strict=True).parents[2]
      sys.path.append(str(BASE_DIR / 'apps'))
      THIRD_PARTY = ('rest_framework',)
      LOCAL_APPS = ['shop.apps.ShopConfig', 'people']
      INSTALLED_APPS = ['django.contrib.auth', *THIRD_PARTY] + LOCAL_APPS
      if os.environ.get('TOOLBAR'):
          INSTALLED_APPS += ['debug_toolbar']
      AUTH_USER_MODEL = 'people.Person'
      DATABASES = {'default': env.db('DATABASE_URL', default=f'sqlite:///{BASE_DIR}/db.sqlite3'), 'other': env.db('OTHER')}
      `),
    'backend/config/settings/local.py': python(`
      from .base import *  # noqa

      INSTALLED_APPS.append('extensions')
      ROOT_URLCONF = 'config.urls'
      `),
    'backend/config/urls.py': 'urlpatterns = []\n',
    'backend/apps/shop/__init__.py': '',
    'backend/apps/shop/apps.py': python(`
      from django.apps import AppConfig

      class ShopConfig(AppConfig):
          name = 'shop'
          label = 'store'
      `),
    'backend/apps/shop/models/__init__.py': 'from .item import Item\n',
    'backend/apps/shop/models/item.py': python(`
      from django.db.models import CASCADE, CharField, ForeignKey, Model

      from people.models import Person


      class Item(Model):
          name: str = CharField(max_length=9)
          owner = ForeignKey(Person, CASCADE)
      `),
    'backend/people/__init__.py': '',
    'backend/people/models.py': python(`
      from django.contrib.auth.models import AbstractUser


      class Person(AbstractUser):
          pass
      `),
    'backend/unused/__init__.py': '',
    'backend/unused/models.py': 'from django.db import models\n',
  }).snapshot();
  expect(project).toBe('backend');
  expect(settings).toMatchObject({
    module: 'config.settings.local',
    file: 'backend/config/settings/local.py',
    installedApps: ['django.contrib.auth', 'rest_framework', 'shop.apps.ShopConfig', 'people', 'extensions'],
    installedAppsPartial: true,
    rootUrlconf: 'config.urls',
    authUserModel: 'people.Person',
    databases: [
      {
        alias: 'default',
        engine: 'django.db.backends.sqlite3',
        file: '/workspace/backend/db.sqlite3',
        unknown: null,
      },
      { alias: 'other', engine: null, file: null },
    ],
  });
  expect(apps.filter(({ folder }) => folder !== null)).toEqual([
    { label: 'store', name: 'shop', folder: 'backend/apps/shop', installed: true },
    { label: 'people', name: 'people', folder: 'backend/people', installed: true },
    { label: 'unused', name: 'unused', folder: 'backend/unused', installed: false },
  ]);
  expect(
    models.map(({ id, fields }) => [id, fields.map((f) => [f.name, f.relation?.target ?? null])]),
  ).toEqual([
    [
      'store.Item',
      [
        ['name', null],
        ['owner', 'people.Person'],
      ],
    ],
    ['people.Person', []],
  ]);
  expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/INSTALLED_APPS/)]);
});

test('a relative SQLite file is looked for where the project is run', () => {
  const { settings } = indexOf(parser, {
    'backend/manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n",
    'backend/settings.py': python(`
      from pathlib import Path
      import environ

      env = environ.Env()
      BASE_DIR = Path(__file__).resolve().parent
      DEBUG = env.bool('DEBUG', default=True)
      DATABASES = {
          'default': env.db('DATABASE_URL', default='sqlite:///db.sqlite3'),
          'plain': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'data/plain.db'},
          'memory': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'},
          'chosen': env.db('OTHER_URL', default='sqlite:///chosen.db' if DEBUG else None, base_dir=BASE_DIR),
      }
      `),
  }).snapshot();
  const files = Object.fromEntries((settings?.databases ?? []).map(({ alias, file }) => [alias, file]));
  expect(files).toEqual({
    default: '/workspace/backend/db.sqlite3',
    plain: '/workspace/backend/data/plain.db',
    memory: null,
    chosen: '/workspace/backend/chosen.db',
  });
});
