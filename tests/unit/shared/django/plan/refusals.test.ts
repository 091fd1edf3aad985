import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { SourceIndex } from '../../../../../shared/django/source-index.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
let index: SourceIndex;
beforeAll(async () => {
  parser = await testParser();
  index = indexOf(parser, { ...LIBRARY, 'tools/__init__.py': '' });
});

function fieldAdd(
  name: string,
  type: string,
  options: Readonly<Record<string, string>>,
  to: string | null = null,
): Operation {
  return { kind: 'field.add', model: 'catalog.Book', after: null, field: { name, type, to, options } };
}
function modelAdd(name: string): Operation {
  return { kind: 'model.add', app: 'catalog', name, fields: [], admin: false };
}
type ApiAdd = Extract<Operation, { kind: 'api.add' }>;
function apiAdd(change: Partial<ApiAdd>): Operation {
  const base: ApiAdd = {
    kind: 'api.add',
    model: 'catalog.Book',
    path: 'books',
    fields: ['id'],
    filters: [],
    search: [],
    permission: 'authenticated',
  };
  return { ...base, ...change };
}
function routeAdd(path: string, name = 'new', view = 'new'): Operation {
  return { kind: 'route.add', app: 'catalog', path, name, view };
}

describe('names that nothing can have', () => {
  test.each<[string, Operation, RegExp]>([
    ['an app without a name', { kind: 'app.add', name: '' }, /Give the app a name/],
    ['an app with a hyphen', { kind: 'app.add', name: 'my-app' }, /can’t be the name of an app/],
    ['an app named after a keyword', { kind: 'app.add', name: 'class' }, /keyword of Python/],
    ['an app of the standard library', { kind: 'app.add', name: 'json' }, /standard library/],
    ['an app of Django', { kind: 'app.add', name: 'admin' }, /Django has an app named “admin”/],
    ['an app that hides a package', { kind: 'app.add', name: 'rest_framework' }, /would hide/],
    ['an app that is there', { kind: 'app.add', name: 'Catalog' }, /an app named “catalog” already/],
    ['an app where a package is', { kind: 'app.add', name: 'tools' }, /module or folder named “tools”/],
    [
      'a model in an app that is not there',
      { ...modelAdd('X'), app: 'nowhere' } as Operation,
      /no app named “nowhere”/,
    ],
    ['a model in an installed package', { ...modelAdd('X'), app: 'auth' } as Operation, /installed package/],
    ['a model with a bad name', modelAdd('2fast'), /can’t be the name of a model/],
    ['a model with an underscore at its end', modelAdd('Book_'), /underscore/],
    ['a model that is there in other letters', modelAdd('BOOK'), /a model named “Book” already/],
    ['a model named like an import', modelAdd('models'), /already means something else/],
    ['a field with a bad name', fieldAdd('due date', 'DateField', {}), /can’t be the name of a field/],
    [
      'a field with an underscore at its end',
      fieldAdd('name_', 'DateField', {}),
      /does not end with an underscore/,
    ],
    ['a field with a double underscore', fieldAdd('a__b', 'DateField', {}), /no double underscore/],
    ['a field named pk', fieldAdd('pk', 'DateField', {}), /primary key/],
    [
      'a field named like a method of models',
      fieldAdd('save', 'DateField', {}),
      /attribute of every Django model/,
    ],
    ['a field that is there', fieldAdd('title', 'DateField', {}), /a field named “title” already/],
    [
      'a field in the place of a column',
      fieldAdd('author_id', 'DateField', {}),
      /a field named “author_id” already/,
    ],
    ['a field named like a method', fieldAdd('__str__', 'DateField', {}), /underscore/],
    ['a route with a bad view', routeAdd('x/', 'x', 'not a name'), /can’t be the name of a view/],
    ['a route with a bad name', routeAdd('x/', 'not a name'), /can’t be the name of a route/],
    ['a route whose name is taken', routeAdd('x/', 'book-list'), /a route named “book-list” already/],
    [
      'a route whose view is taken',
      routeAdd('x/', 'x', 'book_detail'),
      /something named “book_detail” already/,
    ],
  ])('%s', (_what, operation, sentence) => {
    expect(() => index.plan(operation)).toThrow(sentence);
  });
});

