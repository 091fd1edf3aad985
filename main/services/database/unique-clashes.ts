import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CellEdit } from '../../../shared/contract/database-changes.ts';
import { cellColumns, decodeRow, KEY_LIMITS } from './cells.ts';
import { keyColumns } from './conditions.ts';
import type { ReadHandle } from './handles.ts';
import { rowWithKey } from './rows.ts';
import { uniqueColumnSets, type TableSchema } from './schema.ts';
import { literal, quoteName, toSqlValue } from './sql-text.ts';

/** Unique values that would stand twice, in the table or among the edits themselves, as sentences. */
export function uniqueClashes(
  handle: ReadHandle,
  schema: TableSchema,
  edits: readonly CellEdit[],
): readonly string[] {
  const rows = Map.groupBy(edits, (edit) => JSON.stringify(edit.key));
  const sets = [...uniqueColumnSets(handle, schema.name), ...rowidAlias(schema)];
  return sets.flatMap((columns) => clashesOf({ handle, schema, columns, rows }));
}

interface UniqueSet {
  readonly handle: ReadHandle;
  readonly schema: TableSchema;
  readonly columns: readonly string[];
  /** The edits of each row, by its key as JSON. */
  readonly rows: ReadonlyMap<string, readonly CellEdit[]>;
}

/** `INTEGER PRIMARY KEY` is unique without an index. */
function rowidAlias({ key }: TableSchema): readonly (readonly string[])[] {
  return key.kind === 'rowid' && key.identity.length === 0 ? [[key.name]] : [];
}

function clashesOf(set: UniqueSet): readonly string[] {
  const taken = new Set<string>();
  return [...set.rows].flatMap(([key, edits]) => {
    const values = valuesAfter(set, edits);
    // NULL is unequal to everything, also to NULL.
    if (values === null || values.some((value) => value.kind === 'null')) return [];
    const text = JSON.stringify(values);
    const again = taken.has(text);
    taken.add(text);
    if (!again && !standsElsewhere(set, values, key)) return [];
    const what = set.columns.map(
      (column, place) => `${column} ${literal(values[place] ?? { kind: 'null' })}`,
    );
    return [`Another row of ${set.schema.name} already has ${what.join(' with ')}, which must be unique.`];
  });
}

/** The values a row would have in the unique columns; null when none of them changes or the row is gone. */
function valuesAfter(set: UniqueSet, edits: readonly CellEdit[]): readonly CellValue[] | null {
  const known = new Map(edits.map((edit) => [edit.column, edit.after]));
  if (!set.columns.some((column) => known.has(column))) return null;
  const unchanged = set.columns.filter((column) => !known.has(column));
  if (unchanged.length > 0) {
    const row = set.handle.first(...rowWithKey(set.schema, keySql(unchanged), edits[0]?.key ?? []));
    if (row === null) return null; // deleted meanwhile: applying will say so
    const cells = decodeRow(row, set.handle.encoding, KEY_LIMITS);
    for (const [place, column] of unchanged.entries()) known.set(column, cells[place] ?? { kind: 'null' });
  }
  return set.columns.map((column) => known.get(column) ?? { kind: 'null' });
}

function standsElsewhere(set: UniqueSet, values: readonly CellValue[], key: string): boolean {
  const found = set.handle.all(
    `SELECT ${keySql(keyColumns(set.schema.key))} FROM ${quoteName(set.schema.name)} ` +
      `WHERE ${set.columns.map((column) => `${quoteName(column)} = ?`).join(' AND ')} LIMIT 2`,
    ...values.map(toSqlValue),
  );
  return found.some((row) => {
    const other = JSON.stringify(decodeRow(row, set.handle.encoding, KEY_LIMITS));
    if (other === key) return false;
    // A row of the same edit may be about to give the value up; SQLite has the last word on applying.
    return !(set.rows.get(other)?.some((edit) => set.columns.includes(edit.column)) ?? false);
  });
}

function keySql(columns: readonly string[]): string {
  return columns.map((column) => cellColumns(quoteName(column), KEY_LIMITS)).join(', ');
}
