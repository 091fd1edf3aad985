import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CascadeStep, RowDelete } from '../../../shared/contract/database-changes.ts';
import type { TableReference } from '../../../shared/contract/query-calls.ts';
import { cellColumns, decodeRow, KEY_LIMITS } from './cells.ts';
import { anyOfValues, hasKey, type Condition } from './conditions.ts';
import type { ReadHandle } from './handles.ts';
import { readStructure } from './read-structure.ts';
import { readTable, type TableSchema } from './schema.ts';
import { anyOf, quoteName } from './sql-text.ts';

/** What deleting rows does to others by the foreign keys of the database, and what forbids it. */
export interface CascadePlan {
  readonly steps: readonly CascadeStep[];
  readonly problems: readonly string[];
}

const MOST_ROWS = 20_000;

/** Follows the foreign keys that point to the rows, from table to table; nothing is written. */
export function planCascade(
  handle: ReadHandle,
  schema: TableSchema,
  deletes: readonly RowDelete[],
): CascadePlan {
  const steps: CascadeStep[] = [];
  const problems: string[] = [];
  const goingFrom = new Map<string, Set<string>>();
  const rows = deletes.map(({ key }) => hasKey(schema, key));
  const first: Condition = {
    sql: anyOf(rows.map(({ sql }) => sql)),
    values: rows.flatMap(({ values }) => values),
  };
  const waiting: { readonly table: string; readonly where: Condition }[] = [
    { table: schema.name, where: first },
  ];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const reference of readStructure(handle, next.table).referencedBy) {
      const found = follow(handle, reference, next.where, goingFrom);
      if (found === null) continue;
      if ('problem' in found) problems.push(found.problem);
      else {
        steps.push(found.step);
        if (found.step.kind === 'delete') {
          waiting.push({
            table: found.step.table,
            where: anyOfValues(found.step.column, found.step.values),
          });
        }
      }
      if (steps.length > 100) return { steps, problems: [...problems, 'Too many tables point here.'] };
    }
  }
  // Those that point to others go first.
  return { steps: steps.toReversed(), problems };
}

type Followed = { readonly problem: string } | { readonly step: CascadeStep };

/** The rows of one table that point to going ones; null where there is none that was not known to go. */
function follow(
  handle: ReadHandle,
  reference: TableReference,
  where: Condition,
  going: Map<string, Set<string>>,
): Followed | null {
  const { table, columns, toTable, onDelete } = reference;
  const [column, toColumn] = [columns[0] ?? '', targetColumn(handle, reference)];
  const schema = readTable(handle, table);
  const keyed = keyColumn(schema);
  if (columns.length !== 1 || keyed === null) return null; // SQLite itself has the last word on applying
  const cells = cellColumns(quoteName(keyed), KEY_LIMITS);
  const found = handle.all(
    `SELECT ${cells} FROM ${quoteName(table)} WHERE ${quoteName(column)} IN
     (SELECT ${quoteName(toColumn)} FROM ${quoteName(toTable)} WHERE ${where.sql}) LIMIT ${String(MOST_ROWS + 1)}`,
    ...where.values,
  );
  const known = going.get(table) ?? new Set();
  const values = found
    .map((row) => decodeRow(row, handle.encoding, KEY_LIMITS)[0] ?? NULL)
    .filter((value) => !known.has(JSON.stringify(value)));
  if (values.length === 0) return null;
  const count = values.length === 1 ? '1 row' : `${values.length.toLocaleString('en')} rows`;
  if (values.length > MOST_ROWS) {
    return { problem: `More than ${count} of ${table} would go too: delete them in steps, or by a command.` };
  }
  const action = onDelete.toUpperCase();
  const base = { table, title: table, column: keyed, values };
  if (action === 'SET NULL') {
    return { step: { ...base, kind: 'set', set: { column, value: NULL } } };
  }
  if (action === 'CASCADE') {
    going.set(table, new Set([...known, ...values.map((value) => JSON.stringify(value))]));
    return { step: { ...base, kind: 'delete', set: null } };
  }
  const verb = values.length === 1 ? 'points' : 'point';
  return {
    problem: `${count} of ${table} ${verb} here by ${column}. Delete them first, or let them point elsewhere.`,
  };
}

const NULL: CellValue = { kind: 'null' };

/** One column that tells the rows apart. */
function keyColumn({ key }: TableSchema): string | null {
  if (key.kind === 'rowid') return key.name;
  return key.kind === 'primary-key' && key.columns.length === 1 ? (key.columns[0] ?? null) : null;
}

/** A reference without a column is to the primary key. */
function targetColumn(handle: ReadHandle, { toTable, toColumns }: TableReference): string {
  const [named = 'rowid'] = toColumns;
  if (named !== 'rowid') return named;
  return readTable(handle, toTable).columns.find(({ primaryKey }) => primaryKey === 1)?.name ?? 'rowid';
}
