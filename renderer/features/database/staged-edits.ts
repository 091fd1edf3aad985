import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CellEdit, DatabaseRow } from '../../../shared/contract/data-calls.ts';
import { isSameValue } from './cell-text.ts';

/** Edits that wait to be applied, by row and column. */
export type StagedEdits = ReadonlyMap<string, CellEdit>;

/** What an edit is found by again: the key of its row and the name of its column. */
export function editId(key: readonly CellValue[], column: string): string {
  return JSON.stringify([column, ...key.map((part) => [part.kind, 'text' in part ? part.text : null])]);
}

/** Adds an edit; one that brings the stored value back is taken out instead. */
export function stage(
  edits: StagedEdits,
  row: DatabaseRow,
  column: string,
  before: CellValue,
  after: CellValue,
): StagedEdits {
  const next = new Map(edits);
  const id = editId(row.key, column);
  if (isSameValue(before, after)) next.delete(id);
  else next.set(id, { key: [...row.key], column, before, after });
  return next;
}

/** The edits that bring the values of before back. */
export function reversed(edits: readonly CellEdit[]): CellEdit[] {
  return edits.map(({ before, after, ...place }) => ({ ...place, before: after, after: before }));
}
