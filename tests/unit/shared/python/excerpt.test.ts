import { beforeAll, expect, test } from 'vitest';
import { functionBodies, partsAround } from '../../../../shared/python/excerpt.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { lineOf } from '../../../../shared/python/syntax.ts';
import { testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const MODULE = `import a

@decorated
def first(x):
    """Text
at the margin"""
    if x:
        return {
'b': 1,
        }
    # behind

class A:
    def one_line(self): return 1
    async def second(self):  # why
        def inner():
            return 'found'
        return self.title

    kept = first(\\
b)
\tdef tabs(self):
\t    pass

last = A()
`;

test('the bodies of functions end where Python ends them', () => {
  expect(functionBodies(MODULE)?.map(({ start, end }) => MODULE.slice(start, end))).toEqual([
    `"""Text\nat the margin"""\n    if x:\n        return {\n'b': 1,\n        }`,
    `def inner():\n            return 'found'\n        return self.title`,
    'pass',
  ]);
});

test.each(["x = '", 'x = """', 'x = (', 'x = )', 'def f():\n    x = [', 'x = 1\ry = 2'])(
  'of %j nobody can tell',
  (text) => {
    expect(functionBodies(text)).toBeNull();
    expect(partsAround(text, [])).toBeNull();
  },
);

test('only functions that are asked for are parsed, and all else stands where it is', () => {
  const text = MODULE.replace('\tdef tabs(self):\n\t    pass\n', '').replaceAll('\n', '\r\n');
  const parts = partsAround(text, [text.indexOf('found')]) ?? [];
  const tree = parser.parseParts(text, parts);
  expect(tree.rootNode.hasError).toBe(false);
  const found = (word: string): string | undefined => {
    const at = text.indexOf(word);
    const node = tree.rootNode.descendantForIndex(at, at + word.length);
    return node === null ? undefined : `${node.text} ${String(lineOf(node))}`;
  };
  expect(found('found')).toBe('found 17');
  expect(found('last')).toBe('last 23');
  expect(tree.rootNode.descendantsOfType('return_statement')).toHaveLength(3);
  expect(tree.rootNode.descendantsOfType('if_statement')).toHaveLength(0);
  tree.delete();
});
