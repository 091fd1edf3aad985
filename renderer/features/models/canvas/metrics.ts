import type { Size } from './geometry.ts';

/** Measures of a box in world units, shared by scene, hit test and drawing. */
export const HEADER_HEIGHT = 34;
export const ROW_HEIGHT = 22;
/** Free space under the last row. */
export const FOOT_HEIGHT = 6;
/** Space for the icon before a field's name. */
export const GUTTER = 30;
export const SIDE_PADDING = 12;
export const CORNER = 7;
const MIN_WIDTH = 176;
const MAX_WIDTH = 320;
/** Boxes come in steps of this width, so that columns of them line up. */
const WIDTH_STEP = 16;
const NAME_ADVANCE = 7.6;
const ROW_ADVANCE = 6.7;

/**
 * The size of a box. Widths are estimated from character counts and not measured, so that the same
 * models have the same layout on every machine; drawing cuts what does not fit.
 */
export function nodeSize(
  name: string,
  rows: readonly { readonly name: string; readonly type: string }[],
  hiddenRows: number,
): Size {
  let width = 2 * SIDE_PADDING + name.length * NAME_ADVANCE;
  for (const row of rows) {
    width = Math.max(width, GUTTER + (row.name.length + row.type.length + 3) * ROW_ADVANCE + SIDE_PADDING);
  }
  const stepped = Math.ceil(width / WIDTH_STEP) * WIDTH_STEP;
  const lines = rows.length + (hiddenRows > 0 ? 1 : 0);
  return {
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, stepped)),
    height: HEADER_HEIGHT + (lines === 0 ? 0 : FOOT_HEIGHT + lines * ROW_HEIGHT),
  };
}

/** Vertical middle of a row inside its box; of the header for -1. */
export function rowMiddle(row: number): number {
  return row < 0 ? HEADER_HEIGHT / 2 : HEADER_HEIGHT + FOOT_HEIGHT / 2 + (row + 0.5) * ROW_HEIGHT;
}

/** The row at this height of a box; null in the header or below the last one. */
export function rowAt(y: number, rows: number): number | null {
  const row = Math.floor((y - HEADER_HEIGHT - FOOT_HEIGHT / 2) / ROW_HEIGHT);
  return row >= 0 && row < rows ? row : null;
}
