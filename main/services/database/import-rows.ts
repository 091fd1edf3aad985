import Database from 'better-sqlite3';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseColumn } from '../../../shared/contract/data-calls.ts';
import type { ImportOutcome } from '../../../shared/contract/database-transfer-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { RequestInput } from './database-requests.ts';
import { fittingRow } from './edit-plan.ts';
import type { WriteHandle } from './handles.ts';
import { openImport, type ImportedRow } from './import-file.ts';
import { readTable, type TableSchema } from './schema.ts';
import { quoteName, toSqlValue } from './sql-text.ts';
import { storedSql } from './stored-row.ts';
import { bytesOf, type ImportedField } from './transfer-values.ts';

const MOST_ERRORS = 100;
/** Shorter than the 5 s for which Django waits for a lock. */
const POLITE_MILLISECONDS = 4000;

/** Ends the transaction without writing; carries what was found. */
class Undone extends Error {
  readonly outcome: ImportOutcome;

  constructor(outcome: ImportOutcome) {
    super('Nothing is written.');
    this.outcome = outcome;
  }
}

/** Puts the rows of a file into a table, all or none; errors are listed by row. */
export function importRows(handle: WriteHandle, input: RequestInput<'importRows'>): ImportOutcome {
  const schema = readTable(handle, input.table);
  if (schema.readOnly !== null) throw new Failure('refused', schema.readOnly);
  const { rows } = openImport(input.path, input.format);
  const columns = input.mapping.map((name) => schema.columns.find((column) => column.name === name) ?? null);
  const until = performance.now() + (input.patient ? Infinity : POLITE_MILLISECONDS);
  try {
    return handle.transaction(() => {
      const outcome = insertAll(handle, schema, rows, columns, until);
      if (input.dryRun || outcome.errors.length > 0) throw new Undone({ ...outcome, inserted: 0 });
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

function insertAll(
  handle: WriteHandle,
  schema: TableSchema,
  rows: Iterable<ImportedRow>,
  columns: readonly (DatabaseColumn | null)[],
  until: number,
): ImportOutcome {
  const errors: { row: number; problem: string }[] = [];
  let count = 0;
  let failed = 0;
  for (const row of rows) {
    count += 1;
    const problem = insertOne(handle, schema, row, columns);
    if (problem !== null) {
      failed += 1;
      if (errors.length < MOST_ERRORS) errors.push({ row: count, problem });
    }
    if (performance.now() > until) {
      const sentence = `After ${count.toLocaleString('en')} rows it had been writing for four seconds, and your application would have to wait. Nothing was written: stop the server and take the time it needs.`;
      throw new Failure('refused', sentence, { tooLong: true });
    }
  }
  return { rows: count, inserted: count - failed, errors, hasMoreErrors: failed > errors.length };
}

/** null where the row stands in the table now. */
function insertOne(
  handle: WriteHandle,
  schema: TableSchema,
  row: ImportedRow,
  columns: readonly (DatabaseColumn | null)[],
): string | null {
  const values: Record<string, CellValue> = {};
  const bytes = new Map<string, ReturnType<typeof storedSql>>();
  for (const [place, column] of columns.entries()) {
    const field = row[place];
    if (column === null || field === undefined) continue;
    const odd = field === null || field.quoted ? null : bytesOf(field.text);
    if (odd?.type === 'text') bytes.set(column.name, storedSql(odd));
    values[column.name] =
      odd !== null && 'hex' in odd
        ? { kind: 'blob', bytes: odd.hex.length / 2, hex: odd.hex }
        : fieldValue(field, column);
  }
  const problems: string[] = [];
  const fitted = fittingRow(schema, { values }, problems);
  if (problems.length > 0) return problems.join(' ');
  const names = Object.keys(fitted.values);
  const parts = names.map(
    (name) => bytes.get(name) ?? { sql: '?', values: [toSqlValue(fitted.values[name] ?? { kind: 'null' })] },
  );
  const sql =
    names.length === 0
      ? `INSERT INTO ${quoteName(schema.name)} DEFAULT VALUES`
      : `INSERT INTO ${quoteName(schema.name)} (${names.map(quoteName).join(', ')}) ` +
        `VALUES (${parts.map((part) => part.sql).join(', ')})`;
  try {
    handle.change(sql, ...parts.flatMap((part) => part.values));
    return null;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) {
      return `The table refuses it: ${error.message}.`;
    }
    throw error;
  }
}

/** Without quotes a number is a number, in a column that takes any; in quotes it is text. */
function fieldValue(field: ImportedField | null, column: DatabaseColumn): CellValue {
  if (field === null) return { kind: 'null' };
  const { text, quoted } = field;
  if (!quoted && /^-?\d{1,19}$/.test(text) && !isTextual(column.type)) return { kind: 'integer', text };
  if (!quoted && /^-?\d+(\.\d*)?(e[-+]?\d+)?$/i.test(text) && !isTextual(column.type)) {
    return { kind: 'real', text: Number(text) === 0 && text.startsWith('-') ? '-0' : String(Number(text)) };
  }
  return { kind: 'text', text };
}

function isTextual(type: string): boolean {
  return /char|clob|text|date|time/i.test(type);
}
