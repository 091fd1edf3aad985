import { Boxes, RefreshCw } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CellEdit, DatabaseColumn, DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { GridCell, GridColumn, GridPosition } from '../../ui/grid-model.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PaneHeader } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { CellDialog } from './cell-dialog.tsx';
import { editTextOf, textOf, valueOf } from './cell-text.ts';
import { EditsDialog } from './edits-dialog.tsx';
import { editId, stage, type StagedEdits } from './staged-edits.ts';
import { TableStructureView } from './table-structure.tsx';
import type { RowQuery } from './row-reader.ts';
import { useTableRows, type TableRows } from './use-table-rows.ts';

interface TableViewProps {
  readonly database: string;
  readonly table: DatabaseTable;
  /** Shows another table. */
  readonly onChoose: (table: string) => void;
}

/** One table: its rows, or how it is made. */
export function TableView({ database, table, onChoose }: TableViewProps) {
  const [part, setPart] = useState<TablePart>('rows');
  const parts = <TableParts part={part} onChange={setPart} />;
  if (part === 'rows') return <TableRowsView {...{ database, table, parts }} />;
  return (
    <div className="table-view">
      <PaneHeader title={table.name} detail={table.model ?? undefined} actions={parts} />
      <TableStructureView {...{ database, table, onChoose }} />
    </div>
  );
}

type TablePart = 'rows' | 'structure';

interface TablePartsProps {
  readonly part: TablePart;
  readonly onChange: (part: TablePart) => void;
}

function TableParts({ part, onChange }: TablePartsProps) {
  return (
    <Segmented
      label="What is shown of the table"
      value={part}
      onChange={onChange}
      choices={[
        { value: 'rows', label: 'Rows' },
        { value: 'structure', label: 'Structure' },
      ]}
    />
  );
}

interface TableRowsViewProps extends Omit<TableViewProps, 'onChoose'> {
  readonly parts: ReactNode;
}

