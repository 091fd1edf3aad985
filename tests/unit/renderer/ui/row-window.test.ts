import { expect, test } from 'vitest';
import {
  revealing,
  scrolledHeight,
  scrolledTo,
  settled,
  visibleRows,
  type RowWindow,
  type RowWindowSize,
} from '../../../../renderer/ui/row-window.ts';

const small: RowWindowSize = { rows: 1000, rowHeight: 26, viewport: 520 };
const large: RowWindowSize = { rows: 10_000_000, rowHeight: 26, viewport: 520 };
const start: RowWindow = { scroll: 0, top: 0 };

test('a small table is scrolled as it is', () => {
  expect(scrolledHeight(small)).toBe(26_000);
  expect(scrolledTo(start, 12_345, small)).toEqual({ scroll: 12_345, top: 12_345 });
  expect(visibleRows({ scroll: 260, top: 260 }, small, 0)).toEqual({ first: 10, last: 29 });
});

test('ten million rows fit into what a browser can scroll, to the pixel by wheel', () => {
  expect(scrolledHeight(large)).toBeLessThan(33_000_000);
  let window = start;
  for (let turns = 1; turns <= 20; turns += 1) window = scrolledTo(window, window.scroll + 100, large);
  expect(window.top).toBe(2000);
  expect(settled(window, large).top).toBe(2000);
});

test('the bar reaches every part, and both ends', () => {
  const half = scrolledTo(start, scrolledHeight(large) / 2, large);
  expect(visibleRows(half, large, 0).first / large.rows).toBeCloseTo(0.5, 3);
  const end = scrolledTo(half, scrolledHeight(large) - large.viewport, large);
  expect(visibleRows(end, large, 0).last).toBe(9_999_999);
  expect(scrolledTo(end, 0, large).top).toBe(0);
});

test('by wheel the ends are reached too, and not passed', () => {
  const near = settled({ scroll: 0, top: 50 }, large);
  expect(scrolledTo(near, near.scroll - 100, large).top).toBe(0);
});

test.each([0, 1, 19, 20, 5_000_000, 9_999_999])('row %i is wholly in sight once it is revealed', (row) => {
  const window = revealing(settled({ scroll: 0, top: 777_777 }, large), row, large);
  expect(window.top).toBeLessThanOrEqual(row * 26);
  expect(window.top + 520).toBeGreaterThanOrEqual((row + 1) * 26);
});

test('what is in sight already does not move, and an empty table has no rows', () => {
  const window = settled({ scroll: 0, top: 1000 }, large);
  expect(revealing(window, 45, large)).toBe(window);
  expect(visibleRows(start, { ...small, rows: 0 }, 10)).toEqual({ first: 0, last: -1 });
});
