import { expect, test } from 'vitest';
import { layoutEdits } from '../../../../shared/python/formatting/lay-out.ts';
import { applyEdits } from '../../../../shared/python/text-edit.ts';
import { python, testParser } from '../source-fixture.ts';

const parser = await testParser();
const STYLE = {
  quote: "'",
  indent: '    ',
  lineEnding: '\n',
  lineLength: 40,
  keepsTrailingCommas: true,
  sortsImports: true,
} as const;

function laidOut(code: string): string {
  const tree = parser.parse(code);
  const edits = layoutEdits(tree.rootNode, code, [{ start: 0, end: code.length }], STYLE);
  tree.delete();
  return applyEdits(code, edits);
}

test.each([
  ['x = [1,2]\n', 'x = [1, 2]\n'],
  ['x = {"a":1, **b}\n', "x = {'a': 1, **b}\n"],
  ['x = "it\'s"\n', 'x = "it\'s"\n'],
  ['x = f(a,\n    b)\n', 'x = f(a, b)\n'],
  ['x = f(\n    a,\n)\n', 'x = f(\n    a,\n)\n'],
  ['from a import (c, B)\n', 'from a import B, c\n'],
  ['x = call_of(first_argument, second_one, 3)\n', 'x = call_of(\n    first_argument, second_one, 3\n)\n'],
  [
    'x = first_name or second_name or third_name\n',
    'x = (\n    first_name\n    or second_name\n    or third_name\n)\n',
  ],
  ['x = """a\nb"""\n', 'x = """a\nb"""\n'],
])('lays %j out as Black does', (code, expected) => {
  expect(laidOut(code)).toBe(expected);
  expect(laidOut(expected)).toBe(expected);
});

test('comments between items stay, and the items beside them are laid out', () => {
  const code = python(`
    urls = [
        # first
        path('first/', first_view, name='a'),
        second,  # last
    ]
    `);
  expect(laidOut(code)).toBe(
    python(`
    urls = [
        # first
        path(
            'first/', first_view, name='a'
        ),
        second,  # last
    ]
    `),
  );
});
