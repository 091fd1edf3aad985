import { Failure } from '../../../shared/contract/failure.ts';
import type { TableIndex, TableReference, TableStructure } from '../../../shared/contract/query-calls.ts';
import type { ReadHandle } from './handles.ts';

/** DDL, indexes, triggers and references of one table or view. */
export function readStructure(handle: ReadHandle, table: string): TableStructure {
  const found = handle.first(
    `SELECT sql FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE`,
    table,
  );
  if (found === null) throw new Failure('not-found', `There is no table ${table} any more. Reload the list.`);
  const all = references(handle);
  const isTable = (name: string): boolean => name.toLowerCase() === table.toLowerCase();
  return {
    sql: String(found[0]),
    indexes: indexesOf(handle, table),
    triggers: handle
      .all(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE`,
        table,
      )
      .map(([name, sql]) => ({ name: String(name), sql: String(sql) })),
    references: all.filter((each) => isTable(each.table)),
    referencedBy: all.filter((each) => isTable(each.toTable)),
  };
}

const ORIGINS: Readonly<Record<string, TableIndex['origin']>> = {
  c: 'index',
  u: 'unique',
  pk: 'primary-key',
};

/** https://www.sqlite.org/pragma.html#pragma_index_list */
function indexesOf(handle: ReadHandle, table: string): readonly TableIndex[] {
  const listed = handle.all(
    `SELECT i.name, i."unique", i.origin, i.partial, s.sql FROM pragma_index_list(?) AS i
     LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = i.name ORDER BY i.seq DESC`,
    table,
  );
  return listed.map(([name, unique, origin, partial, sql]) => ({
    name: String(name),
    unique: unique === 1n,
    origin: ORIGINS[String(origin)] ?? 'index',
    columns: handle
      .all('SELECT name FROM pragma_index_info(?) ORDER BY seqno', String(name))
      .map(([column]) => (column === null ? null : String(column))),
    partial: partial === 1n,
    sql: sql === null || sql === undefined ? null : String(sql),
  }));
}

/** Of all tables, because the others' references to one are asked for too. */
function references(handle: ReadHandle): readonly TableReference[] {
  const rows = handle.all(
    `SELECT s.name, f.id, f."table", f."from", f."to", f.on_delete, f.on_update
     FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS f
     WHERE s.type = 'table' ORDER BY s.name, f.id, f.seq`,
  );
  const grouped = Map.groupBy(rows, ([table, id]) => `${String(id)} ${String(table)}`);
  return [...grouped.values()].map((columns) => {
    const [table, , toTable, , , onDelete, onUpdate] = (columns[0] ?? []).map(String);
    return {
      table: table ?? '',
      columns: columns.map((row) => String(row[3])),
      toTable: toTable ?? '',
      // Without a column the reference is to the primary key.
      toColumns: columns.map((row) => String(row[4] ?? 'rowid')),
      onDelete: onDelete ?? '',
      onUpdate: onUpdate ?? '',
    };
  });
}
