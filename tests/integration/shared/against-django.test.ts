import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { fieldCatalogue } from '../../../shared/django/field-catalogue.ts';
import type { Operation } from '../../../shared/django/operations.ts';
import { wantsFile, type SourceIndex } from '../../../shared/django/source-index.ts';
import type { PythonParser } from '../../../shared/python/parser.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { testPython } from '../../support/python-environment.ts';
import { indexOf, testParser } from '../../unit/shared/source-fixture.ts';

const APPS = ['admin', 'auth', 'contenttypes', 'flatpages', 'redirects', 'sessions', 'sites'];
const SETTINGS = `
INSTALLED_APPS = [${APPS.map((app) => `'django.contrib.${app}'`).join(', ')}]
ROOT_URLCONF = 'probe.urls'
SITE_ID = 1
SECRET_KEY = 'only-for-tests'
USE_TZ = True
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}}
`;

const DUMP = `
import sys, json, inspect, importlib
from django.conf import settings
ns = {}
exec(sys.argv[1], ns)
settings.configure(**{k: v for k, v in ns.items() if k.isupper() and k != 'ROOT_URLCONF'})
import django
django.setup()
from django.apps import apps
from django.db import models
found = {}
for model in apps.get_models():
    fields = [f for f in model._meta.get_fields() if not f.auto_created and f in model._meta.local_fields + model._meta.local_many_to_many]
    found[model._meta.label] = {f.name: [type(f).__name__, f.related_model._meta.label if f.is_relation else None] for f in fields}
accepted = {}
for module, name in json.loads(sys.argv[2]):
    cls = getattr(importlib.import_module(module), name)
    accepted[name] = sorted({p for k in cls.__mro__ if '__init__' in k.__dict__ for p in inspect.signature(k.__init__).parameters})
names = [n for n in dir(models) if isinstance(getattr(models, n), type) and issubclass(getattr(models, n), models.Field)]
print(json.dumps({'folder': django.__path__[0], 'models': found, 'accepted': accepted, 'fields': names}))
`;

interface Dump {
  readonly folder: string;
  readonly models: Readonly<Record<string, Readonly<Record<string, readonly [string, string | null]>>>>;
  readonly accepted: Readonly<Record<string, readonly string[]>>;
  readonly fields: readonly string[];
}

let dump: Dump;
let parser: PythonParser;
const files: Record<string, string> = {
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'probe.settings')\n",
  'probe/__init__.py': '',
  'probe/settings.py': SETTINGS,
  'probe/urls.py': 'urlpatterns = []\n',
};

beforeAll(async () => {
  parser = await testParser();
  const wanted = fieldCatalogue.filter(({ module }) => module !== 'django.contrib.contenttypes.fields');
  const types = JSON.stringify(wanted.map(({ module, name }) => [module, name]));
  const { stdout } = await promisify(execFile)(testPython, ['-c', DUMP, SETTINGS, types], { maxBuffer: 1e8 });
  dump = JSON.parse(stdout) as Dump;
  const contrib = join(dump.folder, 'contrib');
  for (const entry of await readdir(contrib, { recursive: true, withFileTypes: true })) {
    const path = `django/contrib/${join(entry.parentPath, entry.name)
      .slice(contrib.length + 1)
      .replaceAll('\\', '/')}`;
    const app = path.split('/')[2] ?? '';
    if (entry.isFile() && wantsFile(path) && APPS.includes(app)) {
      files[path] = await readFile(join(entry.parentPath, entry.name), 'utf8');
    }
  }
});

describe('the field catalogue', () => {
  test('names every field class of Django, and only options it takes', () => {
    const known = new Set(fieldCatalogue.map(({ name }) => name));
    const historical = [
      'CommaSeparatedIntegerField',
      'Field',
      'ForeignObject',
      'IPAddressField',
      'NullBooleanField',
      'OrderWrt',
    ];
    expect(dump.fields.filter((name) => !known.has(name))).toEqual(historical);
    for (const { name, options } of fieldCatalogue) {
      const accepted = dump.accepted[name];
      if (accepted !== undefined)
        expect(accepted).toEqual(expect.arrayContaining(options.map((option) => option.name)));
    }
  });
});

describe('the source lens', () => {
  test('reads the models of Django’s own apps as Django does', () => {
    const read = indexOf(parser, files).snapshot();
    expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const [id, fields] of Object.entries(dump.models)) {
      const model = read.models.find((each) => each.id === id);
      const shown = Object.fromEntries(
        (model?.fields ?? []).map(({ name, type, relation }) => [name, [type, relation?.target ?? null]]),
      );
      expect({ id, fields: shown }).toEqual({ id, fields });
    }
  });
});

describe('operations on every model of Django’s own apps', () => {
  test('leave valid Python and touch one statement', () => {
    const index = indexOf(parser, files);
    let planned = 0;
    for (const model of index.snapshot().models) {
      const own = model.fields.filter(({ inheritedFrom }) => inheritedFrom === null);
      const add: Operation = {
        kind: 'field.add',
        model: model.id,
        after: null,
        field: { name: 'added', type: 'CharField', to: null, options: { max_length: '10', blank: 'True' } },
      };
      planned += check(index, add, 1);
      for (const field of own) {
        const { name, type, relation } = field;
        const base = { model: model.id, field: name } as const;
        const to = relation?.target ?? null;
        planned += check(
          index,
          { kind: 'field.change', ...base, type, to, set: { help_text: "'Seen.'" }, unset: [] },
          null,
        );
        planned += check(index, { kind: 'field.rename', ...base, name: `${name}_x` }, null);
        planned += check(index, { kind: 'field.remove', ...base }, null);
      }
      planned += check(index, { kind: 'model.rename', model: model.id, name: `${model.name}X` }, null);
    }
    expect(planned).toBeGreaterThan(80);
  });
});

/** Plans parse by themselves, or the planner refuses with a sentence. */
function check(index: SourceIndex, operation: Operation, added: number | null): number {
  try {
    const plan = index.plan(operation);
    const lines = plan.files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
    if (added !== null)
      expect(lines.filter(({ kind }) => kind === 'added').length).toBeLessThanOrEqual(added + 2);
    return 1;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.message).toMatch(/^[^\s].*\.$/s);
    return 0;
  }
}
