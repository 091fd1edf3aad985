import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { classNames } from './class-names.ts';
import { blockText, parseBlock } from './grid-block.ts';
import { GridCellView } from './grid-cell.tsx';
import { GridHeader } from './grid-header.tsx';
import { gridMove, type DataGridProps, type GridPosition } from './grid-model.ts';
import { ContextMenu, type MenuEntry } from './menu.tsx';
import { ROW_HEIGHT, useGridWindow } from './use-grid-window.ts';
import type { VisibleRows } from './use-row-window.ts';
import './data-grid.css';

/**
 * Rows and columns of any number: only what is in sight is in the page. One cell is current; the arrow
 * keys move it, Enter or typing edits it, Escape gives the old text back.
 */
export function DataGrid(props: DataGridProps) {
  const [menu, setMenu] = useState<readonly MenuEntry[]>([]);
  const grid = <Grid {...props} onMenu={setMenu} />;
  if (props.menuFor === undefined) return grid;
  return (
    <ContextMenu entries={menu}>
      <div className="grid-frame">{grid}</div>
    </ContextMenu>
  );
}

interface GridProps extends DataGridProps {
  readonly onMenu: (entries: readonly MenuEntry[]) => void;
}

function Grid(props: GridProps) {
  const { label, columns, rowCount } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const [current, setCurrent] = useState<GridPosition>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<string | null>(null);
  const shown = useGridWindow(props, scroller);
  const { rows, cells, pinned } = shown;
  useVisibleRows(rows, props.onVisibleRows);

  const goTo = (position: GridPosition): void => {
    setCurrent(position);
    rows.reveal(position.row);
    if (position.column >= pinned) cells.scrollToIndex(position.column - pinned, { align: 'auto' });
  };

  const startEdit = (position: GridPosition, typed?: string): void => {
    setCurrent(position);
    const cell = props.cellAt(position.row, position.column);
    if (cell === null) return;
    if (cell.edit !== null && props.onEdit !== undefined) setEditing(typed ?? cell.edit);
    else if (typed === undefined) props.onOpenCell?.(position);
  };

  const endEdit = (text: string | null, move: string | null): void => {
    setEditing(null);
    if (text !== null && text !== props.cellAt(current.row, current.column)?.edit)
      props.onEdit?.(current, text);
    const size = { rows: rowCount, columns: columns.length, page: 1 };
    const next = move === null ? null : gridMove(current, move, size, false);
    if (next !== null) goTo(next);
    scroller.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (editing !== null || rowCount === 0) return;
    const control = event.ctrlKey || event.metaKey;
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2, 1);
    const next = gridMove(current, event.key, { rows: rowCount, columns: columns.length, page }, control);
    if (next !== null) goTo(next);
    else if (control && event.key === 'Enter') props.onFollow?.(current);
    else if (event.key === 'Enter' || event.key === 'F2') startEdit(current);
    else if (event.key === ' ' && event.shiftKey) toggleRow(props, current.row, control);
    else if (event.key === 'Delete' && props.onClear !== undefined) props.onClear(current);
    else if (control && event.key.toLowerCase() === 'c') copy(props, current);
    else if (event.key.length === 1 && !control && !event.altKey) startEdit(current, event.key);
    else return;
    event.preventDefault();
  };

  const onPaste = (event: ClipboardEvent): void => {
    if (editing !== null || props.onPaste === undefined) return;
    const block = parseBlock(event.clipboardData.getData('text/plain'));
    if (block.length > 0) props.onPaste(current, block);
    event.preventDefault();
  };

  const cellOf = (row: number, column: number) => {
    const position = { row, column };
    const isCurrent = current.row === row && current.column === column;
    return (
      <GridCellView
        key={columns[column]?.id ?? column}
        id={`${gridId}-${String(row)}-${String(column)}`}
        cell={props.cellAt(row, column)}
        {...shown.placeOf(column)}
        column={column}
        end={columns[column]?.align === 'end'}
        current={isCurrent}
        editing={isCurrent ? editing : null}
        onFocus={() => {
          setCurrent(position);
        }}
        onOpen={() => {
          startEdit(position);
        }}
        onFollow={() => props.onFollow?.(position)}
        onHover={(element) => props.onHoverLink?.(element === null ? null : { position, element })}
        onEnd={endEdit}
      />
    );
  };

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-multiselectable={props.onSelectRows !== undefined || undefined}
      aria-activedescendant={
        rowCount > 0 ? `${gridId}-${String(current.row)}-${String(current.column)}` : undefined
      }
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onContextMenu={(event) => {
        const pressed = event.target instanceof Element ? event.target : null;
        const head = pressed?.closest<HTMLElement>('[data-head]')?.dataset['head'];
        if (head !== undefined) props.onMenu(props.headMenuFor?.(head) ?? []);
        else props.onMenu(rowCount === 0 ? [] : (props.menuFor?.(rowAtPointer(pressed, current)) ?? []));
      }}
    >
      <GridHeader {...{ columns, shown }} onSort={props.onSort} onMoveColumn={props.onMoveColumn} />
      <div className="grid-body" style={{ height: rows.height, width: shown.width }}>
        {rowsIn(rows).map((row) => (
          <GridRow
            key={row}
            {...{ props, row }}
            top={rows.startOf(row)}
            frozenWidth={shown.frozenWidth}
            labelWidth={shown.labelWidth}
            frozen={columns.slice(0, pinned).map((_, column) => cellOf(row, column))}
          >
            {cells.getVirtualItems().map(({ index }) => cellOf(row, index + pinned))}
          </GridRow>
        ))}
      </div>
    </div>
  );
}

