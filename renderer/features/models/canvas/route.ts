import type { Point, Rect } from './geometry.ts';
import { HEADER_HEIGHT, rowMiddle } from './metrics.ts';
import type { SceneEdge } from './scene.ts';

/** Which side of a box a line leaves or enters: -1 left, 1 right. */
export type Side = -1 | 1;

/** The way of a line: straight pieces of `STUB` at both boxes and one curve between them. */
export interface Route {
  readonly start: Point;
  readonly startSide: Side;
  readonly end: Point;
  readonly endSide: Side;
  /** Where the curve begins and ends, and its two control points. */
  readonly curve: readonly [Point, Point, Point, Point];
  readonly bounds: Rect;
}

/** Length of the straight piece at a box: room for the sign that tells the kind of the relation. */
export const STUB = 16;
const LOOP_REACH = 44;
const SAMPLES = 14;
/** Heights in the header at which parallel relations arrive. */
const LANES = [0.68, 0.42, 0.9] as const;
/** How much farther each further loop of a model reaches. */
const LOOP_STEP = 16;

/** The way of an edge between its boxes. Depends on nothing else, so that moving one box changes only its own lines. */
export function routeEdge(edge: SceneEdge, source: Rect, target: Rect): Route {
  const sides = chooseSides(source, target, edge.source === edge.target);
  const start = { x: edgeX(source, sides[0]), y: source.y + rowMiddle(edge.row) };
  const end = { x: edgeX(target, sides[1]), y: target.y + endHeight(edge) };
  const from = { x: start.x + sides[0] * STUB, y: start.y };
  const to = { x: end.x + sides[1] * STUB, y: end.y };
  const loops = edge.source === edge.target ? edge.lane * LOOP_STEP : 0;
  const reach = reachOf(from, to, sides) + loops;
  const first = { x: from.x + sides[0] * reach, y: from.y };
  const second = { x: to.x + sides[1] * reach, y: to.y };
  return {
    start,
    startSide: sides[0],
    end,
    endSide: sides[1],
    curve: [from, first, second, to],
    bounds: boundsOf([start, from, first, second, to, end]),
  };
}

/** Relations and base classes arrive at two heights of the header, so that their signs do not cover each other. */
function endHeight(edge: SceneEdge): number {
  const inherits = edge.kind === 'inheritance' || edge.kind === 'abstract' || edge.kind === 'proxy';
  if (inherits) return HEADER_HEIGHT * 0.3;
  // What leads back to its own model arrives above what others send there.
  if (edge.source === edge.target) return HEADER_HEIGHT * 0.36;
  return HEADER_HEIGHT * (LANES[edge.lane % LANES.length] ?? 0.68);
}

function chooseSides(source: Rect, target: Rect, loop: boolean): readonly [Side, Side] {
  if (loop) return [1, 1];
  const room = 2 * STUB;
  if (target.x >= source.x + source.width + room) return [1, -1];
  if (target.x + target.width + room <= source.x) return [-1, 1];
  // One above the other: both on the side where their edges are closer together.
  const left = Math.abs(source.x - target.x);
  const right = Math.abs(source.x + source.width - target.x - target.width);
  return left < right ? [-1, -1] : [1, 1];
}

function reachOf(from: Point, to: Point, sides: readonly [Side, Side]): number {
  if (sides[0] === sides[1]) {
    const apart = Math.abs(to.y - from.y);
    return Math.min(160, LOOP_REACH / 2 + apart / 6 + Math.abs(to.x - from.x) / 4);
  }
  return Math.max(24, Math.abs(to.x - from.x) / 2);
}

function edgeX(rect: Rect, side: Side): number {
  return side === 1 ? rect.x + rect.width : rect.x;
}

function boundsOf(points: readonly Point[]): Rect {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(1, Math.max(...xs) - x), height: Math.max(1, Math.max(...ys) - y) };
}

/** The point at `t` (0 to 1) of the curved piece. */
export function pointOn(route: Route, t: number): Point {
  const [a, b, c, d] = route.curve;
  const u = 1 - t;
  const weigh = (p: number, q: number, r: number, s: number): number =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: weigh(a.x, b.x, c.x, d.x), y: weigh(a.y, b.y, c.y, d.y) };
}

/** Distance from a point to the line, in world units; Infinity where its bounds are farther than `limit`. */
export function distanceTo(route: Route, point: Point, limit: number): number {
  const { bounds } = route;
  if (
    point.x < bounds.x - limit ||
    point.y < bounds.y - limit ||
    point.x > bounds.x + bounds.width + limit ||
    point.y > bounds.y + bounds.height + limit
  ) {
    return Infinity;
  }
  let nearest = distanceToSegment(point, route.start, route.curve[0]);
  let previous = route.curve[0];
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    const next = pointOn(route, sample / SAMPLES);
    nearest = Math.min(nearest, distanceToSegment(point, previous, next));
    previous = next;
  }
  return Math.min(nearest, distanceToSegment(point, previous, route.end));
}

function distanceToSegment(point: Point, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