/** The rows of one table in a grid, with edits that are staged until their SQL was seen. */
function TableRowsView({ database, table, parts }: TableRowsViewProps) {
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<RowQuery['order']>(null);
  const query = useMemo(
    () => ({ database, table: table.name, search, order }),
    [database, table, search, order],
  );
  const rows = useTableRows(query);
  const { edits, change, discard } = useStagedEdits(table, rows);
  const [reviewing, setReviewing] = useState(false);
  const [opened, setOpened] = useState<OpenedCell | null>(null);
  const columns = useMemo(() => gridColumns(table, order), [table, order]);

  return (
    <div className="table-view">
      <TableHeader
        {...{ table, rows, search, edits, parts }}
        onSearch={setSearch}
        onReview={() => {
          setReviewing(true);
        }}
        onDiscard={discard}
      />
      {table.readOnly !== null && <Banner tone="info">{table.readOnly}</Banner>}
      {rows.problem !== null && <Banner tone="danger">{rows.problem}</Banner>}
      <div className="table-view-grid">
        <DataGrid
          label={`Rows of ${table.name}`}
          columns={columns}
          rowCount={rows.rowCount}
          cellAt={(row, column) => cellAt(table, rows, edits, row, column)}
          onVisibleRows={rows.show}
          onSort={(column) => {
            setOrder((before) => nextOrder(before, column));
          }}
          onEdit={(position, text) => {
            change(position, (column) => valueOf(text, column));
          }}
          onClear={(position) => {
            change(position, ({ notNull }) => (notNull ? null : { kind: 'null' }));
          }}
          onOpenCell={(position) => {
            setOpened(openedCell(rows, position));
          }}
        />
      </div>
      {opened !== null && (
        <CellDialog
          {...opened}
          database={database}
          table={table.name}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
      {reviewing && (
        <EditsDialog
          database={database}
          table={table.name}
          edits={edits}
          onClose={() => {
            setReviewing(false);
          }}
          onApplied={() => {
            setReviewing(false);
            discard();
            rows.reload();
          }}
        />
      )}
    </div>
  );
}

interface OpenedCell {
  readonly row: readonly CellValue[];
  readonly column: string;
}

function openedCell(rows: TableRows, { row, column }: GridPosition): OpenedCell | null {
  const stored = rows.rowAt(row);
  const name = rows.columns[column];
  return stored === null || name === undefined ? null : { row: stored.key, column: name };
}

/** The edits of one table that wait; `change` stages one, and none where `valueFor` gives null. */
function useStagedEdits(table: DatabaseTable, rows: TableRows) {
  const [edits, setEdits] = useState<StagedEdits>(new Map());
  const change = (
    { row, column }: GridPosition,
    valueFor: (column: DatabaseColumn) => CellValue | null,
  ): void => {
    const stored = rows.rowAt(row);
    const before = stored?.cells[column];
    const described = table.columns.find(({ name }) => name === rows.columns[column]);
    if (stored === null || before === undefined || described === undefined) return;
    const after = valueFor(described);
    if (after !== null) setEdits((known) => stage(known, stored, described.name, before, after));
  };
  const discard = (): void => {
    setEdits(new Map());
  };
  return { edits, change, discard };
}

interface TableHeaderProps {
  readonly table: DatabaseTable;
  readonly parts: ReactNode;
  readonly rows: ReturnType<typeof useTableRows>;
  readonly search: string;
  readonly edits: StagedEdits;
  readonly onSearch: (search: string) => void;
  readonly onReview: () => void;
  readonly onDiscard: () => void;
}

function TableHeader({ table, parts, rows, search, edits, onSearch, onReview, onDiscard }: TableHeaderProps) {
  const { shell, designer } = useStudio();
  const { model } = table;
  return (
    <PaneHeader
      title={table.name}
      detail={
        rows.total === null ? undefined : rows.total === 1 ? '1 row' : `${rows.total.toLocaleString()} rows`
      }
      actions={
        <>
          {rows.reading && <Spinner />}
          {edits.size > 0 && (
            <>
              <Badge tone="warning">{edits.size === 1 ? '1 edit' : `${edits.size} edits`}</Badge>
              <Button small kind="quiet" onClick={onDiscard}>
                Discard
              </Button>
              <Button small kind="primary" onClick={onReview}>
                Review and apply…
              </Button>
            </>
          )}
          <SearchField
            aria-label="Search rows"
            placeholder="Search rows"
            value={search}
            onChange={onSearch}
          />
          {model !== null && (
            <IconButton
              icon={Boxes}
              label={`Show the model ${model}`}
              onClick={() => {
                designer.reveal(model);
                shell.show('models');
              }}
            />
          )}
          <IconButton icon={RefreshCw} label="Read the rows again" onClick={rows.reload} />
          {parts}
        </>
      }
    />
  );
}

function gridColumns(table: DatabaseTable, order: RowQuery['order']): readonly GridColumn[] {
  return table.columns.map(({ name, type, primaryKey }) => ({
    id: name,
    title: name,
    detail: primaryKey > 0 ? `${type.toLowerCase()}, key` : type.toLowerCase(),
    align: /int|real|dec|num|float|double/i.test(type) ? 'end' : 'start',
    sortable: true,
    sorted: order?.column !== name ? undefined : order.descending ? 'descending' : 'ascending',
  }));
}

/** Up, down, and back to the order of the key. */
function nextOrder(before: RowQuery['order'], column: string): RowQuery['order'] {
  if (before?.column !== column) return { column, descending: false };
  return before.descending ? null : { column, descending: true };
}

function cellAt(
  table: DatabaseTable,
  rows: TableRows,
  edits: StagedEdits,
  row: number,
  column: number,
): GridCell | null {
  const stored = rows.rowAt(row);
  const name = rows.columns[column];
  const before = stored?.cells[column];
  if (stored === null || name === undefined || before === undefined) return null;
  const edit: CellEdit | undefined = edits.get(editId(stored.key, name));
  const value = edit?.after ?? before;
  const described = table.columns.find((candidate) => candidate.name === name);
  const editable = table.readOnly === null && described?.generated === false && described.primaryKey === 0;
  return { ...textOf(value), edit: editable ? editTextOf(value) : null, changed: edit !== undefined };
}
