import { unionOf, type Rect } from './geometry.ts';

/** A box of a group that dagre has laid out from left to right. */
export interface PlacedBox extends Rect {
  readonly id: string;
}

/** Beyond these proportions a group is a band that nobody can look at as a whole. */
const WIDEST = 3.2;
const TALLEST = 1.8;
/** A few models in a row are no band. */
const FEWEST = 8;

/**
 * Folds a group that became a band: what many models point to (a user, a tenant) gives one endless column,
 * a chain one endless row. The order that dagre found is kept.
 */
export function foldBand(
  boxes: readonly PlacedBox[],
  columnGap: number,
  boxGap: number,
): readonly PlacedBox[] {
  const bounds = unionOf(boxes);
  if (bounds === null || boxes.length < FEWEST) return boxes;
  if (bounds.width <= WIDEST * bounds.height && bounds.height <= TALLEST * bounds.width) return boxes;
  const area = boxes.reduce((sum, box) => sum + (box.width + columnGap) * (box.height + boxGap), 0);
  const side = Math.sqrt(area);
  const columns = columnsOf(boxes).flatMap((column) => splitColumn(column, side, boxGap));
  return stackRows(rowsOf(columns, 1.6 * side, columnGap), columnGap, boxGap);
}

/** The ranks of the layout: boxes of one rank stand centred over each other. */
function columnsOf(boxes: readonly PlacedBox[]): readonly (readonly PlacedBox[])[] {
  const columns = Map.groupBy(boxes, (box) => Math.round(box.x + box.width / 2));
  return [...columns].sort(([a], [b]) => a - b).map(([, column]) => column.sort((a, b) => a.y - b.y));
}

/** Parts of a column that are each about as high as the others and no higher than the limit. */
function splitColumn(
  column: readonly PlacedBox[],
  limit: number,
  boxGap: number,
): readonly (readonly PlacedBox[])[] {
  const height = heightOf(column, boxGap);
  const parts = Math.max(1, Math.ceil(height / limit));
  const target = height / parts;
  const split: PlacedBox[][] = [[]];
  let filled = 0;
  for (const box of column) {
    if (filled > 0 && filled + box.height / 2 > target && split.length < parts) {
      split.push([]);
      filled = 0;
    }
    split.at(-1)?.push(box);
    filled += box.height + boxGap;
  }
  return split;
}

/** Breaks the sequence of columns into rows of about the limit's width. */
function rowsOf(
  columns: readonly (readonly PlacedBox[])[],
  limit: number,
  columnGap: number,
): readonly (readonly (readonly PlacedBox[])[])[] {
  const rows: (readonly PlacedBox[])[][] = [[]];
  const total = columns.reduce((sum, column) => sum + widthOf(column) + columnGap, 0);
  // Rows of about one width: a last one of a single column would leave half of the sheet empty.
  const wanted = Math.max(1, Math.round(total / limit));
  let filled = 0;
  for (const column of columns) {
    const width = widthOf(column);
    if (filled > 0 && filled + width / 2 > total / wanted && rows.length < wanted) {
      rows.push([]);
      filled = 0;
    }
    rows.at(-1)?.push(column);
    filled += width + columnGap;
  }
  return rows;
}

function stackRows(
  rows: readonly (readonly (readonly PlacedBox[])[])[],
  columnGap: number,
  boxGap: number,
): readonly PlacedBox[] {
  const placed: PlacedBox[] = [];
  let top = 0;
  for (const row of rows) {
    const height = Math.max(...row.map((column) => heightOf(column, boxGap)));
    let left = 0;
    for (const column of row) {
      let y = top + (height - heightOf(column, boxGap)) / 2;
      for (const box of column) {
        placed.push({ ...box, x: left + (widthOf(column) - box.width) / 2, y });
        y += box.height + boxGap;
      }
      left += widthOf(column) + columnGap;
    }
    top += height + columnGap;
  }
  return placed;
}

function widthOf(column: readonly PlacedBox[]): number {
  return Math.max(...column.map((box) => box.width));
}

function heightOf(column: readonly PlacedBox[], boxGap: number): number {
  return column.reduce((sum, box) => sum + box.height + boxGap, -boxGap);
}
