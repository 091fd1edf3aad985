import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import type { Client } from '../../../shared/contract/client.ts';
import type { DatabaseRow } from '../../../shared/contract/data-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import {
  nextRequest,
  NO_ROWS,
  rowAt,
  staleRows,
  withRows,
  withSample,
  type RowBlocks,
} from './row-blocks.ts';

/** Which rows are shown, and in which order. */
export interface RowQuery {
  readonly database: string;
  readonly table: string;
  readonly search: string;
  readonly filter: RowFilter | null;
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
  /** How much of the table a search has looked at, 0 to 1; null when it is not searching. */
  readonly searched: number | null;
  /** The search was stopped by hand. */
  readonly paused: boolean;
}

/** Before the first row is here. */
export const NOTHING_READ: ReadRows = {
  blocks: NO_ROWS,
  columns: [],
  total: null,
  reading: true,
  problem: null,
  searched: null,
  paused: false,
};

/** Reads the rows of one query, as they come in sight. */
export interface RowReader {
  /** These rows are in sight now. */
  readonly show: (first: number, last: number) => void;
  /** The rows that are in sight and here, at most so many. */
  readonly inSight: (limit: number) => readonly DatabaseRow[];
  /** The table was written: counts and reads anew. */
  readonly reload: () => void;
  /** Stops a search where it is; `resume` goes on. */
  readonly pause: () => void;
  readonly resume: () => void;
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
        if (request === null || stopped || state.paused) break;
        if (!state.reading) change({ reading: true });
        const place = request.after;
        const ordered = query.order === null ? -1 : state.columns.indexOf(query.order.column);
        const after = place && { key: [...place.key], order: place.cells?.[ordered] ?? null };
        const page = await api.call('database.rows', { ...query, limit: request.limit, after });
        const resume = page.resume && { key: page.resume.key, cells: null };
        const blocks = withRows(state.blocks, request, page.rows, page.hasMore, resume);
        const searched = page.resume?.searched ?? null;
        change({ columns: page.columns, problem: null, blocks, searched });
      }
      if (state.reading) change({ reading: false, searched: state.paused ? state.searched : null });
    } catch (error) {
      // Asked again when something else comes in sight, or by hand.
      change({ reading: false, problem: failureOf(error).message });
    } finally {
      busy = false;
    }
  };

  const count = async (): Promise<void> => {
    const { database, table, search, filter, order } = query;
    const plain = search === '' && filter === null && order === null;
    const sample = plain ? await api.call('database.sample', { database, table }) : null;
    if (sample !== null) {
      change({ total: sample.rows, blocks: withSample(state.blocks, sample) });
      await readOn();
    } else {
      const { rows } = await api.call('database.count', { database, table, search, filter });
      change({ total: rows });
    }
  };

  return {
    show: (first, last) => {
      sight = { first, last };
      void readOn();
    },
    inSight: (limit) => {
      const count = Math.min(sight.last - sight.first + 1, limit);
      const places = Array.from({ length: count }, (_, place) => sight.first + place);
      return places.flatMap((index) => rowAt(state.blocks, index) ?? []);
    },
    pause: () => {
      change({ paused: true });
    },
    resume: () => {
      change({ paused: false });
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
