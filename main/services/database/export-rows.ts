import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import type { RequestInput, RequestOutput } from './database-requests.ts';
import { allOf, EVERY_ROW, type Condition } from './conditions.ts';
import { narrowed } from './filter-condition.ts';
import type { ReadHandle, SqlRow } from './handles.ts';
import { orderBy, orderOf, pagingColumns } from './row-order.ts';
import { readTable, type TableSchema } from './schema.ts';
import { quoteName, toSqlValue } from './sql-text.ts';
import type { StoredCell } from './changed-row.ts';
import { storedCell } from './stored-row.ts';
import { valueWriter, type ValueWriter } from './transfer-values.ts';
import { decodeRow, cellColumns, KEY_LIMITS } from './cells.ts';

/** A writer may wait for one read of this length. */
const READ_MILLISECONDS = 20;
/** After so long the progress is told. */
const PART_MILLISECONDS = 400;
/** What is gathered before it is written to the disk. */
const WRITTEN_AT_ONCE = 256_000;

/**
 * Appends the next rows to a file, one row in memory at a time: short reads by key, between which the
 * database is free. What is written meanwhile may or may not be among them.
 */
export function exportPart(
  handle: ReadHandle,
  input: RequestInput<'exportPart'>,
): RequestOutput<'exportPart'> {
  const schema = readTable(handle, input.table);
  const paging = pagingColumns(schema);
  const until = performance.now() + PART_MILLISECONDS;
  const output = openSync(input.to, input.after === null && input.rows === 0 ? 'w' : 'a');
  try {
    const text = createTextOutput(output);
    const format = formatOf(input.format, schema, valueWriter(handle.encoding));
    if (input.rows === 0) text.write(format.head);
    let { after, rows } = input;
    for (;;) {
      const place = after === null ? EVERY_ROW : behind(paging, after);
      const stop = performance.now() + READ_MILLISECONDS;
      const seen: { last: SqlRow | null } = { last: null };
      const ended = handle.each(statement(schema, paging, allOf([place, narrowed(schema, input)])), (row) => {
        seen.last = row;
        text.write(format.row(cellsOf(row, schema.columns.length), rows === 0));
        rows += 1;
        // A table without a key can't be continued: it is read at once.
        return paging.length === 0 || performance.now() < stop;
      });
      if (ended) {
        text.write(format.foot(rows));
        text.flush();
        return { rows, after: null, done: true, bytes: fstatSync(output).size };
      }
      after = seen.last === null ? after : decodeRow(keyOf(seen.last, schema), handle.encoding, KEY_LIMITS);
      if (performance.now() > until) break;
    }
    text.flush();
    return { rows, after, done: false, bytes: fstatSync(output).size };
  } finally {
    closeSync(output);
  }
}

function createTextOutput(descriptor: number) {
  let waiting: string[] = [];
  let length = 0;
  const flush = (): void => {
    writeSync(descriptor, waiting.join(''));
    waiting = [];
    length = 0;
  };
  return {
    flush,
    write: (text: string) => {
      waiting.push(text);
      length += text.length;
      if (length > WRITTEN_AT_ONCE) flush();
    },
  };
}

function behind(paging: readonly string[], key: readonly Parameters<typeof toSqlValue>[0][]): Condition {
  const names = paging.map(quoteName).join(', ');
  return { sql: `(${names}) > (${paging.map(() => '?').join(', ')})`, values: key.map(toSqlValue) };
}

function statement(schema: TableSchema, paging: readonly string[], where: Condition) {
  const cells = schema.columns.flatMap(({ name }) => {
    const quoted = quoteName(name);
    return [
      `typeof(${quoted})`,
      `CASE typeof(${quoted}) WHEN 'text' THEN CAST(${quoted} AS BLOB) ELSE ${quoted} END`,
    ];
  });
  const keys = paging.map((name) => cellColumns(quoteName(name), KEY_LIMITS));
  const order = orderBy(schema, orderOf(schema, null));
  const sql = `SELECT ${[...cells, ...keys].join(', ')} FROM ${quoteName(schema.name)} WHERE ${where.sql} ${order}`;
  return { sql, values: where.values };
}

function cellsOf(row: SqlRow, columns: number): readonly StoredCell[] {
  return Array.from({ length: columns }, (_, place) =>
    storedCell(String(row[2 * place]), row[2 * place + 1] ?? null),
  );
}

function keyOf(row: SqlRow, { columns }: TableSchema): SqlRow {
  return row.slice(2 * columns.length);
}

interface Format {
  readonly head: string;
  readonly row: (cells: readonly StoredCell[], first: boolean) => string;
  readonly foot: (rows: number) => string;
}

function formatOf(
  format: RequestInput<'exportPart'>['format'],
  { name, columns }: TableSchema,
  writer: ValueWriter,
): Format {
  const names = columns.map((column) => column.name);
  if (format === 'csv') {
    const title = (text: string): string =>
      /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    return {
      head: `${names.map(title).join(',')}\r\n`,
      row: (cells) => `${cells.map(writer.csv).join(',')}\r\n`,
      foot: () => '',
    };
  }
  if (format === 'json') {
    const keys = names.map((text) => JSON.stringify(text));
    const object = (cells: readonly StoredCell[]): string =>
      cells.map((cell, place) => `${keys[place] ?? ''}: ${writer.json(cell)}`).join(', ');
    return {
      head: '[',
      row: (cells, first) => `${first ? '' : ','}\n  {${object(cells)}}`,
      foot: (rows) => (rows === 0 ? ']\n' : '\n]\n'),
    };
  }
  const insert = `INSERT INTO ${quoteName(name)} (${names.map(quoteName).join(', ')}) VALUES`;
  return {
    head: 'BEGIN;\n',
    row: (cells) => `${insert} (${cells.map(writer.sql).join(', ')});\n`,
    foot: () => 'COMMIT;\n',
  };
}
