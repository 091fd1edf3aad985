import { expect, test } from 'vitest';
import {
  cureCode,
  filteredTraces,
  parameterWords,
  queryWords,
  shortStatement,
} from '../../../../../renderer/features/server/trace-words.ts';
import type { TraceSummary } from '../../../../../shared/contract/trace-calls.ts';

const summary: TraceSummary = {
  id: 1,
  generation: 1,
  kind: 'sync',
  method: 'GET',
  path: '/books/?page=2',
  route: '/books/',
  routeName: 'catalog:books',
  view: 'catalog.views.books',
  file: '/shop/catalog/views.py',
  line: 3,
  user: 'ada',
  status: 200,
  milliseconds: 12,
  time: 0,
  size: 10,
  queryCount: 2,
  queryMilliseconds: 1.25,
  repeated: 0,
  exception: null,
};

test('requests are found by path, view, name and user', () => {
  const found = (search: string) => filteredTraces([summary], { search, kind: 'all' }).length;
  expect(['GET /books', 'VIEWS.BOOKS', 'catalog:', 'ada', 'nothing', ''].map(found)).toEqual([
    1, 1, 1, 1, 0, 1,
  ]);
});

test('a kind leaves out the others', () => {
  const traces: readonly TraceSummary[] = [
    summary,
    { ...summary, id: 2, view: null, path: '/static/a.css' },
    { ...summary, id: 3, status: 500, exception: 'ValueError' },
    { ...summary, id: 4, repeated: 5 },
    { ...summary, id: 5, milliseconds: 900 },
  ];
  const ids = (kind: Parameters<typeof filteredTraces>[1]['kind']) =>
    filteredTraces(traces, { search: '', kind }).map(({ id }) => id);
  expect(ids('all')).toEqual([1, 2, 3, 4, 5]);
  expect(ids('pages')).toEqual([1, 3, 4, 5]);
  expect(ids('failed')).toEqual([3]);
  expect(ids('repeated')).toEqual([4]);
  expect(ids('slow')).toEqual([5]);
});

test('a cure is what is typed, a statement what matters of it', () => {
  expect(
    cureCode({ method: 'select_related', relation: 'book__author', model: 'a.B', file: null, line: null }),
  ).toBe('.select_related("book__author")');
  const columns = Array.from({ length: 9 }, (_, index) => `"shop_book"."column${index}"`).join(', ');
  expect(shortStatement(`SELECT ${columns} FROM "shop_book" WHERE id = %s`)).toBe(
    'SELECT … FROM "shop_book" WHERE id = %s',
  );
  expect(shortStatement('SELECT 1\n  FROM x')).toBe('SELECT 1 FROM x');
});

test('parameters and counts are told in words', () => {
  expect(parameterWords([1, 'red', null])).toBe("1, 'red', null");
  expect(parameterWords({ a: 1 })).toBe('a: 1');
  expect(parameterWords(null)).toBe('');
  expect(queryWords(summary)).toBe('2 queries in 1.3 ms');
  expect(queryWords({ ...summary, queryCount: 0 })).toBe('no queries');
});
