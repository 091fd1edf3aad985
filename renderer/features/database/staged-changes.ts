import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CellEdit, EditConflict, RowDelete } from '../../../shared/contract/database-changes.ts';
import type { DatabaseRow } from '../../../shared/contract/data-calls.ts';
import { isSameValue } from './cell-text.ts';

/** A new row that waits; columns without a value take their default. */
export interface StagedRow {
  readonly id: number;
  readonly values: Readonly<Record<string, CellValue>>;
}

/** Changes of one table that wait to be applied. */
export interface StagedChanges {
  /** By row and column. */
  readonly edits: ReadonlyMap<string, CellEdit>;
  readonly inserts: readonly StagedRow[];
  /** By row. */
  readonly deletes: ReadonlyMap<string, RowDelete>;
}

export const NO_CHANGES: StagedChanges = { edits: new Map(), inserts: [], deletes: new Map() };

/** How many changes wait. */
export function countChanges({ edits, inserts, deletes }: StagedChanges): number {
  return edits.size + inserts.length + deletes.size;
}

/** What a row is found by again. */
export function rowId(key: readonly CellValue[]): string {
  return JSON.stringify(key.map((part) => [part.kind, 'text' in part ? part.text : partHex(part)]));
}

/** What an edit is found by again: the key of its row and the name of its column. */
export function editId(key: readonly CellValue[], column: string): string {
  return `${rowId(key)} ${column}`;
}

function partHex(part: CellValue): string | null {
  return part.kind === 'blob' ? part.hex : null;
}

/** Adds an edit; one that brings the stored value back is taken out instead. */
export function stageEdit(
  changes: StagedChanges,
  row: DatabaseRow,
  column: string,
  before: CellValue,
  after: CellValue,
): StagedChanges {
  const edits = new Map(changes.edits);
  const id = editId(row.key, column);
  if (isSameValue(before, after)) edits.delete(id);
  else edits.set(id, { key: [...row.key], column, before, after });
  return { ...changes, edits };
}

/** Adds new rows on top of the others that wait. */
export function stageRows(
  changes: StagedChanges,
  rows: readonly Readonly<Record<string, CellValue>>[],
): StagedChanges {
  const first = changes.inserts.reduce((highest, { id }) => Math.max(highest, id), 0) + 1;
  const added = rows.map((values, place) => ({ id: first + place, values }));
  return { ...changes, inserts: [...changes.inserts, ...added] };
}

/** Sets a value of a new row; without one it takes the default again. */
export function stageValue(
  changes: StagedChanges,
  id: number,
  column: string,
  value: CellValue | null,
): StagedChanges {
  const inserts = changes.inserts.map((row) => {
    if (row.id !== id) return row;
    const others = Object.fromEntries(Object.entries(row.values).filter(([name]) => name !== column));
    return { id, values: value === null ? others : { ...others, [column]: value } };
  });
  return { ...changes, inserts };
}

/** Takes a new row out again. */
export function dropRow(changes: StagedChanges, id: number): StagedChanges {
  return { ...changes, inserts: changes.inserts.filter((row) => row.id !== id) };
}

/** Marks rows to be deleted, or leaves them where all of them were marked; edits of theirs are dropped. */
export function toggleDeletes(
  changes: StagedChanges,
  columns: readonly string[],
  rows: readonly DatabaseRow[],
): StagedChanges {
  const deletes = new Map(changes.deletes);
  const edits = new Map(changes.edits);
  const ids = rows.map(({ key }) => rowId(key));
  const all = ids.every((id) => deletes.has(id));
  for (const [place, { key, cells }] of rows.entries()) {
    const id = ids[place] ?? '';
    if (all) {
      deletes.delete(id);
      continue;
    }
    const before = Object.fromEntries(
      columns.map((column, index) => [column, cells[index] ?? { kind: 'null' as const }]),
    );
    deletes.set(id, { key: [...key], before });
    for (const column of columns) edits.delete(editId(key, column));
  }
  return { ...changes, edits, deletes };
}

/** What the contract takes. */
export function changesInput({ edits, inserts, deletes }: StagedChanges) {
  return {
    edits: [...edits.values()],
    inserts: inserts.map(({ values }) => ({ values: { ...values } })),
    deletes: [...deletes.values()],
  };
}

/** After a conflict: `mine` keeps the edits as changes of what stands there now, `theirs` drops them. */
export function settleConflicts(
  changes: StagedChanges,
  conflicts: readonly EditConflict[],
  keep: 'mine' | 'theirs',
): StagedChanges {
  const edits = new Map(changes.edits);
  const deletes = new Map(changes.deletes);
  for (const { key, column, now } of conflicts) {
    const going = deletes.get(rowId(key));
    if (going !== undefined) {
      if (keep === 'theirs' || column === null || now === null) deletes.delete(rowId(key));
      else deletes.set(rowId(key), { ...going, before: { ...going.before, [column]: now } });
      continue;
    }
    const id = editId(key, column ?? '');
    const edit = edits.get(id);
    if (edit === undefined) continue;
    if (keep === 'theirs' || now === null || isSameValue(now, edit.after)) edits.delete(id);
    else edits.set(id, { ...edit, before: now });
  }
  return { ...changes, edits, deletes };
}
