import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '../../../shared/django/operations.ts';
import type { SourceIndex } from '../../../shared/django/source-index.ts';
import { testPython } from '../../support/python-environment.ts';
import { applyTo } from '../../unit/shared/plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../unit/shared/source-fixture.ts';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-api-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function applyAndWrite(index: SourceIndex, operation: Operation): Promise<void> {
  for (const { path, after } of applyTo(index, operation).files) await write(path, after ?? '');
}

async function manage(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(testPython, ['-B', 'manage.py', ...args], {
    cwd: folder,
    maxBuffer: 1e8,
  });
  return stdout + stderr;
}

const OPERATIONS: readonly Operation[] = [
  { kind: 'app.add', name: 'shop' },
  {
    kind: 'model.add',
    app: 'shop',
    name: 'Tag',
    admin: true,
    fields: [{ name: 'slug', type: 'SlugField', to: null, options: { unique: 'True' } }],
  },
  {
    kind: 'model.add',
    app: 'shop',
    name: 'Product',
    admin: true,
    fields: [
      { name: 'name', type: 'CharField', to: null, options: { max_length: '80', unique: 'True' } },
      {
        name: 'state',
        type: 'CharField',
        to: null,
        options: { max_length: '1', choices: "[('n', 'New'), ('u', 'Used')]" },
      },
      {
        name: 'price',
        type: 'DecimalField',
        to: null,
        options: { max_digits: '5', decimal_places: '2', validators: '[MinValueValidator(1)]' },
      },
      { name: 'made', type: 'DateField', to: null, options: {} },
      { name: 'lasts', type: 'DurationField', to: null, options: {} },
      { name: 'seen', type: 'DateTimeField', to: null, options: { auto_now: 'True' } },
      { name: 'owner', type: 'ForeignKey', to: 'auth.User', options: { on_delete: 'models.CASCADE' } },
      {
        name: 'book',
        type: 'ForeignKey',
        to: 'catalog.Book',
        options: { on_delete: 'models.PROTECT', related_name: "'products'" },
      },
      { name: 'tags', type: 'ManyToManyField', to: 'shop.Tag', options: {} },
    ],
  },
  {
    kind: 'api.add',
    model: 'shop.Product',
    path: 'products',
    fields: ['id', 'name', 'state', 'price', 'made', 'lasts', 'seen', 'owner', 'book', 'tags'],
    filters: ['state', 'owner', 'tags', 'made'],
    search: ['name'],
    permission: 'authenticated',
  },
  {
    kind: 'api.add',
    model: 'shop.Tag',
    path: 'tags',
    fields: ['id', 'slug'],
    filters: [],
    search: ['slug'],
    permission: 'authenticated-or-read-only',
  },
  {
    kind: 'api.add',
    model: 'catalog.Book',
    path: 'books',
    fields: ['id', 'title', 'author', 'owner', 'readers'],
    filters: ['author'],
    search: ['title'],
    permission: 'model-permissions',
  },
  {
    kind: 'api.add',
    model: 'catalog.Author',
    path: 'authors',
    fields: ['id', 'name', 'created'],
    filters: ['name'],
    search: ['name'],
    permission: 'admin-only',
  },
  { kind: 'route.add', app: 'shop', path: 'products/<int:pk>/', name: 'product', view: 'product' },
  { kind: 'field.rename', model: 'shop.Product', field: 'price', name: 'net_price' },
  { kind: 'model.rename', model: 'shop.Tag', name: 'Label' },
];

test('what the operations write migrates, passes its own tests and describes itself', async () => {
  const index = indexOf(await testParser(), LIBRARY);
  for (const [path, text] of Object.entries(LIBRARY)) await write(path, text);
  await write('catalog/migrations/__init__.py', '');
  for (const operation of OPERATIONS.slice(0, 7)) await applyAndWrite(index, operation);
  expect(await manage('makemigrations')).toContain('Create model Product');
  await manage('migrate');
  expect(await manage('check', '--fail-level', 'WARNING')).toContain('no issues');
  expect(await manage('spectacular', '--validate', '--fail-on-warn', '--file', 'schema.yml')).not.toMatch(
    /error/i,
  );
  expect(await manage('test')).toMatch(/Ran 3\d tests[\s\S]*OK/);

  for (const operation of OPERATIONS.slice(7)) await applyAndWrite(index, operation);
  expect(await manage('check')).toContain('no issues');
  expect(index.snapshot().routes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['api:product-list', 'api:product-detail', 'api:author-list', 'shop:product']),
  );
});
