import type { CellValue } from '../../../shared/contract/cell-value.ts';

/** A value as the binding takes it: integers as bigint, so that none is rounded. */
export type SqlValue = null | bigint | number | string | Buffer;

/** Quotes a name for SQL; double quotes, which SQLite takes as nothing but a name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The pattern of `LIKE … ESCAPE '\'` that finds exactly this text anywhere. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (found) => `\\${found}`)}%`;
}

/** The stored value that a cell of the contract stands for. */
export function toSqlValue(cell: CellValue): SqlValue {
  switch (cell.kind) {
    case 'null':
      return null;
    case 'integer':
      return BigInt(cell.text);
    case 'real':
      return Number(cell.text);
    case 'text':
      return cell.text;
    case 'blob':
      return Buffer.from(cell.hex, 'hex');
  }
}

/** The literal people read in the SQL of an edit; long ones are shortened, because it is not run. */
export function literal(cell: CellValue): string {
  switch (cell.kind) {
    case 'null':
      return 'NULL';
    case 'integer':
      return cell.text;
    case 'real':
      return realLiteral(Number(cell.text));
    case 'text':
      return `'${shorten(cell.text).replaceAll("'", "''")}'`;
    case 'blob':
      return `x'${shorten(cell.hex)}'`;
  }
}

/** A real so that reading it gives the same bits again: SQLite has no word for infinity but overflow. */
export function realText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function realLiteral(value: number): string {
  if (value === Infinity) return '9e999';
  if (value === -Infinity) return '-9e999';
  return realText(value);
}

function shorten(text: string): string {
  const longest = 2000;
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** Joins conditions in a balanced tree: 2,000 in a row would be deeper than SQLite's limit of 1,000. */
export function anyOf(conditions: readonly string[]): string {
  if (conditions.length === 0) return '0';
  if (conditions.length === 1) return conditions[0] ?? '0';
  const middle = conditions.length >> 1;
  return `(${anyOf(conditions.slice(0, middle))} OR ${anyOf(conditions.slice(middle))})`;
}