describe('fields that Django would refuse', () => {
  test.each<[string, Operation, RegExp]>([
    ['an unknown type', fieldAdd('a', 'WonderField', {}), /not a field of Django/],
    ['a missing option', fieldAdd('a', 'CharField', {}), /needs max_length/],
    [
      'an option of another type',
      fieldAdd('a', 'TextField', { max_digits: '3' }),
      /no option named “max_digits”/,
    ],
    ['a length of zero', fieldAdd('a', 'CharField', { max_length: '0' }), /above 0/],
    [
      'more places than digits',
      fieldAdd('a', 'DecimalField', { max_digits: '2', decimal_places: '3' }),
      /can’t be less/,
    ],
    [
      'two clocks',
      fieldAdd('a', 'DateField', { auto_now: 'True', auto_now_add: 'True' }),
      /exclude each other/,
    ],
    [
      'SET_NULL without null',
      fieldAdd('a', 'ForeignKey', { on_delete: 'models.SET_NULL' }, 'catalog.Author'),
      /set null/,
    ],
    [
      'a relation to nothing',
      fieldAdd('a', 'ForeignKey', { on_delete: 'models.CASCADE' }),
      /Choose the model/,
    ],
    [
      'a relation to no model',
      fieldAdd('a', 'ForeignKey', { on_delete: 'models.CASCADE' }, 'catalog.Nobody'),
      /no model catalog.Nobody/,
    ],
    [
      'a relation to an abstract model',
      fieldAdd('a', 'ForeignKey', { on_delete: 'models.CASCADE' }, 'catalog.Dated'),
      /abstract/,
    ],
    ['a value that is no expression', fieldAdd('a', 'TextField', { default: 'x =' }), /not one expression/],
    [
      'a value with a bracket too many',
      fieldAdd('a', 'TextField', { default: '1), x(2' }),
      /not one expression/,
    ],
    ['two values', fieldAdd('a', 'TextField', { default: '1, 2' }), /not one expression/],
    ['a value with a comment', fieldAdd('a', 'TextField', { default: '1 # one' }), /not one expression/],
    [
      'a statement in disguise',
      fieldAdd('a', 'TextField', { default: '1)\nimport os\nf(2' }),
      /not one expression/,
    ],
    [
      'a name nobody knows',
      fieldAdd('a', 'TextField', { default: 'mystery()' }),
      /“mystery” in “mystery\(\)” is not known/,
    ],
  ])('%s', (_what, operation, sentence) => {
    expect(() => index.plan(operation)).toThrow(sentence);
  });
});

describe('changes of what is not there, or stands elsewhere', () => {
  test.each<[string, Operation, RegExp]>([
    ['a model', { kind: 'model.remove', model: 'catalog.Nobody' }, /no model catalog.Nobody/],
    [
      'a field',
      { kind: 'field.remove', model: 'catalog.Book', field: 'nothing' },
      /no field named “nothing”/,
    ],
    [
      'an inherited field',
      { kind: 'field.remove', model: 'catalog.Book', field: 'created' },
      /inherits “created” from catalog.Dated/,
    ],
    ['the same name', { kind: 'model.rename', model: 'catalog.Book', name: 'Book' }, /called Book already/],
  ])('%s', (_what, operation, sentence) => {
    expect(() => index.plan(operation)).toThrow(sentence);
  });

  test('a field whose arguments are put together when the project runs', () => {
    const models =
      'from django.db import models\nO = {}\n\n\nclass A(models.Model):\n    x = models.TextField(**O)\n';
    const open = indexOf(parser, { ...LIBRARY, 'catalog/models.py': models });
    const change: Operation = {
      kind: 'field.change',
      model: 'catalog.A',
      field: 'x',
      type: 'TextField',
      to: null,
      set: { null: 'True' },
      unset: [],
    };
    expect(() => open.plan(change)).toThrow(/put together when the project runs/);
  });
});

describe('an API that can’t be', () => {
  test.each<[string, Operation, RegExp]>([
    ['a path with capitals', apiAdd({ path: 'Books' }), /can’t be the path/],
    ['the path of the schema', apiAdd({ path: 'schema' }), /description of the API/],
    ['a field that is not there', apiAdd({ fields: ['nothing'] }), /no field named “nothing”/],
    ['a search in numbers', apiAdd({ search: ['created'] }), /no text to search in/],
    ['a password', apiAdd({ fields: ['password'] }), /never served/],
    ['an abstract model', apiAdd({ model: 'catalog.Dated' }), /abstract/],
  ])('%s', (_what, operation, sentence) => {
    expect(() => index.plan(operation)).toThrow(sentence);
  });
});

describe('a path that can’t be', () => {
  test.each([
    ['spa ce/', /no spaces/],
    ['<int:pk/', /needs its >/],
    ['<wonder:pk>/', /not a converter/],
    ['<int:class>/', /can’t be the name of a part/],
    ['<int:a>/<int:a>/', /Two parts/],
  ])('%s', (path, sentence) => {
    expect(() => index.plan(routeAdd(path))).toThrow(sentence);
  });
});
