import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabasePage, DatabaseRow } from '../../../shared/contract/data-calls.ts';
import { rowFilter } from '../../../shared/contract/database-filter.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { cellColumns, decodeRow, GRID_LIMITS, isCut, KEY_LIMITS, VIEWER_LIMITS } from './cells.ts';
import { allOf, EVERY_ROW, hasKey, keyColumns, type Condition } from './conditions.ts';
import type { RequestInput, RowPlace } from './database-requests.ts';
import { isEveryRow, narrowed, type Narrowing } from './filter-condition.ts';
import type { ReadHandle } from './handles.ts';
import { conditionsAfter, orderBy, orderOf, type Order } from './row-order.ts';
import { rowidSteps } from './rowid-steps.ts';
import { readTable, type TableSchema } from './schema.ts';
import { quoteName, type SqlValue } from './sql-text.ts';

/** A result may have 2,000 columns at most, and a cell takes two. */
const COLUMNS_A_QUERY = 400;
/** Bounds what one answer holds, however wide the table. */
const CELLS_A_PAGE = 200_000;
/** How far rows without a key are counted; each page reads all that stand before it. */
const FARTHEST_ROW = 1_000_000;

/** One page of rows in the order of the key or of a column, continued behind a row. */
export function readRows(handle: ReadHandle, input: RequestInput<'rows'>): DatabasePage {
  const schema = readTable(handle, input.table);
  const limit = Math.min(input.limit, Math.max(10, Math.floor(CELLS_A_PAGE / schema.columns.length)));
  const order = orderOf(schema, input.order);
  const narrowing = { search: input.search, filter: input.filter };
  const columns = schema.columns.map((column) => column.name);
  if (schema.key.kind === 'rowid' && order.column === null && !isEveryRow(narrowing)) {
    const { rows, resume } = searchByRowid(
      handle,
      schema,
      schema.key,
      order,
      narrowing,
      input.after,
      limit + 1,
    );
    return { columns, rows: rows.slice(0, limit), hasMore: rows.length > limit || resume !== null, resume };
  }
  // One row more than asked for tells whether there are more.
  const rows =
    schema.key.kind === 'none'
      ? readNumbered(handle, schema, { order, ...narrowing }, numberOf(input.after?.key), limit + 1)
      : handle.atOnce(() =>
          readByKey(handle, schema, order, narrowed(schema, narrowing), input.after, limit + 1),
        );
  return { columns, rows: rows.slice(0, limit), hasMore: rows.length > limit, resume: null };
}

/** One whole cell, cut at 1 MB. */
export function readCell(handle: ReadHandle, input: RequestInput<'cell'>): CellValue {
  const schema = readTable(handle, input.table);
  if (!schema.columns.some((column) => column.name === input.column)) {
    throw new Failure('not-found', `There is no column ${input.column} in ${input.table} any more.`);
  }
  const columns = cellColumns(quoteName(input.column), VIEWER_LIMITS);
  const row =
    schema.key.kind === 'none'
      ? handle.first(...numberedRow(schema, columns, input.key))
      : handle.first(...rowWithKey(schema, columns, input.key));
  if (row === null) {
    throw new Failure('not-found', 'This row is no longer there: it was deleted or its key was changed.');
  }
  return decodeRow(row, handle.encoding, VIEWER_LIMITS)[0] ?? { kind: 'null' };
}

/** How many rows there are, or hold the text; step by step, so that no writer waits for it. */
export function countRows(handle: ReadHandle, input: RequestInput<'count'>): number {
  const schema = readTable(handle, input.table);
  const search = narrowed(schema, input);
  const key = schema.key;
  const steps =
    key.kind === 'rowid' ? rowidSteps(handle, schema.name, key.name, EVERY_ROW, false) : [EVERY_ROW];
  let count = 0;
  for (const step of steps) {
    const where = allOf([step, search]);
    const row = handle.first(
      `SELECT count(*) FROM ${quoteName(schema.name)} WHERE ${where.sql}`,
      ...where.values,
    );
    count += Number(row?.[0] ?? 0);
  }
  return count;
}

/** The row with a key: the statement that reads these columns of it. */
export function rowWithKey(
  schema: TableSchema,
  columns: string,
  key: readonly CellValue[],
): Parameters<ReadHandle['first']> {
  const where = hasKey(schema, key);
  return [`SELECT ${columns} FROM ${quoteName(schema.name)} WHERE ${where.sql}`, ...where.values];
}

function readByKey(
  handle: ReadHandle,
  schema: TableSchema,
  order: Order,
  search: Condition,
  after: RowPlace | null,
  limit: number,
): readonly DatabaseRow[] {
  const rows: DatabaseRow[] = [];
  for (const place of conditionsAfter(schema, order, after)) {
    rows.push(...fetchRows(handle, schema, allOf([place, search]), order, limit - rows.length));
    if (rows.length >= limit) break;
  }
  return rows;
}

/** How long a search looks before it tells how far it has come. */
const SEARCH_MILLISECONDS = 400;

/** A rare text may be far away: the table is searched in steps, and the file is free between two. */
function searchByRowid(
  handle: ReadHandle,
  schema: TableSchema,
  key: Extract<TableSchema['key'], { kind: 'rowid' }>,
  order: Order,
  narrowing: Narrowing,
  after: RowPlace | null,
  limit: number,
): { readonly rows: readonly DatabaseRow[]; readonly resume: DatabasePage['resume'] } {
  const until = performance.now() + SEARCH_MILLISECONDS;
  const [start = EVERY_ROW] = conditionsAfter(schema, order, after);
  const condition = narrowed(schema, narrowing);
  const rows: DatabaseRow[] = [];
  for (const step of rowidSteps(handle, schema.name, key.name, start, order.descending)) {
    const where = allOf([step, condition]);
    rows.push(...handle.atOnce(() => fetchRows(handle, schema, where, order, limit - rows.length)));
    if (rows.length >= limit || step.last === null) break;
    if (performance.now() < until) continue;
    const searched = shareSearched(handle, schema, key.name, step.last, order.descending);
    const rest = key.identity.map((): CellValue => ({ kind: 'null' }));
    return { rows, resume: { key: [{ kind: 'integer', text: String(step.last) }, ...rest], searched } };
  }
  return { rows, resume: null };
}

