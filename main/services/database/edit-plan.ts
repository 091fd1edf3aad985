import type {
  CascadeStep,
  CellEdit,
  RowDelete,
  RowInsert,
} from '../../../shared/contract/database-changes.ts';
import type { DatabaseColumn } from '../../../shared/contract/data-calls.ts';
import { isCut } from './cells.ts';
import { keyColumns } from './conditions.ts';
import type { RequestInput } from './database-requests.ts';
import type { ReadHandle } from './handles.ts';
import { readTable, type TableSchema } from './schema.ts';
import { fitToColumn } from './stored-value.ts';
import { literal, quoteName, toSqlValue } from './sql-text.ts';
import { uniqueClashes } from './unique-clashes.ts';

/** Changes whose values have the types that their columns store, and everything that speaks against them. */
export interface EditPlan {
  readonly schema: TableSchema;
  readonly edits: readonly CellEdit[];
  readonly inserts: readonly RowInsert[];
  readonly problems: readonly string[];
}

/** Looks at changes without writing: what would be stored, and what does not fit, clashes or would be lost. */
export function planEdits(handle: ReadHandle, input: RequestInput<'previewEdits'>): EditPlan {
  const schema = readTable(handle, input.table);
  if (schema.readOnly !== null) return { schema, edits: [], inserts: [], problems: [schema.readOnly] };
  const problems: string[] = [];
  const edits: CellEdit[] = [];
  for (const edit of input.edits) {
    const column = schema.columns.find((known) => known.name === edit.column);
    if (column === undefined) {
      problems.push(missingColumn(schema, edit.column));
      continue;
    }
    const problem = beforeProblem(edit);
    const fitting = fitToColumn(edit.after, column, holdsJson(schema, column));
    if (problem !== null) problems.push(problem);
    else if (fitting.kind === 'refused') problems.push(`${edit.column} ${fitting.reason}.`);
    else edits.push({ ...edit, after: fitting.value });
  }
  problems.push(...repeatedCells(edits));
  const inserts = (input.inserts ?? []).map((row) => fittingRow(schema, row, problems));
  if (problems.length === 0) {
    const values = [
      ...edits.map(({ column, after }) => ({ column, after })),
      ...inserts.flatMap((row) => Object.entries(row.values).map(([column, after]) => ({ column, after }))),
    ];
    problems.push(...missingTargets(handle, schema, values), ...uniqueClashes(handle, schema, edits));
  }
  return { schema, edits, inserts, problems: [...new Set(problems)] };
}

/** A new row with its values fitted; what does not fit, or must be there and is not, is said in `problems`. */
export function fittingRow(schema: TableSchema, { values }: RowInsert, problems: string[]): RowInsert {
  const fitted: RowInsert['values'] = {};
  for (const [name, value] of Object.entries(values)) {
    const column = schema.columns.find((known) => known.name === name);
    if (column === undefined) {
      problems.push(missingColumn(schema, name));
      continue;
    }
    // SQLite numbers the row itself where its key is left open.
    if (value.kind === 'null' && isRowNumber(schema, name)) continue;
    const fitting = fitToColumn(value, column, holdsJson(schema, column));
    if (fitting.kind === 'refused') problems.push(`${name} ${fitting.reason}.`);
    else fitted[name] = fitting.value;
  }
  for (const column of schema.columns) {
    const { name, notNull, generated } = column;
    const given = values[name] !== undefined;
    if (given || !notNull || generated || column.default !== null || isRowNumber(schema, name)) continue;
    problems.push(`${name} needs a value: it has no default and must not be NULL.`);
  }
  return { values: fitted };
}

function isRowNumber({ key }: TableSchema, column: string): boolean {
  return key.kind === 'rowid' && key.name === column;
}

function missingColumn(schema: TableSchema, column: string): string {
  return `There is no column ${column} in ${schema.name} any more.`;
}

