import { expect, test } from 'vitest';
import { parseAnsi, plainStyle } from '../../../../../renderer/features/server/ansi.ts';

const colorsOf = (text: string) => parseAnsi(text).map((part) => [part.text, part.style.color]);

test('text without escape sequences is one plain piece', () => {
  expect(parseAnsi('Watching for changes')).toEqual([{ text: 'Watching for changes', style: plainStyle }]);
});

test('colors last until they are reset', () => {
  expect(colorsOf('\x1b[32mok\x1b[0m then \x1b[1;31mbad')).toEqual([
    ['ok', 'green'],
    [' then ', null],
    ['bad', 'red'],
  ]);
  expect(parseAnsi('\x1b[1;31mbad')[0]?.style.bold).toBe(true);
});

test('weight, slant and underline can be taken back one by one', () => {
  const [first, second] = parseAnsi('\x1b[1;2;3;4mall\x1b[22;23mrest');
  expect(first?.style).toEqual({ color: null, bold: true, faint: true, italic: true, underline: true });
  expect(second?.style).toEqual({ ...plainStyle, underline: true });
});

test('bright colors are the same colors', () => {
  expect(colorsOf('\x1b[94mblue')).toEqual([['blue', 'blue']]);
});

test('many colors become the nearest of the eight, and what follows them is still read', () => {
  expect(colorsOf('\x1b[38;5;196mred')).toEqual([['red', 'red']]);
  expect(colorsOf('\x1b[38;2;20;220;30mgreen')).toEqual([['green', 'green']]);
  const [part] = parseAnsi('\x1b[38;5;250;1mbold');
  expect(part?.style).toMatchObject({ color: 'white', bold: true });
});

test('a background takes no part of the color of the text', () => {
  expect(colorsOf('\x1b[48;5;196;32mgreen on red')).toEqual([['green on red', 'green']]);
});

test('other sequences and control characters are left out', () => {
  expect(parseAnsi('a\x1b[2K\x1b]0;title\x07b\x08c\r\nd')).toMatchObject([{ text: 'a' }, { text: 'bc\nd' }]);
});
