import { useCallback, useEffect, useRef, useState } from 'react';
import type { CellValue, DatabasePage, DatabaseRow } from '../../../shared/contract/data-calls.ts';
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
  readonly reload: () => Promise<void>;
} {
  const { api } = useStudio();
  const [state, setState] = useState(nothing);
  const epoch = useRef(0);
  const reading = useRef(false);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });

  const read = useCallback(
    async (limit: number, after: { key: CellValue[]; order: CellValue | null } | null): Promise<void> => {
      const mine = epoch.current;
      reading.current = true;
      setState((before) => ({ ...before, reading: true }));
      try {
        const page = await api.call('database.rows', { ...query, limit, after });
        if (mine === epoch.current) setState((before) => withPage(before, page, after !== null));
      } catch (error) {
        const problem = failureOf(error).message;
        if (mine === epoch.current) setState((before) => ({ ...before, reading: false, problem }));
      } finally {
        if (mine === epoch.current) reading.current = false;
      }
    },
    [api, query],
  );

  const count = useCallback(async (): Promise<void> => {
    const mine = epoch.current;
    const { database, table, search } = query;
    const { rows } = await api.call('database.count', { database, table, search });
    if (mine === epoch.current) setState((before) => ({ ...before, total: rows }));
  }, [api, query]);

  const reload = useCallback(async (): Promise<void> => {
    epoch.current += 1;
    // As many as are in sight now, so that the place in the grid is kept.
    const limit = Math.min(Math.max(latest.current.rows.length, PAGE), MOST_AT_ONCE);
    await Promise.all([read(limit, null), count().catch(reportError)]);
  }, [read, count]);

  useEffect(() => {
    setState(nothing);
    latest.current = nothing;
    void reload();
  }, [reload]);

  useEffect(
    () =>
      api.subscribe('database.changed', ({ database }) => {
        if (database === query.database) void reload();
      }),
    [api, query.database, reload],
  );

  const more = useCallback((): void => {
    const { rows, columns, hasMore } = latest.current;
    const last = rows.at(-1);
    if (!hasMore || reading.current || last === undefined) return;
    const ordered = query.order === null ? -1 : columns.indexOf(query.order.column);
    void read(PAGE, { key: [...last.key], order: last.cells[ordered] ?? null });
  }, [query, read]);

  return { ...state, more, reload };
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
