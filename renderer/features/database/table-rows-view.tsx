import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { DataGridProps, GridPosition } from '../../ui/grid-model.ts';
import { ProgressBar } from '../../ui/progress.tsx';
import { CellDialog } from './cell-dialog.tsx';
import { valueOf } from './cell-text.ts';
import { ChangesDialog } from './changes-dialog.tsx';
import { useTableColumns, withColumn, withMoved } from './column-layout.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { rowsWith } from './filter-draft.ts';
import { cellAt, fieldOf, gridColumns, rowIn, targetOf, valuesAt, type GridView } from './grid-view.ts';
import { LinkedRow, type HoveredLink } from './linked-row.tsx';
import { columnMenu, rowMenu } from './row-menu.ts';
import type { RowQuery } from './row-reader.ts';
import { NO_CHANGES } from './staged-changes.ts';
import { TableHeader } from './table-header.tsx';
import { useModelTable, useRowLabels } from './use-model-table.ts';
import { useRelatedRows } from './use-related-rows.ts';
import { changeActions, useStagedChanges } from './use-staged-changes.ts';
import { useTableRows } from './use-table-rows.ts';

interface TableRowsViewProps {
  readonly database: string;
  readonly table: DatabaseTable;
  readonly filter: RowFilter | null;
  readonly parts: ReactNode;
  readonly onGo: (table: string, filter: RowFilter | null) => void;
}

/** The rows of one table in a grid, with changes that are staged until their SQL was seen. */
export function TableRowsView({ database, table, filter, parts, onGo }: TableRowsViewProps) {
  const { api, notify } = useStudio();
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<RowQuery['order']>(null);
  const [writing, setWriting] = useState(false);
  const [lastUndo, setLastUndo] = useState<string | null>(null);
  // A jump to some rows of this very table brings its filter with it.
  const filtering = writing || filter !== null;
  const setFiltering = (next: boolean): void => {
    setWriting(next);
    if (!next && filter !== null) onGo(table.name, null);
  };
  const [stored, setStored] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [dialog, setDialog] = useState<'changes' | 'export' | 'import' | OpenedCell | null>(null);
  const [hovered, setHovered] = useState<HoveredLink | null>(null);
  const query = useMemo(
    () => ({ database, table: table.name, search, filter, order }),
    [database, table, search, filter, order],
  );
  const rows = useTableRows(query);
  const described = useModelTable(database, table.name);
  const labels = useRowLabels(database);
  const columns = useTableColumns(database, table);
  const [changes, setChanges] = useStagedChanges();
  const view: GridView = {
    table,
    shown: columns.shown,
    rows,
    changes,
    model: stored ? null : described,
    labels,
  };
  const actions = changeActions(view, setChanges);
  const related = useRelatedRows(database, table.name, described);
  useNamesInSight(view);

  const follow = (position: GridPosition): void => {
    const link = linkAt(view, position);
    if (link !== null) onGo(link.table, rowsWith(link.column, link.value));
  };
  const setDefault = (position: GridPosition): void => {
    const name = view.shown[position.column]?.column.name;
    if (name === undefined) return;
    if (rowIn(view, position.row)?.kind === 'new') {
      actions.set(position, () => null);
      return;
    }
    const known = fieldOf(described, name)?.default ?? null;
    void attempt(notify, 'The default is not known', async () => {
      const value =
        known ?? (await api.call('database.defaultOf', { database, table: table.name, column: name }));
      actions.set(position, () => value);
    });
  };
  const grid: DataGridProps = {
    label: `Rows of ${table.name}`,
    columns: gridColumns(view, order),
    rowCount: rows.rowCount + changes.inserts.length,
    cellAt: (row, column) => cellAt(view, row, column),
    rowLabel: (row) => (row < changes.inserts.length ? 'new' : String(row - changes.inserts.length + 1)),
    selectedRows: selected,
    onSelectRows: setSelected,
    onVisibleRows: rows.show,
    onSort: (column) => {
      setOrder((before) => nextOrder(before, column));
    },
    onEdit: (position, text) => {
      actions.set(position, (column) => valueOf(text, column));
    },
    onClear: (position) => {
      actions.set(position, ({ notNull }) => (notNull ? null : { kind: 'null' }));
    },
    onPaste: (position, block) => {
      if (table.readOnly === null) actions.paste(position, block);
    },
    onOpenCell: (position) => {
      setDialog(openedCell(view, position));
    },
    onFollow: follow,
    onHoverLink: (link) => {
      const target = link === null ? null : linkAt(view, link.position);
      setHovered(link === null || target === null ? null : { ...target, element: link.element });
    },
    menuFor: (position) =>
      rowMenu(
        {
          ...{ view, actions, related, selected, onGo },
          onOpen: (at) => {
            setDialog(openedCell(view, at));
          },
          onFilter: (next) => {
            onGo(table.name, next);
          },
          onDefault: setDefault,
        },
        position,
      ),
    headMenuFor: (column) => columnMenu(columns, column),
    onResizeColumn: (name, width) => {
      columns.change(withColumn(columns.layout, name, { width }));
    },
    onMoveColumn: (name, onto) => {
      columns.change(withMoved(columns.layout, name, onto));
    },
  };
  const undo = (name: string): Promise<void> =>
    attempt(notify, 'The changes were not taken back', async () => {
      await api.call('database.undoEdits', { database, undo: name });
      setLastUndo((last) => (last === name ? null : last));
    });
  return (
    <div className="table-view">
      <TableHeader
        {...{ table, rows, search, changes, parts, filtering, stored, described }}
        onSearch={setSearch}
        onStored={setStored}
        onFiltering={setFiltering}
        onAdd={() => {
          actions.addRow(described);
        }}
        onReview={() => {
          setDialog('changes');
        }}
        onUndo={lastUndo === null ? null : () => void undo(lastUndo)}
        onExport={() => {
          setDialog('export');
        }}
        onImport={() => {
          setDialog('import');
        }}
        onDiscard={() => {
          setChanges(NO_CHANGES);
        }}
      />
      {filtering && (
        <FilterBar
          key={JSON.stringify(filter)}
          {...{ table, filter }}
          onFilter={(next) => {
            onGo(table.name, next);
          }}
          onClose={() => {
            setWriting(false);
          }}
        />
      )}
      {table.readOnly !== null && <Banner tone="info">{table.readOnly}</Banner>}
      {rows.problem !== null && <Banner tone="danger">{rows.problem}</Banner>}
      {rows.searched !== null && <Searching rows={rows} />}
      <div className="table-view-grid">
        <DataGrid {...grid} />
      </div>
      {hovered !== null && (
        <LinkedRow key={JSON.stringify(hovered.value)} {...{ database, hovered, labels }} />
      )}
      {dialog !== null && typeof dialog !== 'string' && (
        <CellDialog
          {...dialog}
          {...{ database, table: table.name }}
          onClose={() => {
            setDialog(null);
          }}
        />
      )}
      {dialog === 'export' && (
        <ExportDialog
          {...{ database, table: table.name, search, filter }}
          onClose={() => {
            setDialog(null);
          }}
        />
      )}
      {dialog === 'import' && (
        <ImportDialog
          {...{ database, table }}
          onClose={() => {
            setDialog(null);
          }}
        />
      )}
      {dialog === 'changes' && (
        <ChangesDialog
          {...{ database, table: table.name, changes }}
          onChange={setChanges}
          onClose={() => {
            setDialog(null);
          }}
          onApplied={(changed, name) => {
            setDialog(null);
            setChanges(NO_CHANGES);
            setSelected(new Set());
            setLastUndo(name);
            rows.reload();
            notify({
              kind: 'done',
              title: changed === 1 ? 'Applied 1 change' : `Applied ${String(changed)} changes`,
              ...(name === null
                ? { description: 'It was too much to be kept for undo.' }
                : { action: { label: 'Undo', onChoose: () => void undo(name) } }),
            });
          }}
        />
      )}
    </div>
  );
}

