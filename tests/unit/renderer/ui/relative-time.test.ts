import { expect, test } from 'vitest';
import { relativeTime } from '../../../../renderer/ui/relative-time.ts';

const now = Date.UTC(2026, 0, 15, 12);

test.each([
  [0, 'just now'],
  [59, 'just now'],
  [60, '1 minute ago'],
  [3600 * 5, '5 hours ago'],
  [86_400, 'yesterday'],
  [86_400 * 8, 'last week'],
  [86_400 * 400, 'last year'],
  [-30, 'just now'],
])('%d seconds ago', (seconds, words) => {
  expect(relativeTime(now - seconds * 1000, now)).toBe(words);
});
