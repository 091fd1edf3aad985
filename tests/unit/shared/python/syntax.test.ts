import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { codeEnd } from '../../../../shared/python/syntax.ts';
import { testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

describe('codeEnd', () => {
  test.each([
    ['a class that ends with a comment', 'class A:\n    x = 1', '\n    # behind\n'],
    ['try with except', 'try:\n    a()\nexcept B:\n    c()', '\n    # behind\n'],
    ['try with finally', 'try:\n    a()\nexcept B:\n    c()\nfinally:\n    d()', '\n'],
    ['if with else', 'if a:\n    b()\nelif c:\n    d()\nelse:\n    e()', '\n    # behind\n'],
    ['if alone', 'if a:\n    b()', '\n    # behind\n'],
    ['for with else', 'for a in b:\n    c()\nelse:\n    d()', '\n'],
    ['while with else', 'while a:\n    b()\nelse:\n    c()', '\n'],
    ['with', 'with a as b:\n    c()', '\n    # behind\n'],
    ['match', 'match a:\n    case 1:\n        b()\n    case _:\n        c()', '\n'],
    [
      'a method whose last statement has several blocks',
      'class A:\n    def f(self):\n        try:\n            return 1\n        except B:\n            raise',
      '\n        # behind\n',
    ],
  ])('of %s', (_what, code, behind) => {
    const tree = parser.parse(code + behind);
    const statement = tree.rootNode.namedChild(0);
    expect(statement === null ? -1 : codeEnd(statement)).toBe(code.length);
    tree.delete();
  });
});
