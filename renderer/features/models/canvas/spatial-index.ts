import { intersects, type Point, type Rect } from './geometry.ts';

/** Finds the boxes in a part of the world without asking all of them. */
export interface SpatialIndex {
  readonly set: (id: string, rect: Rect) => void;
  readonly remove: (id: string) => void;
  readonly get: (id: string) => Rect | undefined;
  /** Every box that shares area with the rectangle, each once; order of insertion is not kept. */
  readonly within: (rect: Rect) => string[];
  /** Every box that holds the point. */
  readonly at: (point: Point) => string[];
  readonly all: () => IterableIterator<Rect>;
}

/** A uniform grid: boxes of a diagram are of like size, so a tree would only be slower. */
export function createSpatialIndex(cellSize = 512): SpatialIndex {
  const rects = new Map<string, Rect>();
  const cells = new Map<string, Set<string>>();

  const remove = (id: string): void => {
    const rect = rects.get(id);
    if (rect === undefined) return;
    rects.delete(id);
    for (const key of cellKeys(rect, cellSize)) {
      const cell = cells.get(key);
      cell?.delete(id);
      if (cell?.size === 0) cells.delete(key);
    }
  };

  const within = (rect: Rect): string[] => {
    // Zoomed out the window spans more cells than there are boxes: then asking each box is cheaper.
    if (cellCount(rect, cellSize) > rects.size) {
      return [...rects].filter(([, own]) => intersects(own, rect)).map(([id]) => id);
    }
    const found = new Set<string>();
    for (const key of cellKeys(rect, cellSize)) {
      for (const id of cells.get(key) ?? []) {
        const own = rects.get(id);
        if (own !== undefined && intersects(own, rect)) found.add(id);
      }
    }
    return [...found];
  };

  return {
    set: (id, rect) => {
      remove(id);
      rects.set(id, rect);
      for (const key of cellKeys(rect, cellSize)) {
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, new Set([id]));
        else cell.add(id);
      }
    },
    remove,
    get: (id) => rects.get(id),
    within,
    at: (point) => within({ x: point.x - 0.5, y: point.y - 0.5, width: 1, height: 1 }),
    all: () => rects.values(),
  };
}

function cellCount(rect: Rect, cellSize: number): number {
  return (Math.floor(rect.width / cellSize) + 2) * (Math.floor(rect.height / cellSize) + 2);
}

function* cellKeys(rect: Rect, cellSize: number): Generator<string> {
  const right = Math.floor((rect.x + rect.width) / cellSize);
  const bottom = Math.floor((rect.y + rect.height) / cellSize);
  for (let column = Math.floor(rect.x / cellSize); column <= right; column += 1) {
    for (let line = Math.floor(rect.y / cellSize); line <= bottom; line += 1) yield `${column}:${line}`;
  }
}
