import { beforeAll, expect, test } from 'vitest';
import { differenceSentence } from '../../../../shared/django/lens-difference.ts';
import { mergeLenses } from '../../../../shared/django/merge-lenses.ts';
import type { RouteFacts } from '../../../../shared/django/project-model.ts';
import type { RuntimeField, RuntimeModel, RuntimeRoute } from '../../../../shared/django/runtime-lens.ts';
import type { Place } from '../../../../shared/django/source-place.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const ownPath = (file: string): string | null => (file.startsWith('/w/') ? file.slice('/w/'.length) : null);
const place = (file: string, line = 1): Place => ({ file, line, start: line, end: line });

const field = (name: string, type: string, more: Partial<RuntimeField> = {}): RuntimeField => ({
  name,
  attname: name,
  column: name,
  type,
  null: false,
  blank: false,
  unique: false,
  primaryKey: false,
  index: false,
  editable: true,
  relation: null,
  relatedModel: null,
  through: null,
  relatedName: null,
  inheritedFrom: null,
  ...more,
});
const model = (app: string, name: string, fields: readonly RuntimeField[]): RuntimeModel => ({
  app,
  name,
  module: `${app}.models`,
  file: `/w/${app}/models.py`,
  line: 1,
  proxy: false,
  managed: true,
  dbTable: `${app}_${name.toLowerCase()}`,
  autoCreated: false,
  fields,
});
const loaded = (pattern: string, more: Partial<RuntimeRoute> = {}): RuntimeRoute => ({
  pattern,
  regex: false,
  name: null,
  namespace: null,
  view: 'catalog.views.books',
  viewKind: 'function',
  methods: null,
  file: '/w/catalog/views.py',
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

const LOADED_LIBRARY = [
  model('catalog', 'Author', [
    field('id', 'BigAutoField', { primaryKey: true, unique: true }),
    field('created', 'DateTimeField'),
    field('name', 'CharField'),
  ]),
  model('catalog', 'Book', [
    field('id', 'BigAutoField', { primaryKey: true, unique: true }),
    field('created', 'DateTimeField'),
    field('title', 'CharField'),
    field('author', 'ForeignKey', { relation: 'fk', relatedModel: 'catalog.Author' }),
    field('sequel_to', 'ForeignKey', { relation: 'fk', relatedModel: 'catalog.Book', null: true }),
    field('owner', 'ForeignKey', { relation: 'fk', relatedModel: 'auth.User' }),
    field('readers', 'ManyToManyField', {
      relation: 'm2m',
      relatedModel: 'auth.User',
      through: 'catalog.Loan',
    }),
  ]),
  model('catalog', 'Loan', [
    field('id', 'BigAutoField', { primaryKey: true, unique: true }),
    field('book', 'ForeignKey', { relation: 'fk', relatedModel: 'catalog.Book' }),
    field('reader', 'ForeignKey', { relation: 'fk', relatedModel: 'auth.User' }),
  ]),
  model('auth', 'User', [field('username', 'CharField', { unique: true })]),
];

test('what only Django knows is added and marked; what both say alike is no difference', () => {
  const snapshot = indexOf(parser, LIBRARY).snapshot();
  const lens = { models: LOADED_LIBRARY, routes: [], settings: {} };
  const { models, differences } = mergeLenses({ ...snapshot, routes: [] }, lens, ownPath);
  expect(differences).toEqual([]);
  expect(models.map(({ id, origin }) => [id, origin])).toEqual([
    ['catalog.Dated', 'source'],
    ['catalog.Author', 'both'],
    ['catalog.Book', 'both'],
    ['catalog.Loan', 'both'],
    ['auth.User', 'runtime'],
  ]);
  expect(models[1]?.fields.map(({ name, origin }) => [name, origin])).toEqual([
    ['created', 'both'],
    ['name', 'both'],
    ['id', 'runtime'],
  ]);
});

test('differences of models and fields have both sides and a place', () => {
  const snapshot = indexOf(parser, LIBRARY).snapshot();
  const [author, book] = LOADED_LIBRARY;
  const fields = (book?.fields ?? []).flatMap((each): readonly RuntimeField[] => {
    if (each.name === 'title') return [{ ...each, type: 'TextField', null: true }];
    if (each.name === 'author') return [{ ...each, relatedModel: 'people.Author' }];
    if (each.name === 'readers') return [{ ...each, through: 'catalog.Book_readers' }];
    return each.name === 'created' ? [] : [each];
  });
  const lens = {
    models: [author, book === undefined ? undefined : { ...book, fields }].filter(
      (each) => each !== undefined,
    ),
    routes: [],
    settings: {},
  };
  const { differences } = mergeLenses({ ...snapshot, routes: [] }, lens, ownPath);
  expect(differences.map((each) => [differenceSentence(each), each.place.line])).toEqual([
    ['catalog.Book.created stands in the source, but Django has not loaded it.', 6],
    ['catalog.Book.title: type is CharField in the source and TextField in Django.', 22],
    ['catalog.Book.title: null is false in the source and true in Django.', 22],
    ['catalog.Book.author: target is catalog.Author in the source and people.Author in Django.', 23],
    ['catalog.Book.readers: through is catalog.Loan in the source and catalog.Book_readers in Django.', 26],
    ['catalog.Loan stands in the source, but Django has not loaded it.', 35],
  ]);
});

test('nothing is said of models that are abstract, broken, not installed or not there to be compared', () => {
  const snapshot = indexOf(parser, LIBRARY).snapshot();
  const lens = { models: [], routes: [], settings: {} };
  const stale = {
    ...snapshot,
    models: snapshot.models.map((each) => ({ ...each, stale: true })),
    routes: [],
  };
  expect(mergeLenses(stale, lens, ownPath).differences).toEqual([]);
  const apps = snapshot.apps.map((app) => ({ ...app, installed: false }));
  expect(mergeLenses({ ...snapshot, apps, routes: [] }, lens, ownPath).differences).toEqual([]);
  expect(mergeLenses(snapshot, null, ownPath).differences).toEqual([]);
  expect(mergeLenses(snapshot, null, ownPath).models.every(({ origin }) => origin === 'source')).toBe(true);
});

test('routes: pairs by path and name, below a language prefix, and where a part is computed', () => {
  const routes = [
    written('/books/', { name: 'catalog:list' }),
    written('/about/', { name: 'about', localized: true, unknown: 'Below a language prefix.' }),
    written('/…/feed/', { name: 'feed', unknown: 'The pattern is computed.' }),
    written('/shop/', { kind: 'include', view: null, viewPlace: null, place: place('urls.py', 9) }),
  ];
  const lens = {
    models: [],
    settings: { LANGUAGE_CODE: 'en' },
    routes: [
      loaded('/books/', { name: 'list', namespace: 'catalog' }),
      loaded('/en/about/', { name: 'about' }),
      loaded('/blog/feed/', { name: 'feed' }),
      loaded('/shop/cart/', { view: 'shop.views.cart', file: '/lib/shop.py' }),
    ],
  };
  const merged = mergeLenses({ models: [], apps: [], routes }, lens, ownPath);
  expect(merged.differences).toEqual([]);
  expect(
    merged.routes.map(({ pattern, origin, statement }) => [pattern, origin, statement?.pattern]),
  ).toEqual([
    ['/books/', 'both', '/books/'],
    ['/en/about/', 'both', '/about/'],
    ['/blog/feed/', 'both', '/…/feed/'],
    ['/shop/cart/', 'runtime', '/shop/'],
  ]);
});

test('routes: another path, name or view, and one that Django has not loaded', () => {
  const routes = [
    written('/old/', { name: 'list' }),
    written('/same/', { name: 'one' }),
    written('/view/', { view: 'views.other', viewPlace: place('catalog/other.py') }),
    written('/new/', { name: 'new' }),
    written('/debug/', { unknown: 'Only there when settings.DEBUG.', condition: 'settings.DEBUG' }),
  ];
  const lens = {
    models: [],
    settings: {},
    routes: [loaded('/books/', { name: 'list' }), loaded('/same/', { name: 'two' }), loaded('/view/')],
  };
  const { differences, routes: merged } = mergeLenses({ models: [], apps: [], routes }, lens, ownPath);
  expect(differences.map(differenceSentence)).toEqual([
    '/view/: view is views.other in the source and catalog.views.books in Django.',
    '/old/: pattern is /old/ in the source and /books/ in Django.',
    '/same/: name is one in the source and two in Django.',
    '/new/ stands in the source, but Django has not loaded it.',
  ]);
  expect(merged.map(({ pattern, origin }) => [pattern, origin])).toEqual([
    ['/books/', 'both'],
    ['/same/', 'both'],
    ['/view/', 'both'],
    ['/new/', 'source'],
  ]);
});