interface GridRowProps {
  readonly props: DataGridProps;
  readonly row: number;
  readonly top: number;
  readonly frozenWidth: number;
  readonly labelWidth: number;
  readonly frozen: React.ReactNode;
  readonly children: React.ReactNode;
}

function GridRow({ props, row, top, frozenWidth, labelWidth, frozen, children }: GridRowProps) {
  const selected = props.selectedRows?.has(row);
  return (
    <div
      role="row"
      data-row={row}
      aria-rowindex={row + 2}
      aria-selected={selected}
      className={classNames('grid-row', selected === true && 'grid-row-selected')}
      style={{ transform: `translateY(${String(top)}px)` }}
    >
      <div className="grid-frozen" role="presentation" style={{ width: frozenWidth }}>
        <div
          className="grid-row-label"
          role="rowheader"
          style={{ width: labelWidth }}
          onClick={(event) => {
            if (event.shiftKey) selectTo(props, row);
            else toggleRow(props, row, event.ctrlKey || event.metaKey);
          }}
        >
          {props.rowLabel?.(row) ?? row + 1}
        </div>
        {frozen}
      </div>
      {children}
    </div>
  );
}

function rowsIn({ first, last }: VisibleRows): readonly number[] {
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, place) => first + place);
}

function useVisibleRows({ first, last }: VisibleRows, onVisibleRows: DataGridProps['onVisibleRows']): void {
  useEffect(() => {
    if (last >= first) onVisibleRows?.(first, last);
  }, [first, last, onVisibleRows]);
}

/** The cell that was pressed; on a row's number the current column of that row. */
function rowAtPointer(pressed: Element | null, current: GridPosition): GridPosition {
  const row = Number(pressed?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? current.row);
  const column = pressed?.closest('[role=gridcell]')?.getAttribute('aria-colindex');
  return { row, column: column === null || column === undefined ? current.column : Number(column) - 1 };
}

function toggleRow({ selectedRows, onSelectRows }: DataGridProps, row: number, add: boolean): void {
  const before = selectedRows ?? new Set<number>();
  if (!add) {
    onSelectRows?.(before.size === 1 && before.has(row) ? new Set() : new Set([row]));
    return;
  }
  const next = new Set(before);
  if (!next.delete(row)) next.add(row);
  onSelectRows?.(next);
}

const MOST_SELECTED = 1000;

/** From the row that was selected last to this one. */
function selectTo({ selectedRows, onSelectRows }: DataGridProps, row: number): void {
  const from = [...(selectedRows ?? [])].at(-1) ?? row;
  const count = Math.min(Math.abs(row - from) + 1, MOST_SELECTED);
  const step = Math.sign(row - from);
  onSelectRows?.(new Set(Array.from({ length: count }, (_, place) => from + step * place)));
}

/** The current cell, or the selected rows as a block that spreadsheets take. */
function copy({ columns, selectedRows, cellAt }: DataGridProps, current: GridPosition): void {
  const textAt = (row: number, column: number): string => {
    const cell = cellAt(row, column);
    return cell === null || cell.kind === 'none' ? '' : (cell.edit ?? cell.text);
  };
  const rows = [...(selectedRows ?? [])].toSorted((a, b) => a - b);
  const text =
    rows.length === 0
      ? textAt(current.row, current.column)
      : blockText(rows.map((row) => columns.map((_, column) => textAt(row, column))));
  void navigator.clipboard.writeText(text);
}
