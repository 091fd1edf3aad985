import { expect, test } from 'vitest';
import { countLines, numberedLines } from '../../../../renderer/ui/hunk-lines.ts';

const hunk = {
  oldStart: 10,
  oldLines: 3,
  newStart: 12,
  newLines: 3,
  lines: [
    { kind: 'context', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'c' },
    { kind: 'context', text: 'd' },
  ],
} as const;

test('each line has its number before and after', () => {
  expect(numberedLines(hunk).map(({ before, after }) => [before, after])).toEqual([
    [10, 12],
    [11, null],
    [null, 13],
    [12, 14],
  ]);
});

test('added and removed lines are counted', () => {
  expect(countLines([hunk, hunk])).toEqual({ added: 2, removed: 2 });
});
