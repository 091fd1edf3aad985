import { expect, it } from 'vitest';
import { blockText, parseBlock } from '../../../../renderer/ui/grid-block.ts';

it.each<[string, readonly (readonly string[])[]]>([
  ['', []],
  ['one', [['one']]],
  [
    'a\tb\nc\td',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['"two\nlines"\t"say ""yes"""', [['two\nlines', 'say "yes"']]],
  [
    '\t\n\t',
    [
      ['', ''],
      ['', ''],
    ],
  ],
  ['5" nail\tx', [['5" nail', 'x']]],
])('reads the copied block %j', (text, block) => {
  expect(parseBlock(text)).toEqual(block);
});

it('reads what it has written', () => {
  const block = [
    ['', 'a\tb', 'c"d', ' e '],
    ['line\nend', '=1+1', 'é', '"'],
  ];
  expect(parseBlock(blockText(block))).toEqual(block);
});
