import { beforeAll, describe, expect, test } from 'vitest';
import { importEdits, unusedImportEdits, type ImportRequest } from '../../../../shared/python/import-edit.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { applyEdits } from '../../../../shared/python/text-edit.ts';
import { python, testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const style = { quote: "'", indent: '    ', lineEnding: '\n', lineLength: 60 } as const;

function withImports(source: string, ...requests: readonly ImportRequest[]): string {
  const text = python(source);
  const tree = parser.parse(text);
  const edits = importEdits(tree.rootNode, requests, { text, style, isOwn: (module) => module === 'shop' });
  tree.delete();
  return applyEdits(text, edits);
}

const models = { module: 'django.db', name: 'models' };

describe('importEdits', () => {
  test('changes nothing where the name is imported', () => {
    expect(withImports('from django.db import models\n', models)).toBe('from django.db import models\n');
  });

  test('adds a name in the order of the others', () => {
    expect(withImports('from a import B, d\n', { module: 'a', name: 'C' }, { module: 'a', name: 'A' })).toBe(
      'from a import A, B, C, d\n',
    );
  });

  test('adds a line in brackets over several lines', () => {
    const source = `
      from a import (
          B,  # why
          D,
      )
      `;
    expect(withImports(source, { module: 'a', name: 'C' }, { module: 'a', name: 'E' })).toBe(
      python(`
      from a import (
          B,  # why
          C,
          D,
          E,
      )
      `),
    );
  });

  test('breaks a line that would become too long', () => {
    expect(
      withImports('from catalog.serializers import AuthorSerializer\n', {
        module: 'catalog.serializers',
        name: 'BookSerializer',
      }),
    ).toBe('from catalog.serializers import (\n    AuthorSerializer,\n    BookSerializer,\n)\n');
  });

  test('keeps the groups of isort', () => {
    const source = `
      """Doc."""

      from __future__ import annotations

      from django.urls import path

      from . import views
      `;
    const requests = [
      { module: 'uuid', name: null },
      { module: 'shop.api', name: 'router' },
      { module: 'django.http', name: 'JsonResponse' },
      { module: '.models', name: 'Book' },
    ];
    expect(withImports(source, ...requests)).toBe(
      python(`
      """Doc."""

      from __future__ import annotations

      import uuid

      from django.http import JsonResponse
      from django.urls import path

      from shop.api import router

      from . import views
      from .models import Book
      `),
    );
  });

  test('stands before a group that comes later', () => {
    expect(withImports('from shop import x\n', { module: 'uuid', name: null }, models)).toBe(
      'import uuid\n\nfrom django.db import models\n\nfrom shop import x\n',
    );
  });

  test('finds its place in a file without imports', () => {
    expect(withImports('"""Doc."""\nx = 1\n', models)).toBe(
      '"""Doc."""\n\nfrom django.db import models\nx = 1\n',
    );
    expect(withImports('#!/usr/bin/env python\nclass A: pass\n', models)).toBe(
      '#!/usr/bin/env python\nfrom django.db import models\n\n\nclass A: pass\n',
    );
    expect(withImports('', models)).toBe('from django.db import models\n');
  });
});

describe('unusedImportEdits', () => {
  const left = (source: string, gone: string): string => {
    const text = python(source);
    const tree = parser.parse(text);
    const start = text.indexOf(gone);
    const edits = unusedImportEdits(tree.rootNode, [{ start, end: start + gone.length }], text);
    tree.delete();
    return applyEdits(text, edits);
  };

  test('takes out what only the removed code used', () => {
    const source = `
      import uuid
      from a import (
          B,
          C,
      )
      from d import E

      x = uuid.x(B, E)
      y = C + E
      `;
    expect(left(source, 'x = uuid.x(B, E)')).toBe(
      python(`
      from a import (
          C,
      )
      from d import E

      x = uuid.x(B, E)
      y = C + E
      `),
    );
  });

  test('leaves no comma behind where the last two names go', () => {
    expect(left('from a import B, C, D\nx = C(D)\ny = B\n', 'x = C(D)')).toBe(
      'from a import B\nx = C(D)\ny = B\n',
    );
  });

  test('keeps names that stand in __all__ and imports that were unused before', () => {
    const source = "from a import B\nfrom c import D\n__all__ = ['B']\nx = B\n";
    expect(left(source, 'x = B')).toBe(source);
  });
});
