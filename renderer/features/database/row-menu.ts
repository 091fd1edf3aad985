import {
  ArrowUpRight,
  CircleSlash,
  Copy,
  CopyPlus,
  Eye,
  EyeOff,
  Filter,
  Link2,
  Maximize2,
  Pin,
  PinOff,
  RotateCcw,
  Trash2,
} from 'lucide-react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { RelatedRows } from '../../../shared/contract/database-model-calls.ts';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import type { GridPosition } from '../../ui/grid-model.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { withColumn, type TableColumns } from './column-layout.ts';
import { rowsWith } from './filter-draft.ts';
import { rowIn, targetOf, valuesAt, type GridView } from './grid-view.ts';
import { rowId } from './staged-changes.ts';
import type { ChangeActions } from './use-staged-changes.ts';

interface RowMenuDeps {
  readonly view: GridView;
  readonly actions: ChangeActions;
  /** Rows of other tables that point to those of this one. */
  readonly related: readonly Pick<RelatedRows, 'title' | 'table' | 'column' | 'toColumn'>[];
  readonly selected: ReadonlySet<number>;
  readonly onOpen: (position: GridPosition) => void;
  readonly onGo: (table: string, filter: RowFilter | null) => void;
  readonly onFilter: (filter: RowFilter) => void;
  readonly onDefault: (position: GridPosition) => void;
}

/** What can be done with a cell and its row. */
export function rowMenu(deps: RowMenuDeps, position: GridPosition): readonly MenuEntry[] {
  const { view, actions, related, selected } = deps;
  const content = rowIn(view, position.row);
  const column = view.shown[position.column]?.column;
  if (content === null || column === undefined) return [];
  const { now } = valuesAt(view, content, column.name);
  const target = targetOf(view, column);
  const writable = view.table.readOnly === null;
  const stored = content.kind === 'stored' ? content.row : null;
  const rows = selected.has(position.row) ? [...selected] : [position.row];
  const going = stored !== null && view.changes.deletes.has(rowId(stored.key));
  return [
    item('open', 'Show the whole value', Maximize2, stored !== null, () => {
      deps.onOpen(position);
    }),
    item('filter', 'Only rows with this value', Filter, now !== null, () => {
      if (now !== null) deps.onFilter(rowsWith(column.name, now));
    }),
    ...(target === null || now === null || now.kind === 'null'
      ? []
      : [
          {
            ...item('follow', `Go to the row of ${target.table}`, ArrowUpRight, true, () => {
              deps.onGo(target.table, rowsWith(target.column, now));
            }),
            shortcut: 'Mod+Enter',
          },
        ]),
    ...(stored === null ? [] : relatedEntries(deps, related, (name) => valueNamed(view, stored.cells, name))),
    { kind: 'separator', id: 'edit' },
    item('null', 'Set NULL', CircleSlash, writable && !column.notNull && column.primaryKey === 0, () => {
      actions.set(position, () => ({ kind: 'null' }));
    }),
    item('default', 'Set the default', RotateCcw, writable && column.primaryKey === 0, () => {
      deps.onDefault(position);
    }),
    item('copy', 'New row like this one', CopyPlus, writable && stored !== null, () => {
      if (stored !== null) actions.addRow(null, stored);
    }),
    {
      ...item(
        'delete',
        going ? 'Keep the row' : rows.length === 1 ? 'Delete the row' : `Delete ${String(rows.length)} rows`,
        going ? RotateCcw : Trash2,
        writable,
        () => {
          actions.deleteRows(rows);
        },
      ),
      danger: !going,
    },
  ];
}

function relatedEntries(
  { onGo }: RowMenuDeps,
  related: RowMenuDeps['related'],
  valueOf: (column: string) => CellValue | null,
): readonly MenuEntry[] {
  const entries = related.slice(0, 15).flatMap(({ title, table, column, toColumn }): MenuEntry[] => {
    const value = valueOf(toColumn);
    if (value === null || value.kind === 'null') return [];
    const go = (): void => {
      onGo(table, rowsWith(column, value));
    };
    return [{ ...item(`related ${table} ${column}`, title, Link2, true, go), detail: `${table}.${column}` }];
  });
  if (entries.length === 0) return [];
  return [
    { kind: 'separator', id: 'related' },
    { kind: 'label', id: 'related rows', label: 'Rows that point here' },
    ...entries,
  ];
}

function valueNamed({ rows }: GridView, cells: readonly CellValue[], name: string): CellValue | null {
  return cells[rows.columns.indexOf(name)] ?? null;
}

/** What can be done with a column. */
export function columnMenu(columns: TableColumns, name: string): readonly MenuEntry[] {
  const { layout, change, hidden } = columns;
  const pinned = layout.find((each) => each.name === name)?.pinned === true;
  const last = columns.shown.length <= 1;
  return [
    item('pin', pinned ? 'Let it scroll' : 'Keep at the left', pinned ? PinOff : Pin, true, () => {
      change(withColumn(layout, name, { pinned: !pinned }));
    }),
    item('hide', 'Hide the column', EyeOff, !last, () => {
      change(withColumn(layout, name, { hidden: true }));
    }),
    item('copy name', 'Copy its name', Copy, true, () => {
      void navigator.clipboard.writeText(name);
    }),
    ...(hidden.length === 0
      ? []
      : [
          { kind: 'separator' as const, id: 'hidden' },
          ...hidden.slice(0, 30).map((each) =>
            item(`show ${each}`, `Show ${each}`, Eye, true, () => {
              change(withColumn(layout, each, { hidden: false }));
            }),
          ),
        ]),
    { kind: 'separator', id: 'reset' },
    item('reset', 'All columns as they were', RotateCcw, true, () => {
      change([]);
    }),
  ];
}

function item(
  id: string,
  label: string,
  icon: Extract<MenuEntry, { kind: 'item' }>['icon'] & object,
  enabled: boolean,
  onChoose: () => void,
): Extract<MenuEntry, { kind: 'item' }> {
  return { kind: 'item', id, label, icon, disabled: !enabled, onChoose };
}
