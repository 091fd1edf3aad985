import { ArrowDown, ArrowUp, Pin } from 'lucide-react';
import { useState, type PointerEvent } from 'react';
import { classNames } from './class-names.ts';
import type { DataGridProps, GridColumn } from './grid-model.ts';
import type { GridWindow } from './use-grid-window.ts';

interface GridHeaderProps {
  readonly columns: readonly GridColumn[];
  readonly shown: GridWindow;
  readonly onSort: DataGridProps['onSort'] | undefined;
  readonly onMoveColumn: DataGridProps['onMoveColumn'] | undefined;
}

/** The titles above a grid's columns: pressed for another order, dragged to another place, resized at the edge. */
export function GridHeader({ columns, shown, onSort, onMoveColumn }: GridHeaderProps) {
  const { cells, pinned, labelWidth, frozenWidth, width } = shown;
  const head = (index: number) => {
    const column = columns[index];
    return column === undefined ? null : (
      <Head key={column.id} {...{ column, index, shown, onSort, onMoveColumn }} />
    );
  };
  return (
    <div className="grid-header" role="row" aria-rowindex={1} style={{ width }}>
      <div className="grid-frozen" role="presentation" style={{ width: frozenWidth }}>
        <div className="grid-corner" role="presentation" style={{ width: labelWidth }} />
        {columns.slice(0, pinned).map((_, index) => head(index))}
      </div>
      {cells.getVirtualItems().map(({ index }) => head(index + pinned))}
    </div>
  );
}

interface HeadProps extends Omit<GridHeaderProps, 'columns'> {
  readonly column: GridColumn;
  readonly index: number;
}

/** What a dragged title is called, so that nothing else can be dropped between columns. */
const DRAGGED = 'application/x-column';

function Head({ column, index, shown, onSort, onMoveColumn }: HeadProps) {
  const [over, setOver] = useState(false);
  const place = shown.placeOf(index);
  return (
    <div
      role="columnheader"
      data-head={column.id}
      aria-colindex={index + 1}
      aria-sort={column.sorted}
      className={classNames('grid-head', column.align === 'end' && 'grid-head-end', over && 'grid-head-over')}
      style={place}
      title={column.detail === undefined ? column.title : `${column.title} ${column.detail}`}
      draggable={onMoveColumn !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, column.id);
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const moved = event.dataTransfer.getData(DRAGGED);
        if (moved !== '' && moved !== column.id) onMoveColumn?.(moved, column.id);
      }}
      onClick={() => {
        if (column.sortable === true) onSort?.(column.id);
      }}
    >
      {column.pinned === true && <Pin size={11} aria-label="Pinned" />}
      <span className="grid-head-title">{column.title}</span>
      <span className="grid-head-detail">{column.detail}</span>
      {column.sorted === 'ascending' && <ArrowUp size={12} aria-hidden />}
      {column.sorted === 'descending' && <ArrowDown size={12} aria-hidden />}
      <span
        className="grid-resize"
        role="presentation"
        onClick={(event) => {
          event.stopPropagation();
        }}
        onMouseDown={(event) => {
          event.preventDefault(); // or the title would be dragged away
        }}
        onPointerDown={(event) => {
          followPointer(event, place.width, (next) => {
            shown.setWidth(column.id, next);
          });
        }}
      />
    </div>
  );
}

function followPointer(
  event: PointerEvent<HTMLElement>,
  from: number,
  onWidth: (width: number) => void,
): void {
  const handle = event.currentTarget;
  const start = event.clientX;
  handle.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent): void => {
    onWidth(from + moved.clientX - start);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener(
    'lostpointercapture',
    () => {
      handle.removeEventListener('pointermove', move);
    },
    { once: true },
  );
  event.preventDefault();
}
