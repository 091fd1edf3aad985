import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseRow, RowSample } from '../../../shared/contract/data-calls.ts';

/** Where a page begins: behind the row with this key. Its cells are known where the row is here. */
export interface RowPlace {
  readonly key: readonly CellValue[];
  readonly cells: readonly CellValue[] | null;
}

/** Rows that stand one behind the other from a place on. */
interface RowBlock {
  readonly rows: readonly DatabaseRow[];
  /** The table was written since: shown until the new rows are here. */
  readonly stale: boolean;
  /** There was nothing more to read. */
  readonly ended: boolean;
  /** Where a search goes on that has looked further than its last row. */
  readonly resume?: RowPlace | null | undefined;
}

/** The rows of a table that are here: all over it where there is a sample, else from the first on. */
export interface RowBlocks {
  readonly sample: RowSample | null;
  /** By their number; without a sample there is one. The one asked for last is the last. */
  readonly blocks: ReadonlyMap<number, RowBlock>;
}

/** What to read next. */
export interface RowRequest {
  readonly block: number;
  readonly after: RowPlace | null;
  readonly limit: number;
  /** Behind the rows of the block that are here already. */
  readonly append: boolean;
}

export const NO_ROWS: RowBlocks = { sample: null, blocks: new Map() };
const FIRST_PAGE = 200;
const BLOCKS_KEPT = 40;
/** How many rows before the end of what is here the next page is asked for. */
const ROWS_AHEAD = 40;

/** How many rows the grid has: all of them, or those that are here and one that is on its way. */
export function rowCount({ sample, blocks }: RowBlocks): number {
  if (sample !== null) return sample.rows;
  const first = blocks.get(0);
  return first === undefined ? 0 : first.rows.length + (first.ended ? 0 : 1);
}

/** One row; null while it is not here. */
export function rowAt({ sample, blocks }: RowBlocks, index: number): DatabaseRow | null {
  if (sample === null) return blocks.get(0)?.rows[index] ?? null;
  const block = Math.floor(index / sample.every);
  return blocks.get(block)?.rows[index - block * sample.every] ?? null;
}

/** The page that is missing for these rows to be in sight; null when nothing is. */
export function nextRequest(state: RowBlocks, first: number, last: number): RowRequest | null {
  const { sample, blocks } = state;
  if (sample === null) {
    const known = blocks.get(0);
    if (known === undefined || known.stale)
      return { block: 0, after: null, limit: FIRST_PAGE, append: false };
    if (known.ended || last < known.rows.length - ROWS_AHEAD) return null;
    return { block: 0, after: known.resume ?? placeBehind(known.rows), limit: FIRST_PAGE, append: true };
  }
  const { every, rows, keys } = sample;
  for (let block = Math.floor(first / every); block * every <= Math.min(last, rows - 1); block += 1) {
    const known = blocks.get(block);
    const start = block * every;
    const wanted = Math.min(every, rows - start);
    const key = block === 0 ? null : keys[block - 1];
    if (key === undefined) return null;
    if (known === undefined || known.stale) {
      return { block, after: key && { key, cells: null }, limit: wanted, append: false };
    }
    const here = known.rows.length;
    if (!known.ended && here < wanted && Math.min(last, start + wanted - 1) >= start + here) {
      return { block, after: placeBehind(known.rows), limit: wanted - here, append: true };
    }
  }
  return null;
}

/** The blocks with what was asked for; the ones that nobody looked at for long make room. */
export function withRows(
  state: RowBlocks,
  request: RowRequest,
  rows: readonly DatabaseRow[],
  hasMore: boolean,
  resume: RowPlace | null = null,
): RowBlocks {
  const blocks = new Map(state.blocks);
  const before = request.append ? (blocks.get(request.block)?.rows ?? []) : [];
  // The one that is read last is thrown away last.
  blocks.delete(request.block);
  blocks.set(request.block, { rows: [...before, ...rows], stale: false, ended: !hasMore, resume });
  for (const block of blocks.keys()) {
    if (blocks.size <= BLOCKS_KEPT) break;
    blocks.delete(block);
  }
  return { ...state, blocks };
}

/** With a sample of the whole table, the rows that are here become a block of it. */
export function withSample(state: RowBlocks, sample: RowSample): RowBlocks {
  const [first] = state.sample === null ? [state.blocks.get(0)] : [];
  if (first === undefined) return { ...state, sample };
  const rows = first.rows.slice(0, sample.every);
  return { ...state, sample, blocks: new Map([[0, { ...first, rows }]]) };
}

/** The table was written: what is here is shown until it has been read again. */
export function staleRows(state: RowBlocks): RowBlocks {
  const blocks = [...state.blocks].map(([block, known]) => [block, { ...known, stale: true }] as const);
  return { ...state, blocks: new Map(blocks) };
}

function placeBehind(rows: readonly DatabaseRow[]): RowPlace | null {
  const last = rows.at(-1);
  return last ?? null;
}