function Searching({ rows }: { readonly rows: GridView['rows'] }) {
  const percent = Math.round((rows.searched ?? 0) * 100);
  return (
    <div className="table-searching">
      <ProgressBar label={`Searched ${String(percent)} %`} value={rows.searched} />
      <span>{`Searched ${String(percent)} % of the table`}</span>
      {rows.paused ? (
        <Button small onClick={rows.resume}>
          Search on
        </Button>
      ) : (
        <Button small onClick={rows.pause}>
          Stop
        </Button>
      )}
    </div>
  );
}

interface OpenedCell {
  readonly row: readonly CellValue[];
  readonly column: string;
}

function openedCell(view: GridView, { row, column }: GridPosition): OpenedCell | null {
  const content = rowIn(view, row);
  const name = view.shown[column]?.column.name;
  return content?.kind !== 'stored' || name === undefined ? null : { row: content.row.key, column: name };
}

/** Where the value of a cell points to. */
function linkAt(
  view: GridView,
  { row, column }: GridPosition,
): { readonly table: string; readonly column: string; readonly value: CellValue } | null {
  const content = rowIn(view, row);
  const described = view.shown[column]?.column;
  if (content === null || described === undefined) return null;
  const target = targetOf(view, described);
  const { now } = valuesAt(view, content, described.name);
  return target === null || now === null || now.kind === 'null'
    ? null
    : { table: target.table, column: target.column, value: now };
}

const NAMED_ROWS = 200;

/** Asks what the rows are called that the foreign keys in sight point to. */
function useNamesInSight(view: GridView): void {
  useEffect(() => {
    const { model, rows, labels } = view;
    for (const { column, related } of model?.fields ?? []) {
      if (related === null) continue;
      const place = rows.columns.indexOf(column);
      const values = rows.inSight(NAMED_ROWS).flatMap(({ cells }) => cells[place] ?? []);
      labels.want(related.table, related.column, values);
    }
  });
}

/** Up, down, and back to the order of the key. */
function nextOrder(before: RowQuery['order'], column: string): RowQuery['order'] {
  if (before?.column !== column) return { column, descending: false };
  return before.descending ? null : { column, descending: true };
}
