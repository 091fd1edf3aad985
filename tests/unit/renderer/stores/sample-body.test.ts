import { expect, test } from 'vitest';
import { modelOfRoute, sampleBody } from '../../../../renderer/stores/sample-body.ts';
import type { RuntimeField, RuntimeModel } from '../../../../shared/django/runtime-lens.ts';

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
const model = (app: string, name: string, fields: readonly RuntimeField[] = []): RuntimeModel => ({
  app,
  name,
  module: `${app}.models`,
  file: null,
  line: null,
  proxy: false,
  managed: true,
  dbTable: '',
  autoCreated: false,
  fields,
});
const view = (name: string, more: { readonly app?: string | null; readonly route?: string } = {}) => ({
  view: `catalog.views.${name}`,
  viewKind: 'class' as const,
  name: more.route ?? null,
  app: more.app ?? 'catalog',
});

test.each(['BookViewSet', 'BookListCreateAPIView', 'BookUpdateView', 'BookDetail', 'Book'])(
  '%s is about books',
  (name) => {
    expect(modelOfRoute(view(name), [model('catalog', 'Book'), model('catalog', 'Author')])?.name).toBe(
      'Book',
    );
  },
);

test('the route’s name tells where the view’s does not; other apps are not guessed between', () => {
  const models = [model('a', 'Book'), model('b', 'Book'), model('a', 'Author')];
  expect(modelOfRoute(view('detail', { route: 'author-list', app: 'x' }), models)?.name).toBe('Author');
  expect(modelOfRoute(view('BookView', { app: 'b' }), models)?.app).toBe('b');
  expect(modelOfRoute(view('BookView', { app: 'x' }), models)).toBeNull();
  expect(modelOfRoute(view('View'), models)).toBeNull();
});

test('the sample has a value of its type for everything that is written', () => {
  const book = model('catalog', 'Book', [
    field('id', 'BigAutoField', { primaryKey: true }),
    field('title', 'CharField'),
    field('price', 'DecimalField'),
    field('pages', 'PositiveIntegerField'),
    field('published', 'DateField'),
    field('subtitle', 'CharField', { null: true }),
    field('publisher', 'ForeignKey', { relation: 'fk' }),
    field('authors', 'ManyToManyField', { relation: 'm2m', column: null }),
    field('cover', 'ImageField'),
    field('created', 'DateTimeField', { editable: false }),
  ]);
  expect(JSON.parse(sampleBody(view('BookViewSet'), { models: [book] }, '2031-02-03') ?? '')).toEqual({
    title: 'Title',
    price: '1.00',
    pages: 1,
    published: '2031-02-03',
    subtitle: null,
    publisher: 1,
    authors: [],
  });
  expect(sampleBody(view('HomeView'), { models: [book] }, '2031-02-03')).toBeNull();
});
