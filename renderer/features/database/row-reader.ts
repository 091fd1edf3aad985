import type { Client } from '../../../shared/contract/client.ts';
import { failureOf } from '../../stores/notices.ts';
import { nextRequest, NO_ROWS, staleRows, withRows, withSample, type RowBlocks } from './row-blocks.ts';

/** Which rows are shown, and in which order. */
export interface RowQuery {
  readonly database: string;
  readonly table: string;
  readonly search: string;
  readonly order: { readonly column: string; readonly descending: boolean } | null;
}

/** What is known of the rows of a query. */
export interface ReadRows {
  readonly blocks: RowBlocks;
  readonly columns: readonly string[];
  /** All rows that fit; null while it is counted or where counting was stopped. */
  readonly total: number | null;
  readonly reading: boolean;
  readonly problem: string | null;
}

/** Before the first row is here. */
export const NOTHING_READ: ReadRows = {
  blocks: NO_ROWS,
  columns: [],
  total: null,
  reading: true,
  problem: null,
};

/** Reads the rows of one query, as they come in sight. */
export interface RowReader {
  /** These rows are in sight now. */
  readonly show: (first: number, last: number) => void;
  /** The table was written: counts and reads anew. */
  readonly reload: () => void;
  /** Tells nothing any more. */
  readonly stop: () => void;
}

/** Makes a reader; `tell` gets every new state. */
export function createRowReader(
  api: Pick<Client, 'call'>,
  query: RowQuery,
  tell: (read: ReadRows) => void,
): RowReader {
  let state = NOTHING_READ;
  let sight = { first: 0, last: 0 };
  let busy = false;
  let stopped = false;

  const change = (next: Partial<ReadRows>): void => {
    state = { ...state, ...next };
    if (!stopped) tell(state);
  };

  /** One page after the other, always what is in sight when its turn comes. */
  const readOn = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      for (;;) {
        const request = nextRequest(state.blocks, sight.first, sight.last);
        if (request === null || stopped) break;
        if (!state.reading) change({ reading: true });
        const place = request.after;
        const ordered = query.order === null ? -1 : state.columns.indexOf(query.order.column);
        const after = place && { key: [...place.key], order: place.cells?.[ordered] ?? null };
        const page = await api.call('database.rows', { ...query, limit: request.limit, after });
        const blocks = withRows(state.blocks, request, page.rows, page.hasMore);
        change({ columns: page.columns, problem: null, blocks });
      }
      if (state.reading) change({ reading: false });
    } catch (error) {
      // Asked again when something else comes in sight, or by hand.
      change({ reading: false, problem: failureOf(error).message });
    } finally {
      busy = false;
    }
  };

  const count = async (): Promise<void> => {
    const { database, table, search, order } = query;
    const plain = search === '' && order === null;
    const sample = plain ? await api.call('database.sample', { database, table }) : null;
    if (sample !== null) {
      change({ total: sample.rows, blocks: withSample(state.blocks, sample) });
      await readOn();
    } else change({ total: (await api.call('database.count', { database, table, search })).rows });
  };

  return {
    show: (first, last) => {
      sight = { first, last };
      void readOn();
    },
    reload: () => {
      change({ blocks: staleRows(state.blocks) });
      void readOn();
      count().catch((error: unknown) => {
        change({ problem: state.problem ?? failureOf(error).message });
      });
    },
    stop: () => {
      stopped = true;
    },
  };
}
