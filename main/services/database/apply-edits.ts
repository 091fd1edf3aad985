import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CellEdit } from '../../../shared/contract/data-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { cellColumns, decodeRow, GRID_LIMITS } from './cells.ts';
import { allOf, hasKey, holdsExactly } from './conditions.ts';
import type { RequestInput } from './database-requests.ts';
import { planEdits } from './edit-plan.ts';
import type { WriteHandle } from './handles.ts';
import { rowWithKey } from './rows.ts';
import type { TableSchema } from './schema.ts';
import { literal, quoteName, toSqlValue } from './sql-text.ts';

/** Applies all edits or none, in one short transaction; a row that was changed meanwhile refuses them. */
export function applyEdits(handle: WriteHandle, input: RequestInput<'applyEdits'>): number {
  return handle.transaction(() => {
    const plan = planEdits(handle, input);
    if (plan.problems.length > 0) {
      throw new Failure('invalid-input', plan.problems.join(' '), { problems: plan.problems });
    }
    for (const edit of keysLast(plan.schema, plan.edits)) applyEdit(handle, plan.schema, edit);
    return plan.edits.length;
  });
}

/** Cells of the key come last: the other edits of the row still find it by the old key. */
function keysLast(schema: TableSchema, edits: readonly CellEdit[]): readonly CellEdit[] {
  const isKey = (edit: CellEdit): boolean =>
    schema.columns.some((column) => column.name === edit.column && column.primaryKey > 0);
  return [...edits.filter((edit) => !isKey(edit)), ...edits.filter(isKey)];
}

function applyEdit(handle: WriteHandle, schema: TableSchema, edit: CellEdit): void {
  const where = allOf([hasKey(schema, edit.key), holdsExactly(edit.column, edit.before)]);
  const changed = handle.change(
    `UPDATE ${quoteName(schema.name)} SET ${quoteName(edit.column)} = ? WHERE ${where.sql}`,
    toSqlValue(edit.after),
    ...where.values,
  );
  if (changed !== 1) throw conflict(handle, schema, edit);
}

function conflict(handle: WriteHandle, schema: TableSchema, edit: CellEdit): Failure {
  const columns = cellColumns(quoteName(edit.column), GRID_LIMITS);
  const row = handle.first(...rowWithKey(schema, columns, edit.key));
  const now: CellValue | null =
    row === null ? null : (decodeRow(row, handle.encoding, GRID_LIMITS)[0] ?? null);
  const detail = { key: edit.key, column: edit.column, before: edit.before, now };
  if (now === null) {
    return new Failure(
      'conflict',
      `The row of ${schema.name} was deleted meanwhile. Nothing was written.`,
      detail,
    );
  }
  return new Failure(
    'conflict',
    `${edit.column} was changed meanwhile: it was ${literal(edit.before)} and is now ${literal(now)}. ` +
      'Nothing was written; decide which value to keep.',
    detail,
  );
}
