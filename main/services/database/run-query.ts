import type { CellValue } from '../../../shared/contract/cell-value.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { StatementResult } from '../../../shared/contract/query-calls.ts';
import { splitStatements, type SqlStatement } from '../../../shared/sql/sql-statements.ts';
import { cellColumns, decodeRow, decodeValue, GRID_LIMITS } from './cells.ts';
import type { RequestInput } from './database-requests.ts';
import type { ReadHandle, SqlParameters, WriteHandle } from './handles.ts';
import { quoteName, toSqlValue } from './sql-text.ts';

/** Statements that reach beyond the file, that open a transaction of their own, or that change the file itself. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  ATTACH: 'Another database can’t be attached here: open it by itself.',
  DETACH: 'No other database is attached here.',
  BEGIN: 'All that is run at once is one transaction already: leave BEGIN out.',
  COMMIT: 'All that is run at once is one transaction already: leave COMMIT out.',
  END: 'All that is run at once is one transaction already: leave END out.',
  ROLLBACK: 'All that is run at once is one transaction, undone when a statement fails: leave ROLLBACK out.',
  SAVEPOINT: 'All that is run at once is one transaction already: leave SAVEPOINT out.',
  RELEASE: 'All that is run at once is one transaction already: leave RELEASE out.',
  VACUUM: 'VACUUM rewrites the whole file and keeps the server waiting: it is not run from here.',
};

/** Statements that only look; one that would write refuses them all before the first is run. */
export function runReading(handle: ReadHandle, input: RequestInput<'query'>): readonly StatementResult[] {
  const statements = statementsOf(input.sql);
  // A statement may need what the one before it makes, so each is prepared only when its turn comes.
  return statements.map((statement) => {
    const { writes } = handle.describe(statement.text);
    if (writes) throw new Failure('refused', WRITES, { writes: true, start: statement.start });
    return readRowsOf(handle, statement, input);
  });
}

const WRITES =
  'This would write to the database. Nothing was run: choose Run and write, if that is what you want.';

/** Statements as one transaction: a failing one undoes them all. */
export function runWriting(handle: WriteHandle, input: RequestInput<'query'>): readonly StatementResult[] {
  const statements = statementsOf(input.sql);
  const pragma = statements.find(({ keyword }) => keyword === 'PRAGMA');
  if (pragma !== undefined) {
    const message = 'A PRAGMA may change how the file is kept, so it is not run together with what writes.';
    throw new Failure('refused', message, { start: pragma.start });
  }
  return handle.transaction(() =>
    statements.map((statement) => {
      const { writes, columns } = handle.describe(statement.text);
      if (!writes) return readRowsOf(handle, statement, input);
      if (columns !== null) return returning(handle, statement, input);
      const startedAt = performance.now();
      const changes = handle.change(statement.text, ...valuesFor(statement, input.parameters));
      return { ...nothing(statement), changes, milliseconds: performance.now() - startedAt };
    }),
  );
}

function statementsOf(sql: string): readonly SqlStatement[] {
  const statements = splitStatements(sql);
  if (statements.length === 0) throw new Failure('invalid-input', 'There is no statement to run.');
  for (const { keyword, start } of statements) {
    const reason = FORBIDDEN[keyword];
    if (reason !== undefined) throw new Failure('refused', reason, { start });
  }
  return statements;
}

/**
 * Rows with their cells cut by SQLite itself, so that a cell of 50 MB is never loaded: the statement becomes a
 * common table expression. What can't be one (PRAGMA, EXPLAIN) is read as it is.
 */
function readRowsOf(
  handle: ReadHandle,
  statement: SqlStatement,
  { limit, parameters }: RequestInput<'query'>,
): StatementResult {
  const { columns } = handle.describe(statement.text);
  const values = valuesFor(statement, parameters);
  const startedAt = performance.now();
  if (columns === null) {
    handle.all(statement.text, ...values);
    return { ...nothing(statement), milliseconds: performance.now() - startedAt };
  }
  const wrapped = /^(SELECT|WITH|VALUES)$/.test(statement.keyword) && columns.length <= MOST_COLUMNS;
  const rows = wrapped
    ? handle
        .all(cutStatement(statement.text, columns.length, limit + 1), ...values)
        .map((row) => decodeRow(row, handle.encoding, GRID_LIMITS))
    : handle.all(statement.text, ...values).map((row) => row.map((value) => decodeValue(value, GRID_LIMITS)));
  return {
    ...nothing(statement),
    columns,
    rows: rows.slice(0, limit),
    hasMore: rows.length > limit,
    milliseconds: performance.now() - startedAt,
  };
}

/** A result may have 2,000 columns, and a cut cell takes two. */
const MOST_COLUMNS = 1000;

function cutStatement(sql: string, columns: number, limit: number): string {
  const names = Array.from({ length: columns }, (_, place) => quoteName(`c${String(place)}`));
  const cells = names.map((name) => cellColumns(name, GRID_LIMITS)).join(', ');
  // The line break ends a comment that may stand behind the statement.
  return `WITH result(${names.join(', ')}) AS (${sql}\n) SELECT ${cells} FROM result LIMIT ${String(limit)}`;
}

/** INSERT, UPDATE or DELETE … RETURNING. */
function returning(
  handle: WriteHandle,
  statement: SqlStatement,
  { limit, parameters }: RequestInput<'query'>,
): StatementResult {
  const startedAt = performance.now();
  const rows = handle.all(statement.text, ...valuesFor(statement, parameters));
  return {
    ...nothing(statement),
    columns: handle.describe(statement.text).columns,
    rows: rows.slice(0, limit).map((row) => row.map((value) => decodeValue(value, GRID_LIMITS))),
    hasMore: rows.length > limit,
    changes: rows.length,
    milliseconds: performance.now() - startedAt,
  };
}

function nothing({ text, start }: SqlStatement): StatementResult {
  return { sql: text, start, columns: null, rows: [], hasMore: false, changes: null, milliseconds: 0 };
}

/** The values of a statement's parameters: those without a name by their place, the others by name. */
export function valuesFor(
  { parameters }: SqlStatement,
  given: Readonly<Record<string, CellValue>>,
): SqlParameters {
  const missing = parameters.find((name) => given[name] === undefined);
  if (missing !== undefined) throw new Failure('invalid-input', `The parameter ${missing} has no value.`);
  const valueOf = (name: string) => toSqlValue(given[name] ?? { kind: 'null' });
  const numbered = parameters.filter((name) => /^\d+$/.test(name)).map(valueOf);
  const named = parameters.filter((name) => !/^\d+$/.test(name));
  if (named.length === 0) return numbered;
  return [...numbered, Object.fromEntries(named.map((name) => [name, valueOf(name)]))];
}
