import type { DatabaseColumn, DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { ReadHandle, SqlRow } from './handles.ts';
import type { SqlValue } from './sql-text.ts';

/** How the rows of a table are found again, and in which order they are read. */
export type RowKey =
  /** The number SQLite gives each row; `name` is how SQL says it, `identity` the declared key beside it. */
  | { readonly kind: 'rowid'; readonly name: string; readonly identity: readonly string[] }
  | { readonly kind: 'primary-key'; readonly columns: readonly string[] }
  /** Nothing tells its rows apart: they are counted from the first. */
  | { readonly kind: 'none' };

/** Everything about one table that reading and editing its rows needs. */
export interface TableSchema {
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly DatabaseColumn[];
  readonly key: RowKey;
  readonly readOnly: string | null;
  /** The statement that made it. */
  readonly sql: string;
}

const ROWID_NAMES = ['rowid', '_rowid_', 'oid'];
const VIEW_REASON = 'This is a view: its rows are computed from other tables. Edit those tables instead.';

/** All tables and views a person may want to see, sorted by name. */
export function readTables(handle: ReadHandle): readonly Omit<DatabaseTable, 'model'>[] {
  const columns = byTable(
    handle.all(
      `SELECT l.name, ${COLUMN_FACTS} FROM pragma_table_list AS l JOIN pragma_table_xinfo(l.name) AS c
       WHERE l.schema = 'main' AND l.type <> 'view' AND c.hidden <> 1`,
    ),
    readColumn,
  );
  const references = allReferences(handle);
  return listed(handle).map(({ name, type, withoutRowid }) => {
    if (type === 'view') return readView(handle, name);
    const found = withReferences(columns.get(name) ?? [], references.get(name) ?? []);
    const key = type === 'table' ? rowKey(handle, name, found, withoutRowid) : { kind: 'none' as const };
    return { name, kind: 'table', columns: found, readOnly: readOnlyReason(type, key) };
  });
}

/** One table or view by its exact name. */
export function readTable(handle: ReadHandle, table: string): TableSchema {
  const entry = listed(handle, table)[0];
  if (entry === undefined) {
    throw new Failure('not-found', `There is no table ${table} in this database any more. Reload the list.`);
  }
  const sql = text(
    handle.first(`SELECT sql FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view')`, table)?.[0] ??
      '',
  );
  if (entry.type === 'view') {
    const view = readView(handle, table);
    if (view.columns.length === 0) throw new Failure('not-available', view.readOnly);
    return { ...view, key: { kind: 'none' }, sql };
  }
  const columns = withReferences(
    handle
      .all(`SELECT ${COLUMN_FACTS} FROM pragma_table_xinfo(?) AS c WHERE c.hidden <> 1`, table)
      .map(readColumn),
    referencesOf(handle, table),
  );
  const key: RowKey =
    entry.type === 'table' ? rowKey(handle, table, columns, entry.withoutRowid) : { kind: 'none' };
  return { name: table, kind: 'table', columns, key, readOnly: readOnlyReason(entry.type, key), sql };
}

/** The columns of the unique constraints and unique indexes that hold for every row. */
export function uniqueColumnSets(handle: ReadHandle, table: string): readonly (readonly string[])[] {
  const sets = new Map<string, string[] | null>();
  for (const [index, column] of handle.all(
    `SELECT i.name, c.name FROM pragma_index_list(?) AS i JOIN pragma_index_info(i.name) AS c
     WHERE i."unique" AND NOT i.partial ORDER BY i.name, c.seqno`,
    table,
  )) {
    const name = text(index);
    const known = sets.get(name);
    // An index over an expression has columns without a name; only SQLite itself can judge it.
    sets.set(name, column === null || known === null ? null : [...(known ?? []), text(column)]);
  }
  return [...sets.values()].filter((set) => set !== null);
}

interface ListedTable {
  readonly name: string;
  readonly type: 'table' | 'view' | 'virtual' | 'shadow';
  readonly withoutRowid: boolean;
}

function listed(handle: ReadHandle, only?: string): readonly ListedTable[] {
  return handle
    .all(
      `SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       ${only === undefined ? '' : 'AND name = ?'} ORDER BY name COLLATE NOCASE`,
      ...(only === undefined ? [] : [only]),
    )
    .map(([name, type, withoutRowid]) => ({
      name: text(name),
      type: text(type) as ListedTable['type'],
      withoutRowid: withoutRowid === 1n,
    }));
}

function readView(
  handle: ReadHandle,
  name: string,
): {
  readonly name: string;
  readonly kind: 'view';
  readonly columns: readonly DatabaseColumn[];
  readonly readOnly: string;
} {
  try {
    const columns = handle
      .all(`SELECT ${COLUMN_FACTS} FROM pragma_table_xinfo(?) AS c`, name)
      .map(readColumn);
    return { name, kind: 'view', columns, readOnly: VIEW_REASON };
  } catch (error) {
    // A view of a table that is gone, or of itself: the other tables must still be shown.
    const reason = error instanceof Error ? error.message : String(error);
    return { name, kind: 'view', columns: [], readOnly: `This view can't be read: ${reason}.` };
  }
}

const COLUMN_FACTS = 'c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden';

function readColumn([name, type, notNull, defaultCode, primaryKey, hidden]: SqlRow): DatabaseColumn {
  return {
    name: text(name),
    type: text(type),
    notNull: notNull === 1n,
    default: defaultCode === null || defaultCode === undefined ? null : text(defaultCode),
    primaryKey: Number(primaryKey),
    generated: hidden === 2n || hidden === 3n,
    references: null,
  };
}

interface Reference {
  readonly from: string;
  readonly table: string;
  /** null where the declaration names none: the primary key of the other table. */
  readonly column: string | null;
}

const REFERENCE_FACTS = 'f."from", f."table", f."to"';

function allReferences(handle: ReadHandle): ReadonlyMap<string, readonly Reference[]> {
  const references = byTable(
    handle.all(
      `SELECT l.name, ${REFERENCE_FACTS} FROM pragma_table_list AS l JOIN pragma_foreign_key_list(l.name) AS f
       WHERE l.schema = 'main' AND l.type = 'table'`,
    ),
    readReference,
  );
  return resolved(handle, references);
}

function referencesOf(handle: ReadHandle, table: string): readonly Reference[] {
  const found = handle.all(`SELECT ${REFERENCE_FACTS} FROM pragma_foreign_key_list(?) AS f`, table);
  return resolved(handle, new Map([[table, found.map(readReference)]])).get(table) ?? [];
}

function resolved(
  handle: ReadHandle,
  references: ReadonlyMap<string, readonly Reference[]>,
): ReadonlyMap<string, readonly Reference[]> {
  const primaryKey = (table: string): string =>
    text(handle.first('SELECT name FROM pragma_table_info(?) WHERE pk = 1', table)?.[0] ?? 'rowid');
  return new Map(
    [...references].map(([table, list]) => [
      table,
      list.map((reference) => ({ ...reference, column: reference.column ?? primaryKey(reference.table) })),
    ]),
  );
}

function readReference([from, table, to]: SqlRow): Reference {
  return { from: text(from), table: text(table), column: to === null || to === undefined ? null : text(to) };
}

function withReferences(
  columns: readonly DatabaseColumn[],
  references: readonly Reference[],
): readonly DatabaseColumn[] {
  if (references.length === 0) return columns;
  return columns.map((column) => {
    // SQLite compares the names of columns without regard to case.
    const found = references.find(({ from }) => from.toLowerCase() === column.name.toLowerCase());
    if (found === undefined) return column;
    return { ...column, references: { table: found.table, column: found.column ?? 'rowid' } };
  });
}

function rowKey(
  handle: ReadHandle,
  table: string,
  columns: readonly DatabaseColumn[],
  withoutRowid: boolean,
): RowKey {
  const primary = columns
    .filter((column) => column.primaryKey > 0)
    .toSorted((a, b) => a.primaryKey - b.primaryKey)
    .map((column) => column.name);
  if (withoutRowid) return { kind: 'primary-key', columns: primary };
  if (isRowidAlias(handle, table, columns, primary)) {
    return { kind: 'rowid', name: primary[0] ?? 'rowid', identity: [] };
  }
  const taken = new Set(columns.map((column) => column.name.toLowerCase()));
  const name = ROWID_NAMES.find((candidate) => !taken.has(candidate));
  // The number alone is not enough where VACUUM may give it to another row: the declared key stands beside it.
  return name === undefined ? { kind: 'none' } : { kind: 'rowid', name, identity: primary };
}

/** sqlite.org/lang_createtable.html: exactly `INTEGER PRIMARY KEY` is the rowid, and has no index of its own. */
function isRowidAlias(
  handle: ReadHandle,
  table: string,
  columns: readonly DatabaseColumn[],
  primary: readonly string[],
): boolean {
  if (primary.length !== 1) return false;
  const type = columns.find((column) => column.primaryKey === 1)?.type.toUpperCase();
  if (type !== 'INTEGER') return false;
  return handle.first(`SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'`, table) === null;
}

function readOnlyReason(type: ListedTable['type'], key: RowKey): string | null {
  if (type === 'virtual') return 'This is a virtual table: its rows belong to the module that keeps them.';
  if (type === 'shadow') return 'This table belongs to a virtual table, which alone may write it.';
  return key.kind === 'none'
    ? 'No key tells the rows of this table apart, so an edit could not find its row again.'
    : null;
}

/** Rows whose first column is the name of a table, gathered by it. */
function byTable<T>(rows: readonly SqlRow[], read: (rest: SqlRow) => T): ReadonlyMap<string, readonly T[]> {
  const grouped = Map.groupBy(rows, ([table]) => text(table));
  return new Map([...grouped].map(([table, ofTable]) => [table, ofTable.map((row) => read(row.slice(1)))]));
}

function text(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : String(value ?? '');
}
