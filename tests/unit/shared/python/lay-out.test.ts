import { expect, test } from 'vitest';
import { layoutEdits, type FormattedStyle } from '../../../../shared/python/formatting/lay-out.ts';
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
  joinsStrings: false,
} as const;

function laidOut(code: string, style: FormattedStyle = STYLE): string {
  const tree = parser.parse(code);
  const edits = layoutEdits(tree.rootNode, code, [{ start: 0, end: code.length }], style);
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
  ['x = "a" "b"\n', "x = 'a' 'b'\n"],
  [
    "x = 'one half of a text ' 'and the other half'\n",
    "x = (\n    'one half of a text '\n    'and the other half'\n)\n",
  ],
  [
    "x = f(a=1, b='one half of a text ' 'and another')\n",
    "x = f(\n    a=1,\n    b='one half of a text '\n    'and another',\n)\n",
  ],
  [
    "x = f(b=g('one half of a text ' 'and the other'))\n",
    "x = f(\n    b=g(\n        'one half of a text '\n        'and the other'\n    )\n)\n",
  ],
  ['x = y = call_of(first_argument, second_one)\n', 'x = y = call_of(\n    first_argument, second_one\n)\n'],
  [
    'x = y = first_name_of_all + the_second_name\n',
    'x = y = (\n    first_name_of_all + the_second_name\n)\n',
  ],
  ['x = y[0] = [1,2]\n', 'x = y[0] = [1,2]\n'],
  [
    'with self.assertRaises(FirstError, second) as e:\n    pass\n',
    'with self.assertRaises(\n    FirstError, second\n) as e:\n    pass\n',
  ],
  ['with  open( "a" ) as b:\n    pass\n', "with open('a') as b:\n    pass\n"],
  ['with a() as b, c() as d:\n    pass\n', 'with a() as b, c() as d:\n    pass\n'],
])('lays %j out as Black does', (code, expected) => {
  expect(laidOut(code)).toBe(expected);
  expect(laidOut(expected)).toBe(expected);
});

test('strings side by side become one where ruff lays out and they fit', () => {
  const ruff = { ...STYLE, joinsStrings: true };
  expect(laidOut('x = "a" "b"\n', ruff)).toBe("x = 'ab'\n");
  expect(laidOut("x = f(a=('a' 'b'), b=1)\n", ruff)).toBe("x = f(a=('ab'), b=1)\n");
  expect(laidOut("x = 'a' f'b'\n", ruff)).toBe("x = 'a' f'b'\n");
  const long = "x = (\n    'one half of a text '\n    'and the other half'\n)\n";
  expect(laidOut("x = 'one half of a text ' 'and the other half'\n", ruff)).toBe(long);
  expect(laidOut(long, ruff)).toBe(long);
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
