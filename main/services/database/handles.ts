import Database from 'better-sqlite3';
import { checkFile } from './database-file.ts';
import type { DatabaseEncoding } from './cells.ts';
import type { SqlValue } from './sql-text.ts';

/** One row of a result, its values in the order of the columns. */
export type SqlRow = readonly SqlValue[];

/** Values of placeholders in their order, and behind them an object of those with names. */
export type SqlParameters = readonly (SqlValue | Readonly<Record<string, SqlValue>>)[];

/** What SQLite says of a statement before it runs. */
export interface StatementFacts {
  readonly writes: boolean;
  /** The columns of its result; null for one that gives none. */
  readonly columns: readonly string[] | null;
}

/** A connection that can only look. Every result is read to its end, so that no lock stays behind. */
export interface ReadHandle {
  readonly file: string;
  readonly encoding: DatabaseEncoding;
  readonly all: (sql: string, ...parameters: SqlParameters) => readonly SqlRow[];
  readonly first: (sql: string, ...parameters: SqlParameters) => SqlRow | null;
  /** Reads row by row until `visit` says no; true when all were read. The lock lasts no longer than that. */
  readonly each: (
    statement: { readonly sql: string; readonly values: SqlParameters },
    visit: (row: SqlRow) => boolean,
  ) => boolean;
  /** Prepares a statement without running it. */
  readonly describe: (sql: string) => StatementFacts;
  /** Runs several reads on one state of the file; keep it short, because it holds a lock. */
  readonly atOnce: <T>(read: () => T) => T;
}

/** A connection for one short writing transaction. */
export interface WriteHandle extends ReadHandle {
  /** Number of the rows that the statement itself changed. */
  readonly change: (sql: string, ...parameters: SqlParameters) => number;
  /** `BEGIN IMMEDIATE` … `COMMIT`; everything is undone when `work` throws. */
  readonly transaction: <T>(work: () => T) => T;
}

/** How long a read waits for a writer: shorter than the 5 s after which Django itself gives up. */
const READ_WAIT = 2000;
const WRITE_WAIT = 3000;

/** Opens a file for reading, gives it to `work` and closes it again, also when `work` throws. */
export function withReadHandle<T>(file: string, work: (handle: ReadHandle) => T): T {
  return withConnection(file, { readonly: true, timeout: READ_WAIT }, (database) => {
    database.pragma('query_only = ON');
    return work(readHandle(file, database));
  });
}

/** Opens a file for writing, gives it to `work` and closes it again. */
export function withWriteHandle<T>(file: string, work: (handle: WriteHandle) => T): T {
  return withConnection(file, { readonly: false, timeout: WRITE_WAIT }, (database) => {
    // As Django's own connection does; without it SQLite enforces no foreign key.
    database.pragma('foreign_keys = ON');
    return work({
      ...readHandle(file, database),
      change: (sql, ...parameters) => database.prepare(sql).run(...parameters).changes,
      transaction: (run) => database.transaction(run).immediate(),
    });
  });
}

/** Pages a step: at 4 KB each a writer waits some milliseconds for one. */
const PAGES_A_STEP = 1000;

/**
 * Copies a database that others may be writing to, step by step; a write in between begins it anew.
 * https://www.sqlite.org/backup.html
 */
export async function copyDatabase(file: string, to: string): Promise<void> {
  checkFile(file);
  const database = new Database(file, { readonly: true, timeout: READ_WAIT, fileMustExist: true });
  try {
    await database.backup(to, { progress: () => PAGES_A_STEP });
  } finally {
    database.close();
  }
}

function withConnection<T>(
  file: string,
  options: { readonly readonly: boolean; readonly timeout: number },
  work: (database: Database.Database) => T,
): T {
  checkFile(file);
  const database = new Database(file, { ...options, fileMustExist: true });
  try {
    // The schema of a foreign file must not call functions with side effects. Defensive mode is the
    // binding's default; memory mapping stays off, because a truncated file would end the process.
    database.pragma('trusted_schema = OFF');
    database.pragma('cell_size_check = ON');
    database.defaultSafeIntegers(true);
    return work(database);
  } finally {
    database.close();
  }
}

function readHandle(file: string, database: Database.Database): ReadHandle {
  const all: ReadHandle['all'] = (sql, ...parameters) => {
    const statement = database.prepare<unknown[], SqlRow>(sql);
    if (statement.reader) return statement.raw(true).all(...parameters);
    statement.run(...parameters);
    return [];
  };
  const each: ReadHandle['each'] = ({ sql, values }, visit) => {
    const rows = database
      .prepare<unknown[], SqlRow>(sql)
      .raw(true)
      .iterate(...values);
    // Leaving the loop ends the statement.
    for (const row of rows) if (!visit(row)) return false;
    return true;
  };
  const describe: ReadHandle['describe'] = (sql) => {
    const statement = database.prepare(sql);
    const columns = statement.reader ? statement.columns().map(({ name }) => name) : null;
    return { writes: !statement.readonly, columns };
  };
  const encoding = database.pragma('encoding', { simple: true }) as DatabaseEncoding;
  return {
    file,
    encoding,
    all,
    each,
    describe,
    // Not get(): it would leave the statement half read until it is collected.
    first: (sql, ...parameters) => all(sql, ...parameters)[0] ?? null,
    atOnce: (read) => database.transaction(read).deferred(),
  };
}
