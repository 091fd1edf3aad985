import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type {
  CascadeStep,
  CellEdit,
  EditConflict,
  RowDelete,
  RowInsert,
} from '../../../shared/contract/database-changes.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { cellColumns, decodeRow, GRID_LIMITS, isCut } from './cells.ts';
import { allOf, anyOfValues, hasKey, holdsExactly, keyColumns, type Condition } from './conditions.ts';
import type { RequestInput, RequestOutput } from './database-requests.ts';
import { planEdits } from './edit-plan.ts';
import type { WriteHandle } from './handles.ts';
import { rowWithKey } from './rows.ts';
import type { TableSchema } from './schema.ts';
import { literal, quoteName, toSqlValue } from './sql-text.ts';
import { createUndoRecorder, type UndoRecorder } from './undo-record.ts';

interface Applying {
  readonly handle: WriteHandle;
  readonly schema: TableSchema;
  readonly recorder: UndoRecorder;
  readonly conflicts: EditConflict[];
}

/** Applies all changes or none, in one short transaction; a row that was changed meanwhile refuses them. */
export function applyEdits(
  handle: WriteHandle,
  input: RequestInput<'applyEdits'>,
): RequestOutput<'applyEdits'> {
  return handle.transaction(() => {
    const plan = planEdits(handle, input);
    if (plan.problems.length > 0) {
      throw new Failure('invalid-input', plan.problems.join(' '), { problems: plan.problems });
    }
    // What points to a deleted row may go after it, as long as all is right in the end.
    handle.all('PRAGMA defer_foreign_keys = ON');
    const recorder = createUndoRecorder(handle);
    const applying: Applying = { handle, schema: plan.schema, recorder, conflicts: [] };
    for (const step of input.cascade ?? []) applyStep(applying, step);
    for (const row of input.deletes ?? []) applyDelete(applying, row);
    const rows = Map.groupBy(plan.edits, ({ key }) => JSON.stringify(key));
    for (const edits of rows.values()) applyRow(applying, edits);
    if (applying.conflicts.length > 0) throw conflictFailure(plan.schema, applying.conflicts);
    for (const row of plan.inserts) applyInsert(applying, row);
    const changed = plan.edits.length + (input.deletes?.length ?? 0) + plan.inserts.length;
    return { changed, undo: recorder.record() };
  });
}

const ROWS_A_STATEMENT = 500;

function applyStep({ handle, recorder }: Applying, { kind, table, column, values, set }: CascadeStep): void {
  for (let first = 0; first < values.length; first += ROWS_A_STATEMENT) {
    const where = anyOfValues(column, values.slice(first, first + ROWS_A_STATEMENT));
    if (kind === 'delete' || set === null) {
      recorder.deleting(table, where);
      handle.change(`DELETE FROM ${quoteName(table)} WHERE ${where.sql}`, ...where.values);
      continue;
    }
    const sql = `UPDATE ${quoteName(table)} SET ${quoteName(set.column)} = ? WHERE ${where.sql}`;
    recorder.changing({
      ...{ table, where, after: where, columns: [column, set.column] },
      work: () => {
        handle.change(sql, toSqlValue(set.value), ...where.values);
      },
    });
  }
}

function applyDelete(applying: Applying, { key, before }: RowDelete): void {
  const { handle, schema, recorder, conflicts } = applying;
  // Of a long value only the beginning was shown: it can't be compared.
  const shown = Object.entries(before).filter(([, cell]) => !isCut(cell));
  const known = shown.filter(([column]) => schema.columns.some(({ name }) => name === column));
  const where = allOf([hasKey(schema, key), ...known.map(([column, cell]) => holdsExactly(column, cell))]);
  recorder.deleting(schema.name, where);
  const changed = handle.change(`DELETE FROM ${quoteName(schema.name)} WHERE ${where.sql}`, ...where.values);
  if (changed === 1) return;
  const differing = known.find(([column, cell]) => {
    const now = valueNow(applying, key, column);
    return now !== null && JSON.stringify(now) !== JSON.stringify(cell);
  });
  const [column, cell] = differing ?? [null, null];
  const now = column === null ? null : valueNow(applying, key, column);
  conflicts.push({ key, column, before: cell, now });
}

