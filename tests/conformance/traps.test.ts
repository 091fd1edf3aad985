import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ModelFacts, ProjectSnapshot } from '../../shared/django/project-model.ts';
import { testPython } from '../support/python-environment.ts';
import { indexOf, testParser } from '../unit/shared/source-fixture.ts';
import { dumpRegistry } from './boot.ts';
import { compare } from './compare.ts';
import { filesBelow } from './read-corpus.ts';
import type { Registry } from './registry.ts';

// Every trap that the corpus had for the source lens, in one small project, judged by Django itself.
const folder = join(import.meta.dirname, 'traps');
let snapshot: ProjectSnapshot;
let registry: Registry;
beforeAll(async () => {
  const index = indexOf(await testParser(), Object.fromEntries(filesBelow(folder)));
  snapshot = index.snapshot();
  index.dispose();
  const place = await mkdtemp(join(tmpdir(), 'samois-traps-'));
  const output = join(place, 'registry.json');
  registry = await dumpRegistry(testPython, 'config.settings.production', output, [folder]);
  await rm(place, { recursive: true });
});

function model(id: string): ModelFacts {
  const found = snapshot.models.find((each) => each.id === id);
  if (found === undefined) throw new Error(`${id} was not read.`);
  return found;
}

test('the source lens has what Django has', () => {
  const { differences, models, fields, relations, options } = compare(registry, snapshot);
  expect(differences).toEqual([]);
  for (const score of [models, fields, relations, options]) expect(score.found).toBe(score.written);
  expect(models.written).toBe(14);
});

test('settings are read through imports, arithmetic and the defaults of the environment', () => {
  const { settings, apps, problems } = snapshot;
  expect(settings?.installedApps).toEqual([
    'django.contrib.auth',
    'tests.gallery',
    'django.contrib.contenttypes',
    'catalog',
    'accounts.apps.AccountsConfig',
    'shipping',
  ]);
  expect(settings?.installedAppsPartial).toBe(true);
  expect(problems.some(({ message }) => message.startsWith('A part of INSTALLED_APPS'))).toBe(true);
  expect(settings?.swappableModels).toEqual({
    AUTH_USER_MODEL: 'people.Member',
    SHOP_ORDER_MODEL: 'shipping.Parcel',
  });
  expect(settings?.fromEnvironment).toEqual(['SECRET_KEY', 'SHOP_ORDER_MODEL']);
  expect(apps.find(({ label }) => label === 'people')).toMatchObject({
    name: 'accounts',
    folder: 'accounts',
  });
});

test('what a class of another kind is, and on what a field depends, is said', () => {
  const fields = new Map(model('catalog.Book').fields.map((field) => [field.name, field]));
  expect(fields.get('price')).toMatchObject({ type: 'PriceField', base: 'DecimalField' });
  expect(fields.get('note')).toMatchObject({ type: 'MadeField', base: null });
  expect(fields.get('isbn')).toMatchObject({ type: 'IsbnField', base: 'CharField' });
  expect(fields.get('printed_at')?.when).toBe('settings.USE_TZ');
  expect(fields.get('created')?.inheritedFrom).toBe('core.Dated');
  expect(fields.get('created')?.place.file).toBe('core/abstract.py');
});

test('Meta is read with what it inherits', () => {
  const names = (id: string): readonly (readonly [string, string])[] =>
    (model(id).inheritedMeta ?? []).map(({ name, code }) => [name, code]);
  expect(names('catalog.Author')).toEqual([
    ['verbose_name', '"named thing"'],
    ['ordering', '["-created"]'],
    ['get_latest_by', '"created"'],
  ]);
  expect(names('catalog.Review')).toEqual([
    ['ordering', '["-created"]'],
    ['get_latest_by', '"created"'],
  ]);
  expect(names('catalog.Book')).toEqual([]);
});

test('methods, properties and managers are read by name and place', () => {
  const members = (id: string): readonly (readonly [string, string])[] =>
    (model(id).members ?? []).map(({ kind, name }) => [kind, name]);
  expect(members('catalog.Author')).toEqual([
    ['property', 'initials'],
    ['method', '__str__'],
  ]);
  expect(members('catalog.Book')).toEqual([
    ['manager', 'objects'],
    ['manager', 'everything'],
    ['class-method', 'cheapest'],
  ]);
});
