import type { CellValue } from '../../../shared/contract/cell-value.ts';
import { allOf, EVERY_ROW, hasKey, type Condition } from './conditions.ts';
import type { RowPlace } from './database-requests.ts';
import type { TableSchema } from './schema.ts';
import { quoteName, toSqlValue } from './sql-text.ts';

/** The order of the rows: by a column and then by the key, or by the key alone. */
export interface Order {
  readonly column: string | null;
  readonly descending: boolean;
}

/** The columns by which rows are continued: unique, and never NULL. */
export function pagingColumns(schema: TableSchema): readonly string[] {
  if (schema.key.kind === 'rowid') return [schema.key.name];
  return schema.key.kind === 'primary-key' ? schema.key.columns : [];
}

/** The order that was asked for; ordering by the key itself needs no second column. */
export function orderOf(
  schema: TableSchema,
  asked: { readonly column: string; readonly descending: boolean } | null,
): Order {
  if (asked === null) return { column: null, descending: false };
  const known = schema.columns.find((column) => column.name === asked.column);
  const paging = pagingColumns(schema);
  const isKey = paging.length === 1 && paging[0] === known?.name;
  return { column: isKey ? null : (known?.name ?? null), descending: asked.descending };
}

/** The ORDER BY clause; the key runs the same way as the column, so that an index serves both. */
export function orderBy(schema: TableSchema, order: Order): string {
  const direction = order.descending ? ' DESC' : '';
  const columns = [...(order.column === null ? [] : [order.column]), ...pagingColumns(schema)];
  if (columns.length === 0) return '';
  return `ORDER BY ${columns.map((column) => quoteName(column) + direction).join(', ')}`;
}

/**
 * The rows behind a place, as conditions to be read one after the other: each is a single range of an
 * index, where one condition with OR would be a scan. NULLs are first, or last when descending.
 */
export function conditionsAfter(
  schema: TableSchema,
  order: Order,
  after: RowPlace | null,
): readonly Condition[] {
  if (after === null) return [EVERY_ROW];
  const behindKey = comesAfter(schema, order, after.key);
  if (order.column === null) return [behindKey];
  const column = quoteName(order.column);
  if (after.order?.kind === 'null') {
    const sameNull = allOf([{ sql: `${column} IS NULL`, values: [] }, behindKey]);
    return order.descending ? [sameNull] : [sameNull, { sql: `${column} IS NOT NULL`, values: [] }];
  }
  const value = placeValue(schema, order.column, after);
  const same = allOf([{ sql: `${column} = ${value.sql}`, values: value.values }, behindKey]);
  const behind = { sql: `${column} ${order.descending ? '<' : '>'} ${value.sql}`, values: value.values };
  return order.descending ? [same, behind, { sql: `${column} IS NULL`, values: [] }] : [same, behind];
}

function comesAfter(schema: TableSchema, order: Order, key: readonly CellValue[]): Condition {
  hasKey(schema, key); // refuses a key of another shape
  const columns = pagingColumns(schema);
  const names = columns.map(quoteName).join(', ');
  const marks = columns.map(() => '?').join(', ');
  return {
    sql: `(${names}) ${order.descending ? '<' : '>'} (${marks})`,
    values: key.slice(0, columns.length).map(toSqlValue),
  };
}

/** The value rows are continued from; where the window has it only in part, the row itself tells it. */
function placeValue(schema: TableSchema, column: string, after: RowPlace): Condition {
  const shown = after.order;
  const whole =
    shown !== null && shown.kind !== 'blob' && !(shown.kind === 'text' && shown.bytes !== undefined);
  if (whole) return { sql: '?', values: [toSqlValue(shown)] };
  const row = hasKey(schema, after.key);
  return {
    sql: `(SELECT ${quoteName(column)} FROM ${quoteName(schema.name)} WHERE ${row.sql})`,
    values: row.values,
  };
}
