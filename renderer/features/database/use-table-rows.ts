import { useCallback, useEffect, useRef, useState } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabasePage, DatabaseRow } from '../../../shared/contract/data-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';

/** Which rows are shown, and in which order. */
export interface RowQuery {
  readonly database: string;
  readonly table: string;
  readonly search: string;
  readonly order: { readonly column: string; readonly descending: boolean } | null;
}

/** The rows read so far; more follow by their key when the end comes in sight. */
export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly DatabaseRow[];
  readonly hasMore: boolean;
  /** All rows that fit; null while it is counted or where counting was stopped. */
  readonly total: number | null;
  readonly reading: boolean;
  readonly problem: string | null;
}

const PAGE = 200;
const MOST_AT_ONCE = 1000;
const nothing: TableRows = {
  columns: [],
  rows: [],
  hasMore: false,
  total: null,
  reading: true,
  problem: null,
};

/** Reads rows page by page, and again when the database was written. */
export function useTableRows(query: RowQuery): TableRows & {
  readonly more: () => void;
  readonly reload: () => void;
} {
  const { api } = useStudio();
  const [read, setRead] = useState<{ readonly query: RowQuery; readonly rows: TableRows } | null>(null);
  // What was read for another question is not shown for this one.
  const state = read?.query === query ? read.rows : nothing;
  const reading = useRef<RowQuery | null>(null);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const change = useCallback(
    (update: (before: TableRows) => TableRows): void => {
      setRead((before) => ({ query, rows: update(before?.query === query ? before.rows : nothing) }));
    },
    [query],
  );

  const readPage = useCallback(
    (limit: number, after: RowPlace | null): void => {
      reading.current = query;
      api
        .call('database.rows', { ...query, limit, after })
        .then(
          (page) => {
            change((before) => withPage(before, page, after !== null));
          },
          (error: unknown) => {
            const problem = failureOf(error).message;
            change((before) => ({ ...before, reading: false, problem }));
          },
        )
        .finally(() => {
          if (reading.current === query) reading.current = null;
        });
    },
    [api, query, change],
  );

  const reload = useCallback((): void => {
    // As many as are in sight now, so that the place in the grid is kept.
    readPage(Math.min(Math.max(latest.current.rows.length, PAGE), MOST_AT_ONCE), null);
    const { database, table, search } = query;
    api.call('database.count', { database, table, search }).then(({ rows }) => {
      change((before) => ({ ...before, total: rows }));
    }, reportError);
  }, [api, query, readPage, change]);

  useEffect(reload, [reload]);
  useEffect(
    () =>
      api.subscribe('database.changed', ({ database }) => {
        if (database === query.database) reload();
      }),
    [api, query.database, reload],
  );

  const more = (): void => {
    const last = state.rows.at(-1);
    if (!state.hasMore || reading.current === query || last === undefined) return;
    const ordered = query.order === null ? -1 : state.columns.indexOf(query.order.column);
    change((before) => ({ ...before, reading: true }));
    readPage(PAGE, { key: [...last.key], order: last.cells[ordered] ?? null });
  };

  return { ...state, more, reload };
}

interface RowPlace {
  readonly key: CellValue[];
  readonly order: CellValue | null;
}

function withPage(before: TableRows, page: DatabasePage, append: boolean): TableRows {
  return {
    ...before,
    columns: page.columns,
    rows: append ? [...before.rows, ...page.rows] : page.rows,
    hasMore: page.hasMore,
    reading: false,
    problem: null,
  };
}
