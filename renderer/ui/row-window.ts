/** How tall the rows of a grid are, and through what they are seen; all in pixels. */
export interface RowWindowSize {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

/** What is seen: the browser's own scroll position, and how far down the rows that is. */
export interface RowWindow {
  readonly scroll: number;
  /** Between 0 and the height of all rows without the viewport. */
  readonly top: number;
}

/** Browsers cut an element that is taller than some 33 million pixels: 1.3 million rows. */
const TALLEST = 8_000_000;

/** The height that is scrolled: that of the rows, as far as a browser can. */
export function scrolledHeight({ rows, rowHeight }: RowWindowSize): number {
  return Math.min(rows * rowHeight, TALLEST);
}

/**
 * Where a scroll of the browser leads. Where all rows can't be as tall as they are, a short way is a way in
 * pixels (a wheel, an arrow key), and a long one a share of the whole (the scroll bar).
 */
export function scrolledTo(before: RowWindow, scroll: number, size: RowWindowSize): RowWindow {
  const { most, mostScroll } = limits(size);
  if (most === mostScroll) return { scroll, top: scroll };
  const way = scroll - before.scroll;
  const near = Math.abs(way) <= 2 * size.viewport;
  const top = near ? before.top + way : share(scroll, mostScroll) * most;
  return { scroll, top: Math.min(Math.max(top, 0), most) };
}

/** The same rows with the scroll position that is theirs, so that the bar is right and no end comes too early. */
export function settled({ top }: RowWindow, size: RowWindowSize): RowWindow {
  const { most, mostScroll } = limits(size);
  const inside = Math.min(Math.max(top, 0), most);
  return { top: inside, scroll: most === mostScroll ? inside : Math.round(share(inside, most) * mostScroll) };
}

/** The window moved as little as it takes to have a row wholly in sight. */
export function revealing(before: RowWindow, row: number, size: RowWindowSize): RowWindow {
  const start = row * size.rowHeight;
  const end = start + size.rowHeight;
  if (start >= before.top && end <= before.top + size.viewport) return before;
  return settled({ scroll: 0, top: start < before.top ? start : end - size.viewport }, size);
}

/** The rows in sight with some above and below, from `first` to `last`; `last` is -1 for none. */
export function visibleRows(
  { top }: RowWindow,
  { rows, rowHeight, viewport }: RowWindowSize,
  more: number,
): { readonly first: number; readonly last: number } {
  return {
    first: Math.max(Math.floor(top / rowHeight) - more, 0),
    last: Math.min(Math.ceil((top + viewport) / rowHeight) + more, rows) - 1,
  };
}

function limits(size: RowWindowSize): { readonly most: number; readonly mostScroll: number } {
  return {
    most: Math.max(size.rows * size.rowHeight - size.viewport, 0),
    mostScroll: Math.max(scrolledHeight(size) - size.viewport, 0),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