/** The edits of one row; those of its key come last, because the others still find it by the old one. */
function applyRow(applying: Applying, edits: readonly CellEdit[]): void {
  const { handle, schema, recorder, conflicts } = applying;
  const isKey = ({ column }: CellEdit): boolean => keyColumns(schema.key).includes(column);
  const ordered = [...edits.filter((edit) => !isKey(edit)), ...edits.filter(isKey)];
  let key = edits[0]?.key ?? [];
  const before = hasKey(schema, key);
  const work = (): void => {
    for (const edit of ordered) {
      const where = allOf([hasKey(schema, key), holdsExactly(edit.column, edit.before)]);
      const changed = handle.change(
        `UPDATE ${quoteName(schema.name)} SET ${quoteName(edit.column)} = ? WHERE ${where.sql}`,
        toSqlValue(edit.after),
        ...where.values,
      );
      if (changed === 1) key = keyAfter(schema, key, edit);
      else {
        const now = valueNow(applying, edit.key, edit.column);
        conflicts.push({ key: edit.key, column: edit.column, before: edit.before, now });
      }
    }
  };
  const target = edits.reduce((known, edit) => keyAfter(schema, known, edit), key);
  const columns = [...new Set([...keyColumns(schema.key), ...edits.map(({ column }) => column)])];
  recorder.changing({ table: schema.name, columns, where: before, after: hasKey(schema, target), work });
}

function keyAfter(schema: TableSchema, key: CellValue[], { column, after }: CellEdit): CellValue[] {
  const place = keyColumns(schema.key).indexOf(column);
  return place < 0 ? key : key.with(place, after);
}

function applyInsert({ handle, schema, recorder }: Applying, { values }: RowInsert): void {
  const columns = Object.keys(values);
  const sql =
    columns.length === 0
      ? `INSERT INTO ${quoteName(schema.name)} DEFAULT VALUES`
      : `INSERT INTO ${quoteName(schema.name)} (${columns.map(quoteName).join(', ')}) ` +
        `VALUES (${columns.map(() => '?').join(', ')})`;
  handle.change(sql, ...Object.values(values).map(toSqlValue));
  recorder.inserted(schema.name, justInserted(handle, schema, values));
}

function justInserted(handle: WriteHandle, schema: TableSchema, values: RowInsert['values']): Condition {
  const { key } = schema;
  if (key.kind === 'rowid') {
    const rowid = handle.first('SELECT last_insert_rowid()')?.[0] ?? null;
    return { sql: `${quoteName(key.name)} = ?`, values: [rowid] };
  }
  return allOf(keyColumns(key).map((column) => holdsExactly(column, values[column] ?? { kind: 'null' })));
}

function valueNow({ handle, schema }: Applying, key: readonly CellValue[], column: string): CellValue | null {
  const columns = cellColumns(quoteName(column), GRID_LIMITS);
  const row = handle.first(...rowWithKey(schema, columns, key));
  return row === null ? null : (decodeRow(row, handle.encoding, GRID_LIMITS)[0] ?? null);
}

function conflictFailure(schema: TableSchema, conflicts: readonly EditConflict[]): Failure {
  const [first] = conflicts;
  const detail = { ...first, conflicts };
  if (first?.now === null || first?.now === undefined) {
    return new Failure(
      'conflict',
      `The row of ${schema.name} was deleted meanwhile. Nothing was written.`,
      detail,
    );
  }
  const before = first.before === null ? 'another value' : literal(first.before);
  return new Failure(
    'conflict',
    `${first.column ?? 'A value'} was changed meanwhile: it was ${before} and is now ${literal(first.now)}. ` +
      'Nothing was written; decide which value to keep.',
    detail,
  );
}
