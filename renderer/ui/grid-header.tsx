import type { VirtualItem } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { PointerEvent } from 'react';
import { classNames } from './class-names.ts';
import type { GridColumn } from './grid-model.ts';

interface GridHeaderProps {
  readonly columns: readonly GridColumn[];
  readonly items: readonly VirtualItem[];
  readonly width: number;
  readonly widths: readonly number[];
  /** Width of the column with the rows' numbers. */
  readonly labelWidth: number;
  readonly onResize: (columnId: string, width: number) => void;
  readonly onSort: ((columnId: string) => void) | undefined;
}

/** The titles above a grid's columns; their edges change the width, a press asks for another order. */
export function GridHeader({ columns, items, width, widths, labelWidth, onResize, onSort }: GridHeaderProps) {
  return (
    <div className="grid-header" role="row" aria-rowindex={1} style={{ width: width + labelWidth }}>
      <div className="grid-corner" role="presentation" style={{ width: labelWidth }} />
      {items.map((item) => {
        const column = columns[item.index];
        if (column === undefined) return null;
        return (
          <div
            key={item.key}
            role="columnheader"
            aria-colindex={item.index + 1}
            aria-sort={column.sorted}
            className={classNames('grid-head', column.align === 'end' && 'grid-head-end')}
            style={{ left: item.start + labelWidth, width: item.size }}
            title={column.detail === undefined ? column.title : `${column.title} ${column.detail}`}
            onClick={() => {
              if (column.sortable === true) onSort?.(column.id);
            }}
          >
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
              onPointerDown={(event) => {
                followPointer(event, widths[item.index] ?? item.size, (next) => {
                  onResize(column.id, next);
                });
              }}
            />
          </div>
        );
      })}
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
