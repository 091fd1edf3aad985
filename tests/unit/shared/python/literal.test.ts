import { beforeAll, expect, test } from 'vitest';
import { readLiteral } from '../../../../shared/python/literal.ts';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

function literal(code: string): unknown {
  const tree = parser.parse(`x = ${code}\n`);
  const value = tree.rootNode.namedChild(0)?.namedChild(0)?.childForFieldName('right') ?? null;
  const read = value === null ? 'no value' : readLiteral(value);
  tree.delete();
  return read;
}

test.each([
  ["'plain'", 'plain'],
  ['"it\'s"', "it's"],
  ["r'\\d+'", '\\d+'],
  [String.raw`'a\tb\x41\u00e9\U0001F3B8\101\q'`, 'a\tbAé🎸A\\q'],
  ["('one ' 'two'\n 'three')", 'one twothree'],
  ['"""long\ntext"""', 'long\ntext'],
  ["''", ''],
  ['1_000', 1000],
  ['0x1f', 31],
  ['-2.5e3', -2500],
  ['True', true],
  ['None', null],
  ["['a', ('b', 1)]", ['a', ['b', 1]]],
  ["{'a': 1}", { entries: [['a', 1]] }],
  ["'one', 'two'", ['one', 'two']],
])('reads %s', (code, value) => {
  expect(literal(code)).toEqual(value);
});

test.each(["b'bytes'", "f'{x}'", '9007199254740993', '1j', 'name', "['a', name]", "'a' + 'b'", 'call()'])(
  'says that %s is no literal it knows',
  (code) => {
    expect(literal(code)).toBeUndefined();
  },
);
