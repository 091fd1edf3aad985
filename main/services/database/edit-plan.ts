import type { CellEdit, DatabaseColumn } from '../../../shared/contract/data-calls.ts';
import { isCut } from './cells.ts';
import { keyColumns } from './conditions.ts';
import type { RequestInput } from './database-requests.ts';
import type { ReadHandle } from './handles.ts';
import { readTable, type TableSchema } from './schema.ts';
import { fitToColumn } from './stored-value.ts';
import { literal, quoteName, toSqlValue } from './sql-text.ts';
import { uniqueClashes } from './unique-clashes.ts';

/** Edits whose values have the types that their columns store, and everything that speaks against them. */
export interface EditPlan {
  readonly schema: TableSchema;
  readonly edits: readonly CellEdit[];
  readonly problems: readonly string[];
}

/** Looks at edits without writing: what would be stored, and what does not fit, clashes or would be lost. */
export function planEdits(handle: ReadHandle, input: RequestInput<'previewEdits'>): EditPlan {
  const schema = readTable(handle, input.table);
  if (schema.readOnly !== null) return { schema, edits: [], problems: [schema.readOnly] };
  const problems: string[] = [];
  const edits: CellEdit[] = [];
  for (const edit of input.edits) {
    const column = schema.columns.find((known) => known.name === edit.column);
    if (column === undefined) {
      problems.push(`There is no column ${edit.column} in ${schema.name} any more.`);
      continue;
    }
    const problem = beforeProblem(edit);
    const fitting = fitToColumn(edit.after, column, holdsJson(schema, column));
    if (problem !== null) problems.push(problem);
    else if (fitting.kind === 'refused') problems.push(`${edit.column} ${fitting.reason}.`);
    else edits.push({ ...edit, after: fitting.value });
  }
  problems.push(...repeatedCells(edits));
  if (problems.length === 0) {
    problems.push(...missingTargets(handle, schema, edits), ...uniqueClashes(handle, schema, edits));
  }
  return { schema, edits, problems: [...new Set(problems)] };
}

/** The SQL of an edit as people read it; what runs compares types and bytes as well. */
export function shownSql(schema: TableSchema, edit: CellEdit): string {
  const keys = keyColumns(schema.key).map(
    (column, place) => `${quoteName(column)} = ${literal(edit.key[place] ?? { kind: 'null' })}`,
  );
  const conditions = [...keys, `${quoteName(edit.column)} IS ${literal(edit.before)}`];
  return (
    `UPDATE ${quoteName(schema.name)} SET ${quoteName(edit.column)} = ${literal(edit.after)} ` +
    `WHERE ${conditions.join(' AND ')};`
  );
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
  edits: readonly CellEdit[],
): readonly string[] {
  return edits.flatMap((edit) => {
    const target = schema.columns.find((column) => column.name === edit.column)?.references;
    if (target === null || target === undefined || edit.after.kind === 'null') return [];
    const found = handle.first(
      `SELECT 1 FROM ${quoteName(target.table)} WHERE ${quoteName(target.column)} = ? LIMIT 1`,
      toSqlValue(edit.after),
    );
    if (found !== null) return [];
    return [
      `${edit.column} points to ${target.table}, and no row there has ${target.column} ${literal(edit.after)}.`,
    ];
  });
}
