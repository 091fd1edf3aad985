import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../../shared/django/operations.ts';
import { wantsFile } from '../../../shared/django/source-index.ts';
import { testPython } from '../../support/python-environment.ts';
import { indexOf, LIBRARY, python, testParser } from '../../unit/shared/source-fixture.ts';

const run = promisify(execFile);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-models-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function read(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/');
    if (entry.isFile() && wantsFile(path)) files[path] = await readFile(join(folder, path), 'utf8');
  }
  return files;
}

/** Makes the operations in the files, each from what the one before left. */
async function apply(...operations: readonly Operation[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const operation of operations) {
    const index = indexOf(await testParser(), await read());
    const plan = index.plan(operation);
    notes.push(...plan.notes);
    for (const { path, after } of plan.files) await write(path, after ?? '');
    index.dispose();
  }
  return notes;
}

async function manage(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(testPython, ['-B', 'manage.py', ...args], {
    cwd: folder,
    maxBuffer: 1e8,
  });
  return stdout + stderr;
}

/** What makemigrations would make of the models now. */
async function pending(): Promise<string> {
  try {
    return await manage('makemigrations', '--check', '--dry-run', '--noinput');
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout) + String((error as { stderr?: unknown }).stderr);
  }
}

const SETTINGS = (LIBRARY['library/settings.py'] ?? '').replace(
  "    'catalog',\n",
  "    'catalog',\n    'shelf',\n    'shop',\n",
);
const PROJECT: Readonly<Record<string, string>> = {
  ...LIBRARY,
  'library/settings.py': SETTINGS,
  'shelf/__init__.py': '',
  'shelf/models.py': python(`
    from django.db import models


    class Shelf(models.Model):
        name = models.CharField(max_length=20)
        best = models.ForeignKey('catalog.Book', models.SET_NULL, null=True, related_name='+')
    `),
  'shop/__init__.py': '',
  'shop/models.py': python(`
    from django.db import models

    from catalog.models import Book


    class Order(models.Model):
        book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name='orders')
        also = models.ManyToManyField(Book, related_name='+')
    `),
  'catalog/models.py': python(`
    from decimal import Decimal

    from django.conf import settings
    from django.core.validators import MinValueValidator
    from django.db import models
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    LIMIT = 200


    def first_price():
        return Decimal('1.50')


    class Dated(models.Model):
        created = models.DateTimeField(default=timezone.now)

        class Meta:
            abstract = True
            ordering = ['-created']


    class Author(Dated):
        name = models.CharField(max_length=LIMIT)
        bio = models.TextField(default='')

        def __str__(self):
            return self.name


    class Book(Dated):
        class Status(models.TextChoices):
            DRAFT = 'draft', _('Draft')
            IN_PRINT = 'print'

        title = models.CharField(_('title'), max_length=LIMIT)
        status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
        price = models.DecimalField(
            max_digits=6,
            decimal_places=2,  # in Euro
            default=first_price,
            validators=[MinValueValidator(Decimal('0.01'))],
        )
        author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
        sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
        owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
        readers = models.ManyToManyField('auth.User', through='Loan', related_name='+')
        tags = models.ManyToManyField('Tag')

        class Meta(Dated.Meta):
            verbose_name = _('book')
            constraints = [models.UniqueConstraint(fields=['title', 'author'], name='one_title')]
            indexes = [models.Index(fields=['status'], name='book_status')]

        def __str__(self):
            return self.title


    class Tag(models.Model):
        word = models.CharField(max_length=20)


    class Loan(models.Model):
        book = models.ForeignKey('Book', on_delete=models.CASCADE)
        reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    `),
};

const FILL = `
from django.contrib.auth.models import User
from django.apps import apps
u = User.objects.create(username='u')
g = apps.get_model
b = g('catalog', 'Book').objects.create(title='T', owner=u, author=g('catalog', 'Author').objects.create(name='A'))
b.tags.add(g('catalog', 'Tag').objects.create(word='w'))
g('catalog', 'Loan').objects.create(book=b, reader=u)
o = g('shop', 'Order').objects.create(book=b)
o.also.add(b)
g('shelf', 'Shelf').objects.create(name='s', best=b)
`;
const SHOW = `
from shelf.models import Book, Shelf
from shop.models import Order
b = Book.objects.get()
print('ROWS', b.title, b.author.name, b.price, b.tags.get().word, b.readers.get().username, b.orders.get().also.get() == b, Shelf.objects.get().best == b)
`;

