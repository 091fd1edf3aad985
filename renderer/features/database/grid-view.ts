import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseColumn, DatabaseRow, DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { ModelColumn, ModelTable } from '../../../shared/contract/database-model-calls.ts';
import type { GridCell, GridColumn } from '../../ui/grid-model.ts';
import { editTextOf, textOf } from './cell-text.ts';
import type { ShownColumn } from './column-layout.ts';
import { djangoText } from './django-text.ts';
import type { RowQuery } from './row-reader.ts';
import { editId, rowId, type StagedChanges, type StagedRow } from './staged-changes.ts';
import type { TableRows } from './use-table-rows.ts';
import type { RowLabels } from './use-model-table.ts';

/** All that decides what the grid of a table shows. New rows stand above the stored ones. */
export interface GridView {
  readonly table: DatabaseTable;
  readonly shown: readonly ShownColumn[];
  readonly rows: TableRows;
  readonly changes: StagedChanges;
  /** Django's words for the columns and values; null where the stored ones are shown. */
  readonly model: ModelTable | null;
  readonly labels: RowLabels;
}

/** What stands in a row of the grid. */
export type GridRowContent =
  { readonly kind: 'new'; readonly row: StagedRow } | { readonly kind: 'stored'; readonly row: DatabaseRow };

/** null while the row is on its way. */
export function rowIn({ rows, changes }: GridView, index: number): GridRowContent | null {
  const made = changes.inserts[index];
  if (made !== undefined) return { kind: 'new', row: made };
  const row = rows.rowAt(index - changes.inserts.length);
  return row === null ? null : { kind: 'stored', row };
}

/** The field of a column, where Django's view is shown. */
export function fieldOf(model: ModelTable | null, column: string): ModelColumn | null {
  return model?.fields.find((field) => field.column === column) ?? null;
}

/** Where a column's values point to: as Django says, or as the database declares. */
export function targetOf(view: GridView, column: DatabaseColumn): { table: string; column: string } | null {
  return fieldOf(view.model, column.name)?.related ?? column.references;
}

/** The titles of the grid. */
export function gridColumns(view: GridView, order: RowQuery['order']): readonly GridColumn[] {
  return view.shown.map(({ column: { name, type, primaryKey }, width, pinned }) => ({
    id: name,
    title: fieldOf(view.model, name)?.verboseName ?? name,
    detail: primaryKey > 0 ? `${type.toLowerCase()}, key` : type.toLowerCase(),
    ...(width === null ? {} : { width }),
    pinned,
    align: /int|real|dec|num|float|double/i.test(type) && !isNamed(view, name) ? 'end' : 'start',
    sortable: true,
    sorted: order?.column !== name ? undefined : order.descending ? 'descending' : 'ascending',
  }));
}

/** Choices and foreign keys are words, not numbers, where Django's view is shown. */
function isNamed({ model }: GridView, column: string): boolean {
  const field = fieldOf(model, column);
  return field !== null && (field.related !== null || field.choices.length > 0);
}

/** The value of a cell before and after what waits; null where there is none yet. */
export function valuesAt(
  view: GridView,
  content: GridRowContent,
  column: string,
): { readonly before: CellValue | null; readonly now: CellValue | null; readonly changed: boolean } {
  if (content.kind === 'new') {
    const value = content.row.values[column] ?? null;
    return { before: null, now: value, changed: value !== null };
  }
  const before = content.row.cells[view.rows.columns.indexOf(column)] ?? null;
  const edit = view.changes.edits.get(editId(content.row.key, column));
  return { before, now: edit?.after ?? before, changed: edit !== undefined };
}

/** What the grid shows in a cell; null while its row is on its way. */
export function cellAt(view: GridView, row: number, place: number): GridCell | null {
  const content = rowIn(view, row);
  const column = view.shown[place]?.column;
  if (content === null || column === undefined) return null;
  const { now, changed } = valuesAt(view, content, column.name);
  const editable = view.table.readOnly === null && !column.generated;
  if (content.kind === 'new') {
    const edit = editable ? (now === null ? '' : editTextOf(now)) : null;
    if (now === null) return { text: defaultText(column), kind: 'none', edit, changed: true };
    return { ...shownText(view, column, now), edit, changed: true };
  }
  if (now === null) return null;
  const gone = view.changes.deletes.has(rowId(content.row.key));
  return {
    ...shownText(view, column, now),
    edit: editable && !gone && column.primaryKey === 0 ? editTextOf(now) : null,
    ...{ changed, gone },
    link: now.kind !== 'null' && targetOf(view, column) !== null,
  };
}

function defaultText({ default: code, primaryKey, notNull }: DatabaseColumn): string {
  if (code !== null) return `default ${code}`;
  return primaryKey > 0 ? 'automatic' : notNull ? 'needs a value' : 'NULL';
}

function shownText(view: GridView, column: DatabaseColumn, value: CellValue) {
  const field = fieldOf(view.model, column.name);
  if (field === null || view.model === null) return textOf(value);
  const { related } = field;
  const label = related === null ? null : view.labels.labelOf(related.table, related.column, value);
  return label === null ? djangoText(field, value, view.model) : { text: label, kind: 'value' as const };
}
