import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { classNames } from './class-names.ts';
import { GridHeader } from './grid-header.tsx';
import {
  gridMove,
  guessColumnWidth,
  rowLabelWidth,
  type DataGridProps,
  type GridCell,
  type GridPosition,
} from './grid-model.ts';
import { useRowWindow, type VisibleRows } from './use-row-window.ts';
import './data-grid.css';

const ROW_HEIGHT = 26;
const HEADER_HEIGHT = 30;

/**
 * Rows and columns of any number: only what is in sight is in the page. One cell is current; the arrow
 * keys move it, Enter or typing edits it, Escape gives the old text back.
 */
export function DataGrid(props: DataGridProps) {
  const { label, columns, rowCount, selectedRows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const [current, setCurrent] = useState<GridPosition>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<string | null>(null);
  const { rows, cells, widths, labelWidth, setWidth } = useGridWindow(props, scroller);
  useVisibleRows(rows, props.onVisibleRows);

  const goTo = (position: GridPosition): void => {
    setCurrent(position);
    rows.reveal(position.row);
    cells.scrollToIndex(position.column, { align: 'auto' });
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
    else if (event.key === 'Enter' || event.key === 'F2') startEdit(current);
    else if (event.key === ' ' && event.shiftKey) toggleRow(props, current.row, control);
    else if (event.key === 'Delete' && props.onClear !== undefined) props.onClear(current);
    else if (control && event.key.toLowerCase() === 'c') copyCell(props.cellAt(current.row, current.column));
    else if (event.key.length === 1 && !control && !event.altKey) startEdit(current, event.key);
    else return;
    event.preventDefault();
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
      aria-activedescendant={rowCount > 0 ? `${gridId}-${current.row}-${current.column}` : undefined}
      onKeyDown={onKeyDown}
    >
      <GridHeader
        columns={columns}
        items={cells.getVirtualItems()}
        width={cells.getTotalSize()}
        widths={widths}
        labelWidth={labelWidth}
        onResize={setWidth}
        onSort={props.onSort}
      />
      <div className="grid-body" style={{ height: rows.height, width: cells.getTotalSize() + labelWidth }}>
        {rowsIn(rows).map((row) => (
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            aria-selected={selectedRows?.has(row)}
            className={classNames('grid-row', selectedRows?.has(row) === true && 'grid-row-selected')}
            style={{ transform: `translateY(${String(rows.startOf(row))}px)` }}
          >
            <div
              className="grid-row-label"
              role="rowheader"
              style={{ width: labelWidth }}
              onClick={(event) => {
                toggleRow(props, row, event.ctrlKey || event.metaKey);
              }}
            >
              {props.rowLabel?.(row) ?? row + 1}
            </div>
            {cells.getVirtualItems().map((column) => {
              const isCurrent = current.row === row && current.column === column.index;
              const position = { row, column: column.index };
              return (
                <Cell
                  key={column.key}
                  id={`${gridId}-${row}-${column.index}`}
                  cell={props.cellAt(row, column.index)}
                  left={column.start + labelWidth}
                  width={column.size}
                  column={column.index}
                  end={columns[column.index]?.align === 'end'}
                  current={isCurrent}
                  editing={isCurrent ? editing : null}
                  onFocus={() => {
                    setCurrent(position);
                  }}
                  onOpen={() => {
                    startEdit(position);
                  }}
                  onEnd={endEdit}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function useGridWindow(props: DataGridProps, scroller: RefObject<HTMLDivElement | null>) {
  const { columns, rowCount, cellAt } = props;
  const [resized, setResized] = useState<ReadonlyMap<string, number>>(new Map());
  const names = columns.map((column) => `${column.id}:${column.detail ?? ''}`).join('\n');
  const guessed = useMemo(
    () =>
      columns.map((column, index) => {
        const samples = Array.from(
          { length: Math.min(rowCount, 20) },
          (_, row) => cellAt(row, index)?.text ?? '',
        );
        return column.width ?? guessColumnWidth(`${column.title} ${column.detail ?? ''}`, samples);
      }),
    // Widths are guessed once for a set of columns: a grid whose columns jump while scrolling can't be read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [names, rowCount > 0],
  );
  const widths = columns.map((column, index) => resized.get(column.id) ?? guessed[index] ?? 120);
  const labelWidth = rowLabelWidth(rowCount);
  const rows = useRowWindow(scroller, { rows: rowCount, rowHeight: ROW_HEIGHT, header: HEADER_HEIGHT });
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const cells = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 120,
    scrollPaddingStart: labelWidth,
    overscan: 3,
  });
  const measured = widths.join();
  useEffect(() => {
    cells.measure();
  }, [cells, measured]);
  const setWidth = (id: string, width: number): void => {
    setResized((before) => new Map(before).set(id, Math.max(width, 40)));
  };
  return { rows, cells, widths, labelWidth, setWidth };
}

function rowsIn({ first, last }: VisibleRows): readonly number[] {
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, place) => first + place);
}

function useVisibleRows({ first, last }: VisibleRows, onVisibleRows: DataGridProps['onVisibleRows']): void {
  useEffect(() => {
    if (last >= first) onVisibleRows?.(first, last);
  }, [first, last, onVisibleRows]);
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

function copyCell(cell: GridCell | null): void {
  if (cell !== null)
    void navigator.clipboard.writeText(cell.kind === 'value' ? (cell.edit ?? cell.text) : '');
}

interface CellProps {
  readonly id: string;
  readonly cell: GridCell | null;
  readonly left: number;
  readonly width: number;
  readonly column: number;
  readonly end: boolean;
  readonly current: boolean;
  readonly editing: string | null;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onEnd: (text: string | null, move: string | null) => void;
}

function Cell({ id, cell, left, width, column, end, current, editing, ...on }: CellProps) {
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={column + 1}
      aria-invalid={cell?.problem !== undefined || undefined}
      title={cell?.problem}
      className={classNames(
        'grid-cell',
        end && 'grid-cell-end',
        cell !== null && `grid-cell-${cell.kind}`,
        cell?.changed === true && 'grid-cell-changed',
        cell?.problem !== undefined && 'grid-cell-problem',
        current && 'grid-cell-current',
      )}
      style={{ left, width }}
      onPointerDown={on.onFocus}
      onDoubleClick={on.onOpen}
    >
      {editing === null ? cell?.text : <CellEditor text={editing} onEnd={on.onEnd} />}
    </div>
  );
}

function CellEditor({ text, onEnd }: { readonly text: string; readonly onEnd: CellProps['onEnd'] }) {
  const [value, setValue] = useState(text);
  const ended = useRef(false);
  const end = (result: string | null, move: string | null): void => {
    if (ended.current) return;
    ended.current = true;
    onEnd(result, move);
  };
  return (
    <input
      className="grid-editor"
      aria-label="New value"
      autoFocus
      value={value}
      spellCheck={false}
      onChange={(event) => {
        setValue(event.target.value);
      }}
      onBlur={() => {
        end(value, null);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(value, 'ArrowDown');
        else if (event.key === 'Tab') end(value, event.shiftKey ? 'ArrowLeft' : 'ArrowRight');
        else if (event.key === 'Escape') end(null, null);
        else return;
        event.preventDefault();
      }}
    />
  );
}
