import { expect, test } from 'vitest';
import { joined } from '../../../../renderer/stores/traces-store.ts';
import type { TraceSummary } from '../../../../shared/contract/trace-calls.ts';

const numbered = (id: number): TraceSummary => ({ id }) as TraceSummary;

test('requests that were told twice stand once, and the oldest make room', () => {
  expect(joined([numbered(1), numbered(2)], [numbered(2), numbered(3)]).map(({ id }) => id)).toEqual([
    1, 2, 3,
  ]);
  const many = Array.from({ length: 1500 }, (_, index) => numbered(index + 1));
  const kept = joined(many.slice(0, 900), many.slice(900));
  expect(kept).toHaveLength(1000);
  expect(kept[0]?.id).toBe(501);
});
