import { Failure } from '../../../shared/contract/failure.ts';
import type { Condition } from './conditions.ts';
import type { WriteHandle } from './handles.ts';
import { readTable } from './schema.ts';
import { quoteName } from './sql-text.ts';
import type { ChangedRow, StoredRow, UndoRecord } from './changed-row.ts';
import { holdsStored, readStoredRows, sizeOfRows, storedSql } from './stored-row.ts';

const MOST_ROWS = 20_000;
const MOST_BYTES = 20_000_000;

/** Watches rows while they are changed. */
export interface UndoRecorder {
  /** The rows as they are before they go. */
  readonly deleting: (table: string, where: Condition) => void;
  /** A row that was just made. */
  readonly inserted: (table: string, where: Condition) => void;
  /** These columns of the rows before and after `work`; `after` finds them again, where their key changed. */
  readonly changing: (change: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly where: Condition;
    readonly after: Condition;
    readonly work: () => void;
  }) => void;
  /** null where it became too much to keep. */
  readonly record: () => UndoRecord | null;
}

/** Makes a recorder for one transaction. */
export function createUndoRecorder(handle: WriteHandle): UndoRecorder {
  const rows: ChangedRow[] = [];
  let bytes = 0;
  const isFull = (): boolean => rows.length > MOST_ROWS || bytes > MOST_BYTES;
  const read = (table: string, where: Condition, columns?: readonly string[]): readonly StoredRow[] => {
    const schema = readTable(handle, table);
    // Counted before it is read: a row may be larger than memory should be.
    if (!isFull()) bytes += sizeOfRows(handle, schema, where, columns);
    return isFull() ? [] : readStoredRows(handle, schema, where, MOST_ROWS + 1, columns);
  };
  return {
    deleting: (table, where) => {
      for (const before of read(table, where)) rows.push({ table, before, after: null });
    },
    inserted: (table, where) => {
      for (const after of read(table, where)) rows.push({ table, before: null, after });
    },
    changing: ({ table, columns, where, after, work }) => {
      const before = read(table, where, columns);
      work();
      const now = read(table, after, columns);
      for (const [place, row] of before.entries())
        rows.push({ table, before: row, after: now[place] ?? null });
    },
    record: () => (isFull() ? null : { rows }),
  };
}

/** Takes changes back in one transaction; a row that is not what they made of it keeps them all. */
export function undoChanges(handle: WriteHandle, { rows }: UndoRecord): number {
  return handle.transaction(() => {
    handle.all('PRAGMA defer_foreign_keys = ON');
    // What was made goes first, so that nothing stands in the way of what comes back.
    for (const { table, before, after } of rows.toReversed()) {
      if (before === null && after !== null) remove(handle, table, after);
    }
    for (const { table, before, after } of rows.toReversed()) {
      if (before !== null && after !== null) restore(handle, table, before, after);
    }
    for (const { table, before, after } of rows.toReversed()) {
      if (before !== null && after === null) insert(handle, table, before);
    }
    return rows.length;
  });
}

function remove(handle: WriteHandle, table: string, row: StoredRow): void {
  const where = holdsStored(row);
  exactlyOne(handle.change(`DELETE FROM ${quoteName(table)} WHERE ${where.sql}`, ...where.values), table);
}

function restore(handle: WriteHandle, table: string, before: StoredRow, after: StoredRow): void {
  const differing = Object.entries(before).filter(
    ([column, cell]) => JSON.stringify(cell) !== JSON.stringify(after[column]),
  );
  if (differing.length === 0) return;
  const sets = differing.map(([, cell]) => storedSql(cell));
  const assignments = differing.map(([column], place) => `${quoteName(column)} = ${sets[place]?.sql ?? ''}`);
  const where = holdsStored(after);
  const values = [...sets.flatMap((set) => set.values), ...where.values];
  const sql = `UPDATE ${quoteName(table)} SET ${assignments.join(', ')} WHERE ${where.sql}`;
  exactlyOne(handle.change(sql, ...values), table);
}

function insert(handle: WriteHandle, table: string, row: StoredRow): void {
  const values = Object.values(row).map(storedSql);
  const columns = Object.keys(row).map(quoteName).join(', ');
  handle.change(
    `INSERT INTO ${quoteName(table)} (${columns}) VALUES (${values.map(({ sql }) => sql).join(', ')})`,
    ...values.flatMap((value) => value.values),
  );
}

function exactlyOne(changed: number, table: string): void {
  if (changed === 1) return;
  throw new Failure(
    'conflict',
    `A row of ${table} was changed since, so the edits were not taken back. Nothing was written.`,
  );
}
