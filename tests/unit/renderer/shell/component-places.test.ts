import { beforeAll, expect, test } from 'vitest';
import { componentPlaces } from '../../../../renderer/shell/component-places.tsx';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, testParser } from '../../shared/source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

test('views, admin and commands can be gone to by name, each with its own id', () => {
  const files = {
    ...LIBRARY,
    'catalog/management/commands/tidy.py':
      "from django.core.management.base import BaseCommand\n\n\nclass Command(BaseCommand):\n    help = 'Tidies.'\n",
  };
  const places = componentPlaces(indexOf(parser, files).snapshot());
  expect(
    places.map(({ label, detail, target }) => [label, detail, `${target.file}:${target.line ?? ''}`]),
  ).toEqual([
    ['BookList', 'catalog · view · catalog.Book', 'catalog/views.py:7'],
    ['book_detail', 'catalog · view', 'catalog/views.py:11'],
    ['BookAdmin', 'catalog · admin · catalog.Book', 'catalog/admin.py:8'],
    ['ModelAdmin', 'catalog · admin · catalog.Author', 'catalog/admin.py:5'],
    ['tidy', 'catalog · command · Tidies.', 'catalog/management/commands/tidy.py:4'],
  ]);
  expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
});