/** The SQL of changes as people read it; what runs compares types and bytes as well. */
export function shownSql(
  { schema, edits, inserts }: EditPlan,
  deletes: readonly RowDelete[],
  cascade: readonly CascadeStep[],
): readonly string[] {
  return [
    ...cascade.map(stepSql),
    ...deletes.map(
      ({ key }) => `DELETE FROM ${quoteName(schema.name)} WHERE ${keySql(schema, key).join(' AND ')};`,
    ),
    ...edits.map((edit) => editSql(schema, edit)),
    ...inserts.map(({ values }) => insertSql(schema.name, values)),
  ];
}

function editSql(schema: TableSchema, edit: CellEdit): string {
  const conditions = [...keySql(schema, edit.key), `${quoteName(edit.column)} IS ${literal(edit.before)}`];
  return (
    `UPDATE ${quoteName(schema.name)} SET ${quoteName(edit.column)} = ${literal(edit.after)} ` +
    `WHERE ${conditions.join(' AND ')};`
  );
}

function keySql(schema: TableSchema, key: RowDelete['key']): readonly string[] {
  return keyColumns(schema.key).map(
    (column, place) => `${quoteName(column)} = ${literal(key[place] ?? { kind: 'null' })}`,
  );
}

function insertSql(table: string, values: RowInsert['values']): string {
  const columns = Object.keys(values);
  if (columns.length === 0) return `INSERT INTO ${quoteName(table)} DEFAULT VALUES;`;
  const list = Object.values(values).map(literal).join(', ');
  return `INSERT INTO ${quoteName(table)} (${columns.map(quoteName).join(', ')}) VALUES (${list});`;
}

const SHOWN_VALUES = 20;

function stepSql({ table, column, values, set }: CascadeStep): string {
  const shown = values.slice(0, SHOWN_VALUES).map(literal);
  const rest = values.length - shown.length;
  const list = [...shown, ...(rest > 0 ? [`… ${String(rest)} more`] : [])].join(', ');
  const where = `WHERE ${quoteName(column)} IN (${list});`;
  return set === null
    ? `DELETE FROM ${quoteName(table)} ${where}`
    : `UPDATE ${quoteName(table)} SET ${quoteName(set.column)} = ${literal(set.value)} ${where}`;
}

function beforeProblem(edit: CellEdit): string | null {
  return isCut(edit.before)
    ? `${edit.column} is longer than what is shown, so the rest of it would be lost. Open the cell and edit it there.`
    : null;
}

/** Django declares a JSONField as `text CHECK ((JSON_VALID("name") OR "name" IS NULL))`. */
function holdsJson(schema: TableSchema, column: DatabaseColumn): boolean {
  return schema.sql.toUpperCase().includes(`JSON_VALID(${quoteName(column.name).toUpperCase()})`);
}

function repeatedCells(edits: readonly CellEdit[]): readonly string[] {
  const seen = new Set<string>();
  return edits.flatMap((edit) => {
    const cell = JSON.stringify([edit.key, edit.column]);
    if (!seen.has(cell)) {
      seen.add(cell);
      return [];
    }
    return [`${edit.column} of the same row is edited twice.`];
  });
}

function missingTargets(
  handle: ReadHandle,
  schema: TableSchema,
  values: readonly Pick<CellEdit, 'column' | 'after'>[],
): readonly string[] {
  const known = new Map<string, boolean>();
  return values.flatMap(({ column, after }) => {
    const target = schema.columns.find(({ name }) => name === column)?.references;
    if (target === null || target === undefined || after.kind === 'null') return [];
    const asked = JSON.stringify([target, after]);
    const found =
      known.get(asked) ??
      handle.first(
        `SELECT 1 FROM ${quoteName(target.table)} WHERE ${quoteName(target.column)} = ? LIMIT 1`,
        toSqlValue(after),
      ) !== null;
    known.set(asked, found);
    if (found) return [];
    return [`${column} points to ${target.table}, and no row there has ${target.column} ${literal(after)}.`];
  });
}
