import type { CellValue } from '../../../shared/contract/cell-value.ts';
import { realText, type SqlValue } from './sql-text.ts';

/** How much of a cell is loaded and shown. */
export interface CellLimits {
  readonly textBytes: number;
  readonly textCharacters: number;
  readonly blobBytes: number;
}

/** What the grid shows: enough to recognise a value, never a 50 MB cell. */
export const GRID_LIMITS: CellLimits = { textBytes: 816, textCharacters: 200, blobBytes: 32 };
/** What the viewer of one cell shows. */
export const VIEWER_LIMITS: CellLimits = {
  textBytes: 1_000_000,
  textCharacters: 1_000_000,
  blobBytes: 1_000_000,
};
/** A key must be whole: the part that was cut off might be what tells two rows apart. */
export const KEY_LIMITS: CellLimits = { textBytes: 100_000, textCharacters: 100_000, blobBytes: 100_000 };

/** A text encoding of SQLite files, as `PRAGMA encoding` names it. */
export type DatabaseEncoding = 'UTF-8' | 'UTF-16le' | 'UTF-16be';

/**
 * The two result columns that bring one cell: its value, cut, and its type with its whole length.
 * Text comes as bytes: only so a NUL inside and what is no valid text are seen as they are. The type
 * and the length are read from the record's header and load nothing.
 */
export function cellColumns(name: string, limits: CellLimits): string {
  return (
    `CASE typeof(${name}) WHEN 'text' THEN substr(CAST(${name} AS BLOB), 1, ${String(limits.textBytes)}) ` +
    `WHEN 'blob' THEN substr(${name}, 1, ${String(limits.blobBytes)}) ELSE ${name} END, ` +
    `CASE typeof(${name}) WHEN 'text' THEN octet_length(${name}) WHEN 'blob' THEN -1 - octet_length(${name}) END`
  );
}

/** The cells of a row whose result columns come from `cellColumns`, one after the other. */
export function decodeRow(
  row: readonly SqlValue[],
  encoding: DatabaseEncoding,
  limits: CellLimits,
): readonly CellValue[] {
  const cells: CellValue[] = [];
  for (let place = 0; place < row.length; place += 2) {
    cells.push(decodeCell(row[place] ?? null, row[place + 1] ?? null, encoding, limits));
  }
  return cells;
}

function decodeCell(
  value: SqlValue,
  length: SqlValue,
  encoding: DatabaseEncoding,
  limits: CellLimits,
): CellValue {
  if (value === null && length === null) return { kind: 'null' };
  if (typeof value === 'bigint') return { kind: 'integer', text: value.toString() };
  if (typeof value === 'number') return { kind: 'real', text: realText(value) };
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(value ?? '');
  const whole = Number(length);
  if (whole < 0) return { kind: 'blob', bytes: -1 - whole, hex: bytes.toString('hex') };
  return decodeText(bytes, whole, encoding, limits);
}

/** A value that was not cut when it was read: what a statement that can't be asked in parts gives. */
export function decodeValue(value: SqlValue, limits: CellLimits): CellValue {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'bigint') return { kind: 'integer', text: value.toString() };
  if (typeof value === 'number') return { kind: 'real', text: realText(value) };
  if (Buffer.isBuffer(value)) {
    const hex = value.subarray(0, limits.blobBytes).toString('hex');
    return { kind: 'blob', bytes: value.length, hex };
  }
  const shown = firstCharacters(value, limits.textCharacters);
  if (shown.length === value.length) return { kind: 'text', text: value };
  return { kind: 'text', text: shown, bytes: Buffer.byteLength(value) };
}

/** Whether only the beginning of a value is known. */
export function isCut(cell: CellValue): boolean {
  if (cell.kind === 'text') return cell.bytes !== undefined;
  return cell.kind === 'blob' && cell.hex.length < 2 * cell.bytes;
}

function decodeText(bytes: Buffer, whole: number, encoding: DatabaseEncoding, limits: CellLimits): CellValue {
  const text = decodeExactly(bytes, encoding, bytes.length < whole);
  if (text === null) {
    return { kind: 'blob', bytes: whole, hex: bytes.subarray(0, limits.blobBytes).toString('hex') };
  }
  const shown = firstCharacters(text, limits.textCharacters);
  const complete = bytes.length === whole && shown.length === text.length;
  return complete ? { kind: 'text', text } : { kind: 'text', text: shown, bytes: whole };
}

/** The text of these bytes; null when they are none. A cut may have fallen inside the last character. */
function decodeExactly(bytes: Buffer, encoding: DatabaseEncoding, cut: boolean): string | null {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes, { stream: cut });
  } catch {
    return null; // not text in this encoding: the caller shows the bytes
  }
}

function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  // An emoji is two UTF-16 units: half of one must not be shown.
  const last = text.charCodeAt(count - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? count - 1 : count);
}
