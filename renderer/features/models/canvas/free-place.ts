import type { Point } from './geometry.ts';

const STEP = 40;
/** Beyond this the search gives up. */
const MAX_RINGS = 120;

/** The nearest place to the wanted one that is free, searched in growing squares around it; null when there is none near. */
export function nearestFree(wanted: Point, isFree: (at: Point) => boolean): Point | null {
  for (let ring = 0; ring <= MAX_RINGS; ring += 1) {
    const candidates = ringPoints(ring).map(({ x, y }) => ({
      x: Math.round(wanted.x + x * STEP),
      y: Math.round(wanted.y + y * STEP),
    }));
    const found = candidates.find(isFree);
    if (found !== undefined) return found;
  }
  return null;
}

/** The points of a square ring, those nearest to the centre first. */
function ringPoints(ring: number): readonly Point[] {
  if (ring === 0) return [{ x: 0, y: 0 }];
  const points: Point[] = [];
  for (let offset = -ring; offset <= ring; offset += 1) {
    points.push({ x: ring, y: offset }, { x: -ring, y: offset });
    if (Math.abs(offset) < ring) points.push({ x: offset, y: ring }, { x: offset, y: -ring });
  }
  return points.sort((a, b) => a.x * a.x + a.y * a.y - (b.x * b.x + b.y * b.y));
}
