import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { RowSample } from '../../../shared/contract/data-calls.ts';
import { cellColumns, decodeRow, KEY_LIMITS } from './cells.ts';
import { keyColumns } from './conditions.ts';
import type { TableOf } from './database-requests.ts';
import type { ReadHandle } from './handles.ts';
import { readTable } from './schema.ts';
import { quoteName, type SqlValue } from './sql-text.ts';

/** Stepping over a thousand rows takes less than a millisecond, so no writer waits for it. */
const EVERY = 1000;

/**
 * The key of every thousandth row in the order of the rowid, with the exact count: from there any row is
 * reached without an OFFSET. Null for a table that has no rowid.
 */
export function sampleRows(handle: ReadHandle, { table }: TableOf): RowSample | null {
  const schema = readTable(handle, table);
  if (schema.key.kind !== 'rowid') return null;
  const name = quoteName(schema.name);
  const rowid = quoteName(schema.key.name);
  const cells = keyColumns(schema.key).map((column) => cellColumns(quoteName(column), KEY_LIMITS));
  const order = `ORDER BY ${rowid} LIMIT 1 OFFSET ${String(EVERY - 1)}`;
  const columns = [rowid, ...cells].join(', ');
  const keys: (readonly CellValue[])[] = [];
  let place: readonly SqlValue[] = [];
  for (;;) {
    const behind = place.length === 0 ? '' : `WHERE ${rowid} > ?`;
    const row = handle.first(`SELECT ${columns} FROM ${name} ${behind} ${order}`, ...place);
    if (row === null) {
      const rest = handle.first(`SELECT count(*) FROM ${name} ${behind}`, ...place);
      return { every: EVERY, keys, rows: keys.length * EVERY + Number(rest?.[0]) };
    }
    const [last = null, ...key] = row;
    keys.push(decodeRow(key, handle.encoding, KEY_LIMITS));
    place = [last];
  }
}
