import { beforeAll, describe, expect, test } from 'vitest';
import { insertItems, removeItems } from '../../../../shared/python/list-edit.ts';
import type { PythonParser, SyntaxNode } from '../../../../shared/python/parser.ts';
import { partsOf } from '../../../../shared/python/syntax.ts';
import { applyEdits, type TextEdit } from '../../../../shared/python/text-edit.ts';
import { testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

function edited(text: string, edit: (list: SyntaxNode) => readonly TextEdit[]): string {
  const tree = parser.parse(text);
  const value = tree.rootNode.namedChild(0)?.namedChild(0)?.childForFieldName('right') ?? null;
  const list = value?.type === 'call' ? value.childForFieldName('arguments') : value;
  if (list === null) throw new Error('no list');
  const result = applyEdits(text, edit(list));
  const after = parser.parse(result);
  expect(after.rootNode.hasError).toBe(false);
  after.delete();
  tree.delete();
  return result;
}

describe('insertItems', () => {
  test.each([
    ['x = []', "x = ['n', 'm']"],
    ["x = ['a']", "x = ['a', 'n', 'm']"],
    ["x = ['a',]", "x = ['a', 'n', 'm',]"],
    ["x = ('a',)", "x = ('a', 'n', 'm')"],
    ["x = [\n    'a',\n]", "x = [\n    'a',\n    'n',\n    'm',\n]"],
    ["x = [\n    'a'\n]", "x = [\n    'a',\n    'n',\n    'm'\n]"],
    ["x = [\n    'a',  # why\n    # more\n]", "x = [\n    'a',  # why\n    'n',\n    'm',\n    # more\n]"],
    ['x = [\n    # none\n]', "x = [\n    # none\n    'n',\n    'm',\n]"],
    ['x = f(a,\n      b)', "x = f(a,\n      b,\n      'n',\n      'm')"],
    ['x = [\n    a, b,\n    c, d\n]', "x = [\n    a, b,\n    c, d, 'n', 'm'\n]"],
  ])('%j becomes %j', (before, after) => {
    expect(edited(before, (list) => insertItems(list, before, ["'n'", "'m'"]))).toBe(after);
  });
});

describe('removeItems', () => {
  test.each([
    ['x = [a]', [0], 'x = []'],
    ['x = [a, b, c]', [1], 'x = [a, c]'],
    ['x = [a, b, c]', [2], 'x = [a, b]'],
    ['x = [a, b, c]', [1, 2], 'x = [a]'],
    ['x = [a, b, c]', [0, 2], 'x = [b]'],
    ['x = (a, b)', [1], 'x = (a,)'],
    ['x = (a, b)', [0], 'x = (b,)'],
    ['x = (a,)', [0], 'x = ()'],
    ['x = [\n    a,  # first\n    b,\n]', [0], 'x = [\n    b,\n]'],
    ['x = [\n    a,\n    b\n]', [1], 'x = [\n    a,\n]'],
    ['x = f(a, b=1, c=2)', [1], 'x = f(a, c=2)'],
    ['x = f(a, b=1, c=2,)', [2], 'x = f(a, b=1)'],
  ])('%j without %j is %j', (before, gone, after) => {
    const result = edited(before, (list) => {
      const items = partsOf(list);
      return removeItems(
        list,
        before,
        gone.flatMap((at) => items[at] ?? []),
      );
    });
    expect(result).toBe(after);
  });
});
