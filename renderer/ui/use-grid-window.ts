import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useState, type RefObject } from 'react';
import { guessColumnWidth, rowLabelWidth, type DataGridProps } from './grid-model.ts';
import { useRowWindow, type VisibleRows } from './use-row-window.ts';

export const ROW_HEIGHT = 26;
const HEADER_HEIGHT = 30;

/** What of a grid is in sight, and where its columns stand. */
export interface GridWindow {
  readonly rows: VisibleRows;
  /** The columns behind the pinned ones. */
  readonly cells: Virtualizer<HTMLDivElement, Element>;
  /** How many columns stay at the left edge. */
  readonly pinned: number;
  readonly labelWidth: number;
  /** The rows' numbers and the pinned columns. */
  readonly frozenWidth: number;
  readonly width: number;
  readonly placeOf: (column: number) => { readonly left: number; readonly width: number };
  readonly setWidth: (id: string, width: number) => void;
}

/** Keeps track of both scroll directions and of the widths of the columns. */
export function useGridWindow(props: DataGridProps, scroller: RefObject<HTMLDivElement | null>): GridWindow {
  const { columns, rowCount, onResizeColumn } = props;
  const { widths, setWidth } = useColumnWidths(props);
  const pinned = columns.findIndex((column) => column.pinned !== true);
  const frozen = pinned < 0 ? columns.length : pinned;
  const labelWidth = rowLabelWidth(rowCount);
  const starts = useMemo(() => startsOf(widths, frozen), [widths, frozen]);
  const frozenWidth = labelWidth + widths.slice(0, frozen).reduce((sum, width) => sum + width, 0);
  const rows = useRowWindow(scroller, { rows: rowCount, rowHeight: ROW_HEIGHT, header: HEADER_HEIGHT });
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const cells = useVirtualizer<HTMLDivElement, Element>({
    horizontal: true,
    count: columns.length - frozen,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index + frozen] ?? 120,
    scrollPaddingStart: frozenWidth,
    overscan: 3,
  });
  const measured = `${String(frozen)}:${widths.join()}`;
  useEffect(() => {
    cells.measure();
  }, [cells, measured]);
  return {
    ...{ rows, cells, pinned: frozen, labelWidth, frozenWidth },
    width: cells.getTotalSize() + frozenWidth,
    placeOf: (column) => ({
      left: (starts[column] ?? 0) + (column < frozen ? labelWidth : frozenWidth),
      width: widths[column] ?? 120,
    }),
    setWidth: (id, width) => {
      setWidth(id, Math.max(width, 40));
      onResizeColumn?.(id, Math.max(Math.round(width), 40));
    },
  };
}

/** Where each column begins among the pinned ones, or among the others. */
function startsOf(widths: readonly number[], frozen: number): readonly number[] {
  let start = 0;
  return widths.map((width, column) => {
    if (column === frozen) start = 0;
    start += width;
    return start - width;
  });
}

function useColumnWidths({ columns, rowCount, cellAt }: DataGridProps) {
  const [resized, setResized] = useState<ReadonlyMap<string, number>>(new Map());
  const names = columns.map((column) => `${column.id}:${column.title}`).join('\n');
  const hasRows = rowCount > 0;
  const guessed = useMemo(
    () =>
      columns.map((column, index) => {
        const samples = Array.from(
          { length: Math.min(rowCount, 20) },
          (_, row) => cellAt(row, index)?.text ?? '',
        );
        return guessColumnWidth(`${column.title} ${column.detail ?? ''}`, samples);
      }),
    // Widths are guessed once for a set of columns: a grid whose columns jump while scrolling can't be read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [names, hasRows],
  );
  const widths = useMemo(
    () => columns.map(({ id, width }, index) => resized.get(id) ?? width ?? guessed[index] ?? 120),
    [columns, resized, guessed],
  );
  const setWidth = (id: string, width: number): void => {
    setResized((before) => new Map(before).set(id, width));
  };
  return { widths, setWidth };
}
