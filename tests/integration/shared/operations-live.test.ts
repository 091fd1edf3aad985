import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../shared/django/operations.ts';
import type { PythonParser } from '../../../shared/python/parser.ts';
import { testPython } from '../../support/python-environment.ts';
import { filesAfter } from '../../unit/shared/folder-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../unit/shared/source-fixture.ts';

const run = promisify(execFile);
let folder: string;
let parser: PythonParser;
let files: Readonly<Record<string, string>> = {
  ...LIBRARY,
  'requirements.txt': 'Django~=5.2  # long-term\n',
  'catalog/migrations/__init__.py': '',
  'catalog/templates/catalog/book_list.html':
    "{% for book in object_list %}{% url 'catalog:book-detail' book.pk %}{% endfor %}\n",
  'club/__init__.py': '',
  'club/urls.py': 'from django.urls import path\n\nurlpatterns = []\n',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-operations-'));
  parser = await testParser();
  for (const [path, text] of Object.entries(files)) await write(path, text);
  await write('catalog/static/catalog/logo.bin', Buffer.from([0, 255, 1, 254]));
  await manage('makemigrations', 'catalog');
  files = {
    ...files,
    'catalog/migrations/0001_initial.py': await read('catalog/migrations/0001_initial.py'),
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function read(path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8');
}

/** Does on disk what the plan says, the way it says: files first, then whole folders. */
async function apply(operation: Operation): Promise<void> {
  const plan = indexOf(parser, files).plan(operation);
  for (const { path, after } of plan.files) {
    if (after === null) await rm(join(folder, path));
    else await write(path, after);
  }
  for (const gone of plan.folderRemovals) await rm(join(folder, gone), { recursive: true });
  for (const { from, to } of plan.folderMoves) await rename(join(folder, from), join(folder, to));
  files = filesAfter(files, plan);
}

async function manage(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(testPython, ['-B', 'manage.py', ...args], {
    cwd: folder,
    maxBuffer: 1e8,
  });
  return stdout + stderr;
}

/** What Python prints as JSON in the running project. */
async function ask(code: string, environment: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const script = `import json, django, os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'library.settings'\ndjango.setup()\n${code}`;
  const { stdout } = await run(testPython, ['-B', '-c', script], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout) as unknown;
}

function route(code: string, file = 'catalog/urls.py'): { file: string; start: number; pattern: string } {
  const start = (files[file] ?? '').indexOf(code);
  const found = indexOf(parser, files)
    .snapshot()
    .routes.find(({ place }) => place.file === file && place.start === start);
  return { file, start, pattern: found?.pattern ?? '' };
}

const book = { file: 'catalog/serializers.py', name: 'BookSerializer' };
const viewset = { file: 'catalog/views.py', name: 'BookViewSet' };

describe('a project that the operations changed', () => {
  test('takes settings and packages', async () => {
    const operations: readonly Operation[] = [
      { kind: 'requirement.add', package: 'djangorestframework', specifier: '>=3.16' },
      { kind: 'settings.addEntry', setting: 'INSTALLED_APPS', code: "'rest_framework'", after: null },
      {
        kind: 'settings.addEntry',
        setting: 'MIDDLEWARE',
        code: "'django.middleware.locale.LocaleMiddleware'",
        after: null,
      },
      { kind: 'settings.set', setting: 'LANGUAGE_CODE', code: "'nl'" },
      { kind: 'settings.addEntry', setting: 'ALLOWED_HOSTS', code: "'example.org'", after: null },
      { kind: 'settings.fromEnvironment', setting: 'ALLOWED_HOSTS', variable: 'HOSTS', keepDefault: true },
      { kind: 'settings.fromEnvironment', setting: 'DEBUG', variable: 'DEBUG', keepDefault: true },
    ];
    for (const operation of operations) await apply(operation);
    expect(await manage('check')).toContain('no issues');
    const code =
      "from django.conf import settings as s\nprint(json.dumps([s.DEBUG, s.ALLOWED_HOSTS, s.LANGUAGE_CODE, s.MIDDLEWARE.index('django.middleware.locale.LocaleMiddleware')]))";
    expect(await ask(code)).toEqual([true, ['example.org'], 'nl', 2]);
    expect(await ask(code, { DEBUG: 'off', HOSTS: 'a,b' })).toEqual([false, ['a', 'b'], 'nl', 2]);
  });

  test('serves its serializers and views', async () => {
    const operations: readonly Operation[] = [
      { kind: 'serializer.add', model: 'catalog.Author', name: 'AuthorSerializer', fields: ['id', 'name'] },
      {
        kind: 'serializer.add',
        model: 'catalog.Book',
        name: 'BookSerializer',
        fields: ['id', 'title', 'author'],
      },
      {
        kind: 'serializer.nest',
        serializer: book,
        field: 'author',
        with: { ...book, name: 'AuthorSerializer' },
        many: false,
        readOnly: true,
      },
      {
        kind: 'serializer.setFields',
        serializer: book,
        fields: ['id', 'title', 'author', 'created', 'owner'],
      },
      { kind: 'serializer.setReadOnly', serializer: book, fields: ['created'] },
      {
        kind: 'serializer.setMeta',
        serializer: book,
        option: 'extra_kwargs',
        code: '{"title": {"min_length": 2}}',
      },
      { kind: 'view.add', app: 'catalog', name: 'BookViewSet', base: 'ModelViewSet', model: 'catalog.Book' },
      { kind: 'view.set', view: viewset, option: 'filter_backends', code: '[SearchFilter, OrderingFilter]' },
      { kind: 'view.set', view: viewset, option: 'search_fields', code: '["title"]' },
      { kind: 'view.set', view: viewset, option: 'permission_classes', code: '[IsAdminUser]' },
      { kind: 'view.addMethod', view: viewset, name: 'get_queryset', action: null },
      { kind: 'view.addMethod', view: viewset, name: 'lend', action: { detail: true, methods: ['post'] } },
      { kind: 'view.add', app: 'catalog', name: 'AuthorList', base: 'ListAPIView', model: 'catalog.Author' },
      { kind: 'view.add', app: 'catalog', name: 'BookCreate', base: 'CreateView', model: 'catalog.Book' },
      { kind: 'view.add', app: 'catalog', name: 'About', base: 'TemplateView', model: null },
      { kind: 'view.add', app: 'catalog', name: 'Ping', base: 'APIView', model: null },
    ];
    for (const operation of operations) await apply(operation);
    expect(await manage('check')).toContain('no issues');
    const shown = await ask(
      python(`
      from catalog import views
      from catalog.serializers import BookSerializer
      v = views.BookViewSet
      fields = BookSerializer().fields
      print(json.dumps({
          'filters': [f.__name__ for f in v.filter_backends],
          'permissions': [p.__name__ for p in v.permission_classes],
          'actions': [a.__name__ for a in v.get_extra_actions()],
          'fields': list(fields), 'created': fields['created'].read_only, 'author': type(fields['author']).__name__,
          'title': fields['title'].min_length,
          'create': [str(views.BookCreate.success_url), views.BookCreate.fields],
          'about': views.About.template_name,
      }))
      `),
    );
    expect(shown).toEqual({
      filters: ['SearchFilter', 'OrderingFilter'],
      permissions: ['IsAdminUser'],
      actions: ['lend'],
      fields: ['id', 'title', 'author', 'created', 'owner'],
      created: true,
      author: 'AuthorSerializer',
      title: 2,
      create: ['/catalog/', ['title', 'author', 'sequel_to', 'owner']],
      about: 'catalog/about.html',
    });
  });

  test('reverses its routes', async () => {
    await apply({ kind: 'route.add', app: 'catalog', path: 'new/', name: 'new', view: 'new' });
    await apply({ kind: 'route.rename', route: route("path('<int:pk>/'"), name: 'detail' });
    await apply({ kind: 'route.changePath', route: route("path('<int:pk>/'"), path: 'book/<int:pk>/' });
    await apply({ kind: 'route.reorder', route: route("path('new/'"), after: null });
    await apply({ kind: 'route.move', route: route("path('new/'"), file: 'club/urls.py' });
    await apply({
      kind: 'route.include',
      file: 'library/urls.py',
      path: 'club/',
      module: 'club.urls',
      namespace: 'club',
    });
    expect(await manage('check')).toContain('no issues');
    const code =
      "from django.urls import reverse as r\nfrom django.template.loader import render_to_string as t\nprint(json.dumps([r('catalog:detail', args=[3]), r('club:new'), r('catalog:book-list'), t('catalog/book_list.html', {'object_list': [{'pk': 7}]}).strip()]))";
    expect(await ask(code)).toEqual(['/catalog/book/3/', '/club/new/', '/catalog/', '/catalog/book/7/']);
    await apply({ kind: 'route.remove', route: route("path('new/'", 'club/urls.py') });
    expect(await manage('check')).toContain('no issues');
  });

  test('has its admin live', async () => {
    const operations: readonly Operation[] = [
      { kind: 'admin.register', model: 'catalog.Loan' },
      { kind: 'admin.set', model: 'catalog.Loan', option: 'date_hierarchy', code: null },
      { kind: 'admin.set', model: 'catalog.Book', option: 'list_filter', code: '["author", "created"]' },
      { kind: 'admin.set', model: 'catalog.Author', option: 'search_fields', code: '["name"]' },
      { kind: 'admin.addInline', model: 'catalog.Book', inline: 'catalog.Loan', style: 'tabular' },
      { kind: 'admin.unregister', model: 'catalog.Loan' },
    ];
    for (const operation of operations) {
      if (operation.kind === 'admin.set' && operation.code === null)
        await expect(apply(operation)).rejects.toThrow(/Nothing would change/);
      else await apply(operation);
    }
    expect(await manage('check')).toContain('no issues');
    const code = python(`
      from django.contrib import admin
      from django.contrib.admin.sites import all_sites
      admin.autodiscover()
      found = {m.__name__: a for m, a in admin.site._registry.items() if m._meta.app_label == 'catalog'}
      print(json.dumps([sorted(found), found['Book'].list_filter, found['Author'].search_fields, [i.__name__ for i in found['Book'].inlines]]))
      `);
    expect(await ask(code)).toEqual([['Author', 'Book'], ['author', 'created'], ['name'], ['LoanInline']]);
  });

  test('keeps rows, tables and migrations when an app is renamed', async () => {
    await manage('migrate');
    await ask("from catalog.models import Author\nAuthor.objects.create(name='Django')\nprint('1')");
    const migration = await read('catalog/migrations/0001_initial.py');
    await apply({ kind: 'app.rename', app: 'catalog', name: 'books' });
    expect(await manage('check')).toContain('no issues');
    expect(await manage('makemigrations', '--check', '--dry-run')).toContain('No changes detected');
    expect(await manage('migrate')).toContain('No migrations to apply');
    expect(await read('books/migrations/0001_initial.py')).toBe(migration);
    expect([...(await readFile(join(folder, 'books/static/catalog/logo.bin')))]).toEqual([0, 255, 1, 254]);
    const code =
      "from books.models import Author\nfrom django.urls import reverse\nprint(json.dumps([list(Author.objects.values_list('name', flat=True)), Author._meta.db_table, Author._meta.label, reverse('catalog:book-list')]))";
    expect(await ask(code)).toEqual([['Django'], 'catalog_author', 'catalog.Author', '/catalog/']);
  });

  test('goes on without an app that was removed', async () => {
    await apply({ kind: 'app.remove', app: 'catalog' });
    expect(await manage('check')).toContain('no issues');
    expect(await manage('makemigrations', '--check', '--dry-run')).toContain('No changes detected');
  });
});
