import { expect, test } from 'vitest';
import type { Place, RouteFacts } from '../../../../../shared/django/project-model.ts';
import type { RuntimeRoute } from '../../../../../shared/django/runtime-lens.ts';
import {
  groupRows,
  listLines,
  listMove,
  reverseCode,
  routeRows,
  searchRows,
  suggestedNames,
  viewName,
} from '../../../../../renderer/features/routes/route-rows.ts';

const place = (file: string, line = 1): Place => ({ file, line, start: 0, end: 0 });
const runtime = (pattern: string, more: Partial<RuntimeRoute> = {}): RuntimeRoute => ({
  pattern,
  regex: false,
  name: null,
  namespace: null,
  view: 'catalog.views.books',
  viewKind: 'function',
  methods: null,
  file: '/shop/catalog/views.py',
  line: 3,
  parameters: [],
  app: 'catalog',
  permissions: [],
  ...more,
});
const written = (pattern: string, more: Partial<RouteFacts> = {}): RouteFacts => ({
  pattern,
  kind: 'path',
  name: null,
  view: 'views.books',
  viewPlace: place('catalog/views.py', 3),
  place: place('catalog/urls.py', 5),
  methods: null,
  condition: null,
  localized: false,
  unknown: null,
  ...more,
});
const apps = [{ label: 'catalog', name: 'catalog', folder: 'catalog', installed: true }];
const isOwn = (file: string) => file.startsWith('/shop/');

test('without the runtime lens the source speaks, with what it does not know', () => {
  const routes = [
    written('/books/'),
    written('/admin/', { kind: 'include', view: null, viewPlace: null, unknown: 'Made by the admin.' }),
    written('/shop/', { kind: 'include', view: null, viewPlace: null }),
  ];
  const rows = routeRows({ routes, apps }, null, isOwn);
  expect(rows.map(({ pattern, origin, note, app }) => [pattern, origin, note, app])).toEqual([
    ['/books/', 'source', null, 'catalog'],
    ['/admin/', 'source', 'Made by the admin.', 'catalog'],
  ]);
});

test('what Django resolves is tied to the statement that makes it', () => {
  const routes = [
    written('/books/', { name: 'catalog:list' }),
    written('/api/', { kind: 'router', place: place('api.py', 9) }),
  ];
  const lens = {
    routes: [
      runtime('/books/', { name: 'list', namespace: 'catalog' }),
      runtime('/api/<int:pk>/'),
      runtime('/made/'),
      runtime('/foreign/', { file: '/lib/site.py', app: null, namespace: 'admin:x' }),
    ],
  };
  const rows = routeRows({ routes, apps }, lens, isOwn);
  expect(rows.map(({ name, statement }) => [name, statement?.file])).toEqual([
    ['catalog:list', 'catalog/urls.py'],
    [null, 'api.py'],
    [null, undefined],
    [null, undefined],
    [null, 'api.py'],
  ]);
  expect(rows[2]?.note).toContain('does not show where');
  expect(rows[3]).toMatchObject({ own: false, note: null, app: 'admin' });
});

test('what only the source has is said to be missing', () => {
  const rows = routeRows({ routes: [written('/new/')], apps }, { routes: [runtime('/books/')] }, isOwn);
  expect(rows.map(({ pattern, origin }) => [pattern, origin])).toEqual([
    ['/books/', 'runtime'],
    ['/new/', 'source'],
  ]);
  expect(rows[1]?.note).toContain('not among the routes');
});

test('a route keeps its id when the lens changes, and twins have their own', () => {
  const facts = [written('/books/', { name: 'list' })];
  const before = routeRows({ routes: facts, apps }, null, isOwn);
  const after = routeRows({ routes: facts, apps }, { routes: [runtime('/books/', { name: 'list' })] }, isOwn);
  expect(after[0]?.id).toBe(before[0]?.id);
  const twins = routeRows(null, { routes: [runtime('/a/'), runtime('/a/')] }, isOwn);
  expect(new Set(twins.map(({ id }) => id)).size).toBe(2);
});

test('groups of the project come first, others are closed', () => {
  const lens = { routes: [runtime('/admin/', { app: 'admin', file: '/lib/a.py' }), runtime('/books/')] };
  const groups = groupRows(routeRows(null, lens, isOwn), 'app');
  expect(groups.map(({ label, own }) => [label, own])).toEqual([
    ['catalog', true],
    ['admin', false],
  ]);
  const lines = listLines(groups, ({ own }) => own);
  expect(lines.map((line) => (line.kind === 'group' ? line.group.label : line.row.pattern))).toEqual([
    'catalog',
    '/books/',
    'admin',
  ]);
  expect(listMove(lines, 1, 'ArrowLeft', 5)).toEqual({ kind: 'focus', index: 0 });
  expect(listMove(lines, 1, 'Enter', 5)).toMatchObject({ kind: 'open' });
  expect(listMove(lines, 2, 'ArrowRight', 5)).toMatchObject({ kind: 'toggle' });
  expect(listMove(lines, 2, 'ArrowDown', 5)).toEqual({ kind: 'focus', index: 2 });
  expect(listMove(lines, 2, 'x', 5)).toBeNull();
  expect(listLines(groupRows(routeRows(null, lens, isOwn), 'none'), () => true)).toHaveLength(2);
});

test('every searched word must stand somewhere', () => {
  const rows = routeRows(null, { routes: [runtime('/books/', { methods: ['GET'] }), runtime('/x/')] }, isOwn);
  expect(searchRows(rows, 'BOOKS get').map(({ pattern }) => pattern)).toEqual(['/books/']);
  expect(searchRows(rows, '  ')).toBe(rows);
});

test('the code that makes the address names the parameters', () => {
  expect(reverseCode({ name: 'catalog:list', parameters: [] })).toBe('reverse("catalog:list")');
  expect(reverseCode({ name: 'detail', parameters: [{ name: 'pk', converter: 'int' }] })).toBe(
    'reverse("detail", kwargs={"pk": pk})',
  );
  expect(reverseCode({ name: null, parameters: [] })).toBeNull();
});

test('names of a new route follow its path', () => {
  expect(suggestedNames('books/sold-out/')).toEqual({ name: 'books-sold-out', view: 'books_sold_out' });
  expect(suggestedNames('books/<int:pk>/')).toEqual({ name: 'books-detail', view: 'books_detail' });
  expect(suggestedNames('<int:pk>/sold/')).toEqual({ name: 'sold', view: 'sold' });
  expect(suggestedNames('')).toEqual({ name: '', view: '' });
});

test('a view is named alike in both lenses', () => {
  expect(viewName('catalog.views.BookList')).toBe('BookList');
  expect(viewName('views.BookList.as_view(paginate_by=3)')).toBe('BookList');
  expect(viewName('login_required(views.a)')).toBe('login_required(views.a)');
});
