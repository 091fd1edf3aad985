import { realText } from './sql-text.ts';
import type { StoredCell } from './changed-row.ts';
import type { DatabaseEncoding } from './cells.ts';

/** A stored value written so that reading it again gives the same bytes. */
export interface ValueWriter {
  readonly csv: (cell: StoredCell) => string;
  readonly json: (cell: StoredCell) => string;
  readonly sql: (cell: StoredCell) => string;
}

/** Writes the values of a database with this encoding. */
export function valueWriter(encoding: DatabaseEncoding): ValueWriter {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const textOf = (hex: string): string | null => {
    try {
      return decoder.decode(Buffer.from(hex, 'hex'));
    } catch {
      return null; // no text in this encoding: written as its bytes
    }
  };
  return {
    // Text is always in quotes: so NULL, the empty text, 1 and '1' stay apart.
    csv: (cell) => {
      if (cell.type !== 'text') return cell.type === 'null' ? '' : plainSql(cell);
      const text = textOf(cell.hex);
      return text === null ? bytesAsText(cell.hex) : `"${text.replaceAll('"', '""')}"`;
    },
    json: (cell) => {
      if (cell.type === 'null') return 'null';
      if (cell.type === 'integer' || cell.type === 'real') return plainSql(cell);
      const text = cell.type === 'text' ? textOf(cell.hex) : null;
      return text === null ? JSON.stringify({ [cell.type]: cell.hex }) : JSON.stringify(text);
    },
    sql: (cell) => {
      if (cell.type !== 'text') return plainSql(cell);
      const text = textOf(cell.hex);
      // SQLite ends a statement at a NUL.
      if (text === null || text.includes('\0')) return bytesAsText(cell.hex);
      return `'${text.replaceAll("'", "''")}'`;
    },
  };
}

function bytesAsText(hex: string): string {
  return `CAST(x'${hex}' AS TEXT)`;
}

function plainSql(cell: StoredCell): string {
  if (cell.type === 'null') return 'NULL';
  if (cell.type === 'integer') return cell.text;
  if (cell.type === 'blob' || cell.type === 'text') return `x'${cell.hex}'`;
  const value = Number(cell.text);
  // Larger than any number: what SQL, JSON and CSV have for infinity.
  return Number.isFinite(value) ? realText(value) : value > 0 ? '9e999' : '-9e999';
}

/** One field of an imported file. */
export interface ImportedField {
  readonly text: string;
  /** It stood in quotes, so that it is text whatever it looks like. */
  readonly quoted: boolean;
}

/** What a field without quotes says, where it is no text: bytes, as they are exported. */
export function bytesOf(text: string): StoredCell | null {
  const blob = /^x'((?:[0-9a-f]{2})*)'$/i.exec(text)?.[1];
  if (blob !== undefined) return { type: 'blob', hex: blob };
  const odd = /^CAST\(x'((?:[0-9a-f]{2})*)' AS TEXT\)$/i.exec(text)?.[1];
  return odd === undefined ? null : { type: 'text', hex: odd };
}
