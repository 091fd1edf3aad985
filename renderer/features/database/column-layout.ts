import { useMemo } from 'react';
import type { ColumnLayout } from '../../../shared/contract/app-calls.ts';
import type { DatabaseColumn, DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { useSettings, useStudio, useWorkspace } from '../../stores/studio-context.tsx';

/** A column as it is shown. */
export interface ShownColumn {
  readonly column: DatabaseColumn;
  readonly width: number | null;
  readonly pinned: boolean;
}

/** The columns of a table in the order of the person, and what changes it. */
export interface TableColumns {
  /** Without the hidden ones; pinned ones first. */
  readonly shown: readonly ShownColumn[];
  readonly hidden: readonly string[];
  readonly change: (next: readonly ColumnLayout[]) => void;
  readonly layout: readonly ColumnLayout[];
}

/** Remembers order, width, pins and hidden columns of a table. */
export function useTableColumns(database: string, table: DatabaseTable): TableColumns {
  const { settings } = useStudio();
  const folder = useWorkspace((state) => state.workspace?.path ?? '');
  const key = `${folder}\n${database}\n${table.name}`;
  const saved = useSettings((state) => state.settings.tableColumns[key]);
  return useMemo(() => {
    const layout = completeLayout(table.columns, saved ?? []);
    return {
      layout,
      shown: shownColumns(table.columns, layout),
      hidden: layout.filter(({ hidden }) => hidden).map(({ name }) => name),
      change: (next) => {
        settings.change({ tableColumns: { [key]: [...next] } }).catch(reportError);
      },
    };
  }, [settings, table, saved, key]);
}

/** What was remembered, with the columns that came since at the end and without those that are gone. */
export function completeLayout(
  columns: readonly DatabaseColumn[],
  saved: readonly ColumnLayout[],
): readonly ColumnLayout[] {
  const names = new Set(columns.map(({ name }) => name));
  const known = saved.filter(({ name }) => names.has(name));
  const seen = new Set(known.map(({ name }) => name));
  const others = columns.filter(({ name }) => !seen.has(name));
  return [...known, ...others.map(({ name }) => ({ name, width: null, pinned: false, hidden: false }))];
}

function shownColumns(
  columns: readonly DatabaseColumn[],
  layout: readonly ColumnLayout[],
): readonly ShownColumn[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const visible = layout.filter(({ hidden }) => !hidden);
  return [...visible.filter(({ pinned }) => pinned), ...visible.filter(({ pinned }) => !pinned)].flatMap(
    ({ name, width, pinned }) => {
      const column = byName.get(name);
      return column === undefined ? [] : [{ column, width, pinned }];
    },
  );
}

/** The layout with one column changed. */
export function withColumn(
  layout: readonly ColumnLayout[],
  name: string,
  change: Partial<ColumnLayout>,
): readonly ColumnLayout[] {
  return layout.map((each) => (each.name === name ? { ...each, ...change } : each));
}

/** The layout with a column moved to the place of another; it is pinned as that one is. */
export function withMoved(
  layout: readonly ColumnLayout[],
  name: string,
  onto: string,
): readonly ColumnLayout[] {
  const moved = layout.find((each) => each.name === name);
  const target = layout.find((each) => each.name === onto);
  if (moved === undefined || target === undefined) return layout;
  const behind = layout.indexOf(moved) < layout.indexOf(target);
  return layout.flatMap((each) => {
    if (each === moved) return [];
    if (each !== target) return [each];
    const placed = { ...moved, pinned: target.pinned };
    return behind ? [target, placed] : [placed, target];
  });
}
