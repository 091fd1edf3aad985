import { unionOf, type Point, type Size } from './geometry.ts';

/** A step of the upper outline of what is packed so far. */
interface Ledge {
  readonly x: number;
  readonly width: number;
  readonly y: number;
}

/** Sheets that are tried, as parts of the width that the boxes would need without any waste. */
const SHEETS = [1, 1.08, 1.16, 1.24, 1.32, 1.4];

/**
 * Packs boxes without overlap into a sheet of about the wanted proportion (width / height): each box
 * in turn, the tallest first, where it ends highest ("skyline"), on the sheet whose picture can be shown
 * largest. The same boxes give the same places.
 */
export function packBoxes(boxes: readonly Size[], gap: number, proportion: number): readonly Point[] {
  const area = boxes.reduce((sum, box) => sum + (box.width + gap) * (box.height + gap), 0);
  const widest = boxes.reduce((width, box) => Math.max(width, box.width + gap), 0);
  const tight = Math.sqrt(area * proportion);
  let best: readonly Point[] = [];
  let least = Infinity;
  for (const sheet of new Set(SHEETS.map((part) => Math.max(widest, tight * part)))) {
    const places = packInto(sheet, boxes, gap);
    const all = unionOf(boxes.map((box, index) => ({ ...box, ...(places[index] ?? { x: 0, y: 0 }) })));
    const extent = Math.max((all?.width ?? 0) / proportion, all?.height ?? 0);
    if (extent < least) {
      least = extent;
      best = places;
    }
  }
  return best;
}

function packInto(sheet: number, boxes: readonly Size[], gap: number): readonly Point[] {
  const order = boxes
    .map((box, index) => ({ box, index }))
    .sort((a, b) => b.box.height - a.box.height || b.box.width - a.box.width || a.index - b.index);
  const places: Point[] = boxes.map(() => ({ x: 0, y: 0 }));
  let skyline: readonly Ledge[] = [{ x: 0, width: sheet, y: 0 }];
  for (const { box, index } of order) {
    const wanted = { width: box.width + gap, height: box.height + gap };
    const place = lowestPlace(skyline, wanted.width, sheet);
    places[index] = place;
    skyline = raise(skyline, place, wanted);
  }
  return places;
}

function lowestPlace(skyline: readonly Ledge[], width: number, sheet: number): Point {
  let best: Point = { x: 0, y: Infinity };
  for (const start of skyline) {
    if (start.x + width > sheet + 0.001) break;
    const y = skyline
      .filter((ledge) => ledge.x < start.x + width && ledge.x + ledge.width > start.x)
      .reduce((top, ledge) => Math.max(top, ledge.y), 0);
    if (y < best.y) best = { x: start.x, y };
  }
  return best;
}

function raise(skyline: readonly Ledge[], place: Point, box: Size): readonly Ledge[] {
  const right = place.x + box.width;
  const next: Ledge[] = [];
  for (const ledge of skyline) {
    const end = ledge.x + ledge.width;
    if (ledge.x < place.x) next.push({ ...ledge, width: Math.min(end, place.x) - ledge.x });
    if (end > right)
      next.push({ x: Math.max(ledge.x, right), width: end - Math.max(ledge.x, right), y: ledge.y });
  }
  next.push({ x: place.x, width: box.width, y: place.y + box.height });
  return next.filter((ledge) => ledge.width > 0.001).sort((a, b) => a.x - b.x);
}
