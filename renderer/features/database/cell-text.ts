import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseColumn } from '../../../shared/contract/data-calls.ts';

/** What the grid writes for a stored value. NULL, empty text and blobs never look the same. */
export function textOf(value: CellValue): {
  readonly text: string;
  readonly kind: 'value' | 'none' | 'remark';
} {
  switch (value.kind) {
    case 'null':
      return { text: 'NULL', kind: 'none' };
    case 'blob':
      return { text: `${value.bytes} bytes  ${value.hex.slice(0, 32)}`, kind: 'remark' };
    case 'text':
      if (value.text === '') return { text: 'empty', kind: 'none' };
      return { text: value.bytes === undefined ? value.text : `${value.text}…`, kind: 'value' };
    case 'integer':
    case 'real':
      return { text: value.text, kind: 'value' };
  }
}

/** The text an edit begins with; null where the whole value is not here, so that an edit would cut it. */
export function editTextOf(value: CellValue): string | null {
  if (value.kind === 'blob') return null;
  if (value.kind === 'null') return '';
  return value.kind === 'text' && value.bytes !== undefined ? null : value.text;
}

/**
 * The value that was meant by typed text, by the column's affinity: SQLite would store a number typed
 * into a text column as text, and so does this. https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 */
export function valueOf(text: string, column: DatabaseColumn): CellValue {
  const affinity = affinityOf(column.type);
  if (affinity !== 'text' && /^-?\d{1,19}$/.test(text)) return { kind: 'integer', text };
  if (affinity === 'number' && isReal(text)) return { kind: 'real', text };
  return { kind: 'text', text };
}

/** Numbers; text; or neither declared. Dates and times are declared numeric but stored as text by Django. */
function affinityOf(declared: string): 'integer' | 'number' | 'text' {
  const type = declared.toUpperCase();
  if (type.includes('INT')) return 'integer';
  if (/CHAR|CLOB|TEXT|BLOB|DATE|TIME|UUID|JSON/.test(type)) return 'text';
  return 'number';
}

function isReal(text: string): boolean {
  return /^-?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?$/.test(text);
}

/** Whether two values are the same to the last digit. */
export function isSameValue(one: CellValue, other: CellValue): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'null' || other.kind === 'null') return true;
  if (one.kind === 'blob') return other.kind === 'blob' && one.hex === other.hex && one.bytes === other.bytes;
  return other.kind !== 'blob' && one.text === other.text;
}
