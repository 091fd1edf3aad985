import type { CellValue } from '../../../shared/contract/cell-value.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { RowKey, TableSchema } from './schema.ts';
import { anyOf, containsPattern, quoteName, toSqlValue, type SqlValue } from './sql-text.ts';

/** A condition of a WHERE clause with the values of its placeholders. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A condition that every row meets. */
export const EVERY_ROW: Condition = { sql: '1', values: [] };

/** All of them. */
export function allOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return EVERY_ROW;
  return {
    sql: conditions.map((condition) => `(${condition.sql})`).join(' AND '),
    values: conditions.flatMap((condition) => condition.values),
  };
}

/** Rows in which any column holds this text; an empty text is in every row. */
export function holdsText(schema: TableSchema, text: string): Condition {
  if (text === '') return EVERY_ROW;
  const pattern = containsPattern(text);
  return {
    sql: anyOf(schema.columns.map((column) => `${quoteName(column.name)} LIKE ? ESCAPE '\\'`)),
    values: schema.columns.map(() => pattern),
  };
}

/**
 * The column holds exactly this value, type included. A plain `IS` would take 'ABC' for 'abc' in a
 * NOCASE column, and '1' for 1 in a numeric one.
 */
export function holdsExactly(column: string, cell: CellValue): Condition {
  const name = quoteName(column);
  switch (cell.kind) {
    case 'null':
      return { sql: `${name} IS NULL`, values: [] };
    case 'integer':
    case 'real':
      return { sql: `typeof(${name}) = '${cell.kind}' AND ${name} = ?`, values: [toSqlValue(cell)] };
    case 'text':
      return {
        sql: `typeof(${name}) = 'text' AND CAST(${name} AS BLOB) = CAST(? AS BLOB)`,
        values: [cell.text],
      };
    case 'blob':
      // Text that is no valid UTF-8 is shown as a blob, so its type is either of the two.
      return {
        sql: `typeof(${name}) IN ('blob', 'text') AND CAST(${name} AS BLOB) = ?`,
        values: [toSqlValue(cell)],
      };
  }
}

/** The names of the columns that find a row again, in the order of the cells of its key. */
export function keyColumns(key: RowKey): readonly string[] {
  if (key.kind === 'rowid') return [key.name, ...key.identity];
  return key.kind === 'primary-key' ? key.columns : [];
}

/** The row with this key, and no other. */
export function hasKey(schema: TableSchema, key: readonly CellValue[]): Condition {
  const columns = keyColumns(schema.key);
  if (columns.length === 0 || columns.length !== key.length) {
    throw new Failure('not-found', `The key of ${schema.name} has changed meanwhile. Reload the table.`);
  }
  return allOf(columns.map((column, place) => holdsExactly(column, key[place] ?? { kind: 'null' })));
}

/** Rows with one of these values in a column; a range of an index where there is one. */
export function anyOfValues(column: string, cells: readonly CellValue[]): Condition {
  const marks = cells.map(() => '?').join(', ');
  return { sql: `${quoteName(column)} IN (${marks})`, values: cells.map(toSqlValue) };
}