test('a model goes to another app, and its rows stay', async () => {
  for (const [path, text] of Object.entries(PROJECT)) await write(path, text);
  await manage('makemigrations', 'catalog', 'shelf', 'shop');
  await manage('migrate');
  await manage('shell', '-c', FILL);
  const notes = await apply({ kind: 'model.moveToApp', model: 'catalog.Book', app: 'shelf' });
  expect(notes.join(' ')).toMatch(/new content type for shelf.Book/);
  expect(await manage('check')).toContain('no issues');
  expect(await pending()).toContain('No changes detected');
  const sql = await manage('sqlmigrate', 'shelf', '0002');
  expect(sql.replace(/^--.*$|BEGIN;|COMMIT;/gm, '').trim()).toBe('');
  await manage('migrate');
  expect(await manage('shell', '-c', SHOW)).toContain('ROWS T A 1.50 w u True True');
  expect(await manage('makemigrations', '--check', '--dry-run')).toContain('No changes detected');
  // A database that is made anew gets the same tables.
  await rm(join(folder, 'db.sqlite3'));
  await manage('migrate');
  expect(await manage('check', '--database', 'default')).toContain('no issues');
}, 120_000);

test('operations on models, fields, Meta and choices are what Django takes them for', async () => {
  for (const [path, text] of Object.entries(PROJECT)) await write(path, text);
  await manage('makemigrations', 'catalog', 'shelf', 'shop');
  await manage('migrate');
  const book = 'catalog.Book';
  const status = { model: book, name: 'Status' };
  const silent: readonly Operation[] = [
    { kind: 'field.reorder', model: book, field: 'tags', after: 'title' },
    { kind: 'choices.renameMember', choices: status, member: 'IN_PRINT', name: 'PRINTED' },
    {
      kind: 'choices.changeMember',
      choices: status,
      member: { name: 'PRINTED', value: "'print'", label: 'In Print' },
    },
    { kind: 'choices.rename', choices: status, name: 'State' },
    { kind: 'model.setStr', model: book, pattern: '{title} ({author.name})' },
    { kind: 'model.setAbsoluteUrl', model: book, route: 'catalog:book-detail', parameters: { pk: 'pk' } },
    { kind: 'model.addManager', model: book, name: 'objects', queryset: 'BookQuerySet' },
    { kind: 'model.move', model: 'catalog.Loan', file: 'catalog/loans.py' },
    { kind: 'model.move', model: 'catalog.Tag', file: 'catalog/tags.py' },
  ];
  await apply(...silent);
  expect(await manage('check')).toContain('no issues');
  expect(await pending()).toContain('No changes detected');

  await apply(
    { kind: 'meta.set', model: book, option: 'verbose_name_plural', code: "'books'" },
    {
      kind: 'meta.addEntry',
      model: book,
      option: 'indexes',
      code: "models.Index(Lower('title'), name='low_title')",
    },
    {
      kind: 'meta.changeEntry',
      model: book,
      option: 'indexes',
      index: 0,
      code: "models.Index(fields=['-status'], name='book_state')",
    },
    {
      kind: 'meta.addEntry',
      model: book,
      option: 'constraints',
      code: "models.CheckConstraint(condition=models.Q(price__gte=0), name='priced')",
    },
    { kind: 'meta.addEntry', model: book, option: 'permissions', code: "('lend', 'Can lend')" },
    {
      kind: 'choices.addMember',
      choices: { ...status, name: 'State' },
      member: { name: 'GONE', value: "'gone'", label: 'Gone' },
      after: 'DRAFT',
    },
    {
      kind: 'field.addThrough',
      model: book,
      field: { name: 'shelves', type: 'ManyToManyField', to: 'shelf.Shelf', options: {} },
      through: {
        name: 'Placing',
        fields: [{ name: 'row', type: 'IntegerField', to: null, options: { default: '0' } }],
      },
      after: null,
    },
    { kind: 'field.moveToBase', model: 'catalog.Author', field: 'bio', base: 'catalog.Dated' },
    { kind: 'model.duplicate', model: book, name: 'Magazine' },
  );
  expect(await manage('check')).toContain('no issues');
  const changes = await pending();
  for (const line of [
    'Create model Placing',
    'Create model Magazine',
    'low_title',
    'priced',
    'book_state',
    'Add field bio to book',
  ]) {
    expect(changes).toContain(line);
  }
}, 120_000);
