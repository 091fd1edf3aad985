import { useState } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseColumn, DatabaseRow } from '../../../shared/contract/data-calls.ts';
import type { ModelTable } from '../../../shared/contract/database-model-calls.ts';
import type { GridPosition } from '../../ui/grid-model.ts';
import { valueOf } from './cell-text.ts';
import { rowIn, type GridView } from './grid-view.ts';
import {
  dropRow,
  NO_CHANGES,
  rowId,
  stageEdit,
  stageRows,
  stageValue,
  toggleDeletes,
  type StagedChanges,
} from './staged-changes.ts';

/** What the person does to the cells and rows of a grid; nothing is written before it is applied. */
export interface ChangeActions {
  /** null gives a new row's cell its default again. */
  readonly set: (position: GridPosition, valueFor: (column: DatabaseColumn) => CellValue | null) => void;
  readonly paste: (position: GridPosition, block: readonly (readonly string[])[]) => void;
  readonly addRow: (model: ModelTable | null, from?: DatabaseRow) => void;
  /** Deletes stored rows, or takes new ones out again. */
  readonly deleteRows: (rows: readonly number[]) => void;
}

/** The changes of one table that wait. */
export function useStagedChanges(): readonly [StagedChanges, (changes: StagedChanges) => void] {
  return useState<StagedChanges>(NO_CHANGES);
}

/** What can be done to the changes of a view. */
export function changeActions(view: GridView, setChanges: (changes: StagedChanges) => void): ChangeActions {
  const set = (
    changes: StagedChanges,
    { row, column }: GridPosition,
    valueFor: (column: DatabaseColumn) => CellValue | null,
  ): StagedChanges => {
    const content = rowIn({ ...view, changes }, row);
    const described = view.shown[column]?.column;
    if (content === null || described === undefined || described.generated) return changes;
    const value = valueFor(described);
    if (content.kind === 'new') return stageValue(changes, content.row.id, described.name, value);
    const before = content.row.cells[view.rows.columns.indexOf(described.name)];
    const going = changes.deletes.has(rowId(content.row.key));
    if (value === null || before === undefined || going || described.primaryKey > 0) return changes;
    return stageEdit(changes, content.row, described.name, before, value);
  };
  return {
    set: (position, valueFor) => {
      setChanges(set(view.changes, position, valueFor));
    },
    paste: (position, block) => {
      let changes = view.changes;
      const made = changes.inserts.length;
      // Pasted over new rows, what is left becomes more of them.
      const missing = position.row < made ? position.row + block.length - made : 0;
      if (missing > 0) {
        changes = stageRows(
          changes,
          Array.from({ length: missing }, () => ({})),
        );
      }
      for (const [line, cells] of block.entries()) {
        for (const [place, text] of cells.entries()) {
          const at = { row: position.row + line, column: position.column + place };
          changes = set(changes, at, (column) =>
            text === '' && !column.notNull ? { kind: 'null' } : valueOf(text, column),
          );
        }
      }
      setChanges(changes);
    },
    addRow: (model, from) => {
      setChanges(stageRows(view.changes, [from === undefined ? defaults(model) : copied(view, from)]));
    },
    deleteRows: (rows) => {
      const contents = rows.map((row) => rowIn(view, row));
      let changes = view.changes;
      for (const content of contents) if (content?.kind === 'new') changes = dropRow(changes, content.row.id);
      const stored = contents.flatMap((content) => (content?.kind === 'stored' ? [content.row] : []));
      setChanges(stored.length === 0 ? changes : toggleDeletes(changes, view.rows.columns, stored));
    },
  };
}

/** What Django would store in a new row. */
function defaults(model: ModelTable | null): Readonly<Record<string, CellValue>> {
  const known = (model?.fields ?? []).flatMap(({ column, default: value }) =>
    value === null || value.kind === 'null' ? [] : [[column, value] as const],
  );
  return Object.fromEntries(known);
}

/** A new row like another one, without its key and what is computed or known only in part. */
function copied({ rows, table }: GridView, { cells }: DatabaseRow): Readonly<Record<string, CellValue>> {
  return Object.fromEntries(
    table.columns.flatMap(({ name, primaryKey, generated }) => {
      const value = cells[rows.columns.indexOf(name)];
      const known = value !== undefined && value.kind !== 'blob' && !('bytes' in value);
      return known && primaryKey === 0 && !generated ? [[name, value] as const] : [];
    }),
  );
}
