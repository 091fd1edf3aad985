import { allOf, type Condition } from './conditions.ts';
import type { ReadHandle } from './handles.ts';
import type { TableSchema } from './schema.ts';
import { quoteName, type SqlValue } from './sql-text.ts';
import type { StoredCell, StoredRow } from './changed-row.ts';

/** Reads whole rows that meet a condition, every value as it is stored. */
export function readStoredRows(
  handle: ReadHandle,
  schema: TableSchema,
  where: Condition,
  limit: number,
  columns = storedColumns(schema),
): readonly StoredRow[] {
  const list = columns.map(quoteName);
  const cells = list.flatMap((name) => [
    `typeof(${name})`,
    `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END`,
  ]);
  const found = handle.all(
    `SELECT ${cells.join(', ')} FROM ${quoteName(schema.name)} WHERE ${where.sql} LIMIT ${String(limit)}`,
    ...where.values,
  );
  return found.map((row) =>
    Object.fromEntries(
      columns.map((column, place) => [
        column,
        storedCell(String(row[2 * place]), row[2 * place + 1] ?? null),
      ]),
    ),
  );
}

/** How many bytes such rows hold, without loading one. */
export function sizeOfRows(
  handle: ReadHandle,
  schema: TableSchema,
  where: Condition,
  columns = storedColumns(schema),
): number {
  const lengths = columns.map((name) => `coalesce(octet_length(${quoteName(name)}), 0)`);
  const [size] =
    handle.first(
      `SELECT total(${lengths.join(' + ')}) FROM ${quoteName(schema.name)} WHERE ${where.sql}`,
      ...where.values,
    ) ?? [];
  return Number(size);
}

/** The columns a row is put back with: all that are not computed, and the number of the row. */
function storedColumns({ columns, key }: TableSchema): readonly string[] {
  const stored = columns.filter(({ generated }) => !generated).map(({ name }) => name);
  return key.kind === 'rowid' && !stored.includes(key.name) ? [key.name, ...stored] : stored;
}

/** The SQL that stands for a stored value, with the value of its placeholder. */
export function storedSql(cell: StoredCell): Condition {
  switch (cell.type) {
    case 'null':
      return { sql: 'NULL', values: [] };
    case 'integer':
      return { sql: '?', values: [BigInt(cell.text)] };
    case 'real':
      return { sql: '?', values: [Number(cell.text)] };
    case 'text':
      return { sql: 'CAST(? AS TEXT)', values: [Buffer.from(cell.hex, 'hex')] };
    case 'blob':
      return { sql: '?', values: [Buffer.from(cell.hex, 'hex')] };
  }
}

/** Every column still holds exactly what the row says. */
export function holdsStored(row: StoredRow): Condition {
  return allOf(
    Object.entries(row).map(([column, cell]) => {
      const name = quoteName(column);
      if (cell.type === 'null') return { sql: `${name} IS NULL`, values: [] };
      const { values } = storedSql(cell);
      const bytes = cell.type === 'text' || cell.type === 'blob';
      return {
        sql: `typeof(${name}) = '${cell.type}' AND ${bytes ? `CAST(${name} AS BLOB)` : name} = ?`,
        values,
      };
    }),
  );
}

/** A value with its type, text as bytes: what the two columns of a stored value bring. */
export function storedCell(type: string, value: SqlValue): StoredCell {
  if (typeof value === 'bigint') return { type: 'integer', text: value.toString() };
  if (typeof value === 'number') return { type: 'real', text: exactReal(value) };
  if (Buffer.isBuffer(value)) return { type: type === 'text' ? 'text' : 'blob', hex: value.toString('hex') };
  return { type: 'null' };
}

function exactReal(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
