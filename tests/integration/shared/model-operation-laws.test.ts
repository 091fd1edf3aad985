import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Operation } from '../../../shared/django/operations.ts';
import type { Plan } from '../../../shared/django/plan/plan.ts';
import type { ModelFacts } from '../../../shared/django/project-model.ts';
import { wantsFile, type SourceIndex } from '../../../shared/django/source-index.ts';
import { testPython } from '../../support/python-environment.ts';
import { indexOf, sha256, testParser } from '../../unit/shared/source-fixture.ts';

const APPS = ['admin', 'auth', 'contenttypes', 'flatpages', 'redirects', 'sessions', 'sites'];
let files: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(testPython, [
    '-c',
    'import django; print(django.__path__[0])',
  ]);
  const contrib = join(stdout.trim(), 'contrib');
  const found: Record<string, string> = {
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'probe.settings')\n",
    'probe/__init__.py': '',
    'probe/settings.py': `INSTALLED_APPS = [${APPS.map((app) => `'django.contrib.${app}'`).join(', ')}]\n`,
  };
  for (const entry of await readdir(contrib, { recursive: true, withFileTypes: true })) {
    const inside = join(entry.parentPath, entry.name)
      .slice(contrib.length + 1)
      .replaceAll('\\', '/');
    const path = `django/contrib/${inside}`;
    if (entry.isFile() && wantsFile(path) && APPS.includes(inside.split('/')[0] ?? '')) {
      found[path] = await readFile(join(entry.parentPath, entry.name), 'utf8');
    }
  }
  files = found;
});

/** One of each kind that makes sense for a model. */
function operationsOn(model: ModelFacts): readonly Operation[] {
  const { id } = model;
  const own = model.fields.filter(({ inheritedFrom }) => inheritedFrom === null).map(({ name }) => name);
  const [first = 'none'] = own;
  return [
    { kind: 'model.duplicate', model: id, name: 'Twin' },
    { kind: 'model.move', model: id, file: `django/contrib/${model.app}/elsewhere.py` },
    { kind: 'model.moveToApp', model: id, app: model.app === 'sites' ? 'auth' : 'sites' },
    { kind: 'model.changeBases', model: id, bases: ['models.Model'] },
    { kind: 'model.setAbstract', model: id, abstract: !model.abstract },
    { kind: 'model.setStr', model: id, pattern: `{${first}} of {pk}` },
    { kind: 'model.addManager', model: id, name: 'live', queryset: 'LiveQuerySet' },
    ...own.map((field, at): Operation => ({
      kind: 'field.reorder',
      model: id,
      field,
      after: own[at - 2] ?? null,
    })),
    {
      kind: 'field.addThrough',
      model: id,
      field: { name: 'more', type: 'ManyToManyField', to: 'auth.Group', options: { related_name: "'+'" } },
      through: { name: 'Between', fields: [] },
      after: null,
    },
    { kind: 'meta.set', model: id, option: 'ordering', code: `['-${first}']` },
    { kind: 'meta.set', model: id, option: 'verbose_name', code: null },
    {
      kind: 'meta.addEntry',
      model: id,
      option: 'indexes',
      code: `models.Index(fields=['${first}'], name='an_index')`,
    },
    { kind: 'meta.addEntry', model: id, option: 'unique_together', code: `('${first}', 'id')` },
    { kind: 'meta.removeEntry', model: id, option: 'unique_together', index: 0 },
    {
      kind: 'choices.add',
      model: id,
      name: 'Colour',
      type: 'IntegerChoices',
      members: [{ name: 'RED', value: '1', label: 'Red' }],
      field: null,
    },
  ];
}

/** The plan, or null where the planner refuses with a sentence; anything else fails the test. */
function planOf(index: SourceIndex, operation: Operation): Plan | null {
  try {
    return index.plan(operation);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.message).toMatch(/^[^\s].*\.$/s);
    return null;
  }
}

test('every operation on Django’s own models leaves valid Python, and makes itself superfluous', async () => {
  const parser = await testParser();
  const index = indexOf(parser, files);
  const { models } = index.snapshot();
  const made = new Map<string, number>();
  for (const operation of models.flatMap(operationsOn)) {
    const plan = planOf(index, operation);
    if (plan === null) continue;
    made.set(operation.kind, (made.get(operation.kind) ?? 0) + 1);
    for (const { path, after } of plan.files) index.setFile(path, after ?? '', sha256(after ?? ''));
    const again = planOf(index, operation)?.files.map(({ path }) => path) ?? null;
    expect({ operation, again }).toEqual({ operation, again: null });
    for (const { path } of plan.files) {
      const before = files[path];
      if (before === undefined) index.removeFile(path);
      else index.setFile(path, before, sha256(before));
    }
  }
  index.dispose();
  const kinds = new Set(models.flatMap(operationsOn).map(({ kind }) => kind));
  // Everything of Django's that could become abstract, or stop to be it, is in use.
  kinds.delete('model.setAbstract');
  expect([...made.keys()].sort()).toEqual([...kinds].sort());
}, 120_000);