/** By the numbers of the rows: asked apart, because the least and the greatest together are a full scan. */
function shareSearched(
  handle: ReadHandle,
  schema: TableSchema,
  rowid: string,
  last: SqlValue,
  descending: boolean,
): number {
  const end = (name: string): number =>
    Number(handle.first(`SELECT ${name}(${quoteName(rowid)}) FROM ${quoteName(schema.name)}`)?.[0] ?? 0);
  const [least, greatest] = [end('min'), end('max')];
  const share = (Number(last) - least) / Math.max(greatest - least, 1);
  return Math.min(Math.max(descending ? 1 - share : share, 0), 1);
}

function fetchRows(
  handle: ReadHandle,
  schema: TableSchema,
  where: Condition,
  order: Order,
  limit: number,
): readonly DatabaseRow[] {
  const tail = `FROM ${quoteName(schema.name)} WHERE ${where.sql} ${orderBy(schema, order)} LIMIT ${String(limit)}`;
  return fetchCells(handle, schema, keyColumns(schema.key), tail, where);
}

/** Reads keys and cells; a wide table takes several queries, which see one state of the file. */
function fetchCells(
  handle: ReadHandle,
  schema: TableSchema,
  keys: readonly string[],
  tail: string,
  where: Condition,
): readonly DatabaseRow[] {
  const rows: { key: readonly CellValue[]; cells: CellValue[] }[] = [];
  for (let first = 0; first < schema.columns.length; first += COLUMNS_A_QUERY) {
    const wanted = first === 0 ? keys : [];
    const part = schema.columns.slice(first, first + COLUMNS_A_QUERY);
    const columns = [
      ...wanted.map((column) => cellColumns(quoteName(column), KEY_LIMITS)),
      ...part.map((column) => cellColumns(quoteName(column.name), GRID_LIMITS)),
    ].join(', ');
    for (const [place, row] of handle.all(`SELECT ${columns} ${tail}`, ...where.values).entries()) {
      const split = 2 * wanted.length;
      const known = (rows[place] ??= {
        key: wholeKey(decodeRow(row.slice(0, split), handle.encoding, KEY_LIMITS), schema),
        cells: [],
      });
      known.cells.push(...decodeRow(row.slice(split), handle.encoding, GRID_LIMITS));
    }
  }
  return rows;
}

function wholeKey(key: readonly CellValue[], schema: TableSchema): readonly CellValue[] {
  if (key.some(isCut)) {
    throw new Failure(
      'not-available',
      `A key of ${schema.name} is longer than 100 KB, so its rows can't be told apart here.`,
    );
  }
  return key;
}

/** How the rows of a view were asked for: kept in the key of each, because only so one is found again. */
interface Numbering extends Narrowing {
  readonly order: Order;
}

function readNumbered(
  handle: ReadHandle,
  schema: TableSchema,
  numbering: Numbering,
  behind: number,
  limit: number,
): readonly DatabaseRow[] {
  if (behind >= FARTHEST_ROW) {
    throw new Failure(
      'refused',
      'Rows without a key are shown up to the millionth. Search for what you need.',
    );
  }
  const where = narrowed(schema, numbering);
  const tail = numberedTail(schema, numbering, where, limit, behind);
  return handle
    .atOnce(() => fetchCells(handle, schema, [], tail, where))
    .map(({ cells }, place) => ({ key: numberedKey(behind + place + 1, numbering), cells }));
}

function numberedTail(
  schema: TableSchema,
  numbering: Numbering,
  where: Condition,
  limit: number,
  offset: number,
): string {
  const name = quoteName(schema.name);
  return `FROM ${name} WHERE ${where.sql} ${orderBy(schema, numbering.order)} LIMIT ${String(limit)} OFFSET ${String(offset)}`;
}

function numberedKey(number: number, { order, search, filter }: Numbering): readonly CellValue[] {
  return [
    { kind: 'integer', text: String(number) },
    order.column === null ? { kind: 'null' } : { kind: 'text', text: order.column },
    { kind: 'integer', text: order.descending ? '1' : '0' },
    { kind: 'text', text: search },
    { kind: 'text', text: JSON.stringify(filter ?? null) },
  ];
}

function numberedRow(
  schema: TableSchema,
  columns: string,
  key: readonly CellValue[],
): Parameters<ReadHandle['first']> {
  const [, column, descending, search, filter] = key;
  const asked =
    column?.kind === 'text'
      ? { column: column.text, descending: descending?.kind === 'integer' && descending.text === '1' }
      : null;
  const numbering = {
    order: orderOf(schema, asked),
    search: search?.kind === 'text' ? search.text : '',
    filter: filter?.kind === 'text' ? rowFilter.nullable().parse(JSON.parse(filter.text)) : null,
  };
  const where = narrowed(schema, numbering);
  const tail = numberedTail(schema, numbering, where, 1, Math.max(0, numberOf(key) - 1));
  return [`SELECT ${columns} ${tail}`, ...where.values];
}

function numberOf(key: readonly CellValue[] | undefined): number {
  const first = key?.[0];
  return first?.kind === 'integer' ? Math.max(0, Number(first.text)) : 0;
}
