import { beforeAll, expect, test } from 'vitest';
import { applyChange, changeBetween } from '../../../../shared/django/snapshot-change.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, sha256, testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** As another process gets it. */
function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

test('a change sends what is different, and makes the same snapshot where it arrives', () => {
  const index = indexOf(parser, LIBRARY);
  let known = applyChange(null, sent(changeBetween(null, index.snapshot())));
  expect(known).toEqual(sent(index.snapshot()));
  const edit = (path: string, from: string, to: string): ReturnType<typeof changeBetween> => {
    const before = index.snapshot();
    const text = (LIBRARY[path] ?? '').replace(from, to);
    index.setFile(path, text, sha256(text));
    const change = sent(changeBetween(before, index.snapshot()));
    known = applyChange(known, change);
    expect(known).toEqual(sent(index.snapshot()));
    return change;
  };

  const field = edit('catalog/models.py', "'title', max_length=200", "'title', max_length=100");
  expect(field.models).toMatchObject({ at: 2, removed: 1, added: [{ id: 'catalog.Book' }] });
  expect(field.routes).toEqual({ at: 4, removed: 0, added: [] });

  const route = edit('catalog/urls.py', '    path(', "    path('new/', views.book_detail),\n    path(");
  expect(route.models.added).toEqual([]);
  expect(route.routes.added.map(({ pattern }) => pattern)).toContain('/catalog/new/');

  edit('library/settings.py', "    'catalog',\n", '');
  edit('catalog/models.py', 'class Loan(models.Model):', 'class Lent(models.Model):');
});

test('a change of another snapshot is not applied', () => {
  const index = indexOf(parser, LIBRARY);
  const first = index.snapshot();
  const change = changeBetween({ ...first, revision: 7 }, first);
  expect(applyChange(first, change)).toBeNull();
  expect(applyChange(null, change)).toBeNull();
});
