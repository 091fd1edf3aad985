import { expect, test } from 'vitest';
import {
  nextRequest,
  NO_ROWS,
  rowAt,
  rowCount,
  staleRows,
  withRows,
  withSample,
  type RowBlocks,
} from '../../../../../renderer/features/database/row-blocks.ts';
import type { DatabaseRow, RowSample } from '../../../../../shared/contract/data-calls.ts';

const row = (id: number): DatabaseRow => {
  const cell = { kind: 'integer', text: String(id) } as const;
  return { key: [cell], cells: [cell] };
};
const rows = (first: number, count: number): readonly DatabaseRow[] =>
  Array.from({ length: count }, (_, index) => row(first + index));
const idAt = (state: RowBlocks, index: number): string | undefined => {
  const cell = rowAt(state, index)?.cells[0];
  return cell?.kind === 'integer' ? cell.text : undefined;
};
/** Reads as a table of this many rows answers, numbered from 0. */
function readAll(state: RowBlocks, first: number, last: number, total: number): RowBlocks {
  let next = state;
  for (let pages = 0; pages < 20; pages += 1) {
    const request = nextRequest(next, first, last);
    if (request === null) return next;
    const key = request.after?.key[0];
    const start = key?.kind === 'integer' ? Number(key.text) + 1 : 0;
    const count = Math.max(0, Math.min(request.limit, total - start));
    next = withRows(next, request, rows(start, count), start + count < total);
  }
  throw new Error('It never ends.');
}
const sampleOf = (total: number): RowSample => ({
  every: 1000,
  rows: total,
  keys: Array.from({ length: Math.floor(total / 1000) }, (_, index) => row((index + 1) * 1000 - 1).key),
});

test('without a sample the rows follow one another', () => {
  expect(nextRequest(NO_ROWS, 0, 20)).toMatchObject({ after: null, append: false });
  const first = readAll(NO_ROWS, 0, 20, 450);
  expect(rowCount(first)).toBe(201);
  expect(nextRequest(first, 0, 20)).toBeNull();
  const all = readAll(first, 430, 450, 450);
  expect(rowCount(all)).toBe(450);
  expect(idAt(all, 449)).toBe('449');
});

test('with a sample any row is one page away, across the border of two blocks too', () => {
  const first = readAll(NO_ROWS, 0, 20, 10_000_000);
  const sampled = withSample(first, sampleOf(10_000_000));
  expect(rowCount(sampled)).toBe(10_000_000);
  expect(idAt(sampled, 7)).toBe('7');
  expect(nextRequest(sampled, 0, 20)).toBeNull();
  const far = readAll(sampled, 7_654_990, 7_655_020, 10_000_000);
  expect([idAt(far, 7_654_990), idAt(far, 7_655_020), idAt(far, 9_999_999)]).toEqual([
    '7654990',
    '7655020',
    undefined,
  ]);
  const end = readAll(far, 9_999_970, 9_999_999, 10_000_000);
  expect(idAt(end, 9_999_999)).toBe('9999999');
});

test('a table that has shrunk is not asked for ever, and one that was written is read again', () => {
  const sampled = withSample(readAll(NO_ROWS, 0, 20, 5000), sampleOf(5000));
  const shrunk = readAll(sampled, 3990, 4020, 4001);
  expect([idAt(shrunk, 4000), idAt(shrunk, 4001)]).toEqual(['4000', undefined]);
  expect(nextRequest(shrunk, 3990, 4020)).toBeNull();
  const stale = staleRows(shrunk);
  expect(idAt(stale, 4000)).toBe('4000');
  expect(nextRequest(stale, 3990, 4020)).toMatchObject({ block: 3, append: false });
});

test('memory is bounded', () => {
  let state = withSample(NO_ROWS, sampleOf(1_000_000));
  for (let first = 0; first < 1_000_000; first += 10_000)
    state = readAll(state, first, first + 20, 1_000_000);
  expect(state.blocks.size).toBeLessThanOrEqual(40);
  expect(idAt(state, 990_000)).toBe('990000');
});
