import { expect, test } from 'vitest';
import { gridMove, guessColumnWidth } from '../../../../renderer/ui/grid-model.ts';

const size = { rows: 100, columns: 5, page: 20 };
const from = { row: 50, column: 2 };

test.each([
  ['ArrowDown', false, { row: 51, column: 2 }],
  ['ArrowDown', true, { row: 99, column: 2 }],
  ['ArrowLeft', true, { row: 50, column: 0 }],
  ['Home', false, { row: 50, column: 0 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 99, column: 4 }],
  ['PageUp', false, { row: 30, column: 2 }],
])('%s (control: %s) moves from cell to cell', (key, control, to) => {
  expect(gridMove(from, key, size, control)).toEqual(to);
});

test('moves end at the edges', () => {
  expect(gridMove({ row: 0, column: 0 }, 'ArrowUp', size, false)).toEqual({ row: 0, column: 0 });
  expect(gridMove({ row: 95, column: 4 }, 'PageDown', size, false)).toEqual({ row: 99, column: 4 });
  expect(gridMove(from, 'a', size, false)).toBeNull();
});

test('columns are wide enough for their title, and never too wide', () => {
  expect(guessColumnWidth('id', ['1', '2'])).toBe(72);
  expect(guessColumnWidth('id', ['x'.repeat(500)])).toBe(320);
});
