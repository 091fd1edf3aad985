import type { Arrangement } from './arrangement.ts';
import { contains, type Point } from './geometry.ts';
import { REGION_TITLE } from './layout.ts';
import { rowAt } from './metrics.ts';
import { distanceTo } from './route.ts';

/** What lies under the pointer. */
export type Hit =
  | { readonly kind: 'model'; readonly model: string; readonly field: string | null }
  | { readonly kind: 'edge'; readonly edge: string }
  | { readonly kind: 'app'; readonly app: string }
  | { readonly kind: 'nothing' };

const NOTHING: Hit = { kind: 'nothing' };

/** How near the pointer must be to a line, in screen pixels. */
const EDGE_REACH = 5;

/** Finds what a world point means: a box before a line, a line before the title of a region. */
export function hitTest(arrangement: Arrangement, point: Point, zoom: number): Hit {
  const model = topModel(arrangement, point);
  if (model !== null) return model;
  const edge = nearestEdge(arrangement, point, EDGE_REACH / zoom);
  if (edge !== null) return { kind: 'edge', edge };
  const region = arrangement
    .regions()
    .findLast(({ rect }) => contains({ ...rect, height: REGION_TITLE }, point));
  return region === undefined ? NOTHING : { kind: 'app', app: region.app.label };
}

/** The app whose region holds the point: where a new model would belong. */
export function appAt(arrangement: Arrangement, point: Point): string | null {
  return (
    arrangement.regions().findLast(({ app, rect }) => !app.outside && contains(rect, point))?.app.label ??
    null
  );
}

/** Whether two hits mean the same thing, so that nothing needs to be drawn again. */
export function sameHit(a: Hit, b: Hit): boolean {
  if (a.kind === 'model' && b.kind === 'model') return a.model === b.model && a.field === b.field;
  if (a.kind === 'edge' && b.kind === 'edge') return a.edge === b.edge;
  if (a.kind === 'app' && b.kind === 'app') return a.app === b.app;
  return a.kind === b.kind;
}

function topModel({ index, scene }: Arrangement, point: Point): Hit | null {
  // Boxes are drawn in the order of the scene: of two that overlap, the later one lies on top.
  const ids = new Set(index.at(point));
  if (ids.size === 0) return null;
  const node = scene.nodes.findLast(({ id }) => ids.has(id));
  const rect = node === undefined ? undefined : index.get(node.id);
  if (node === undefined || rect === undefined) return null;
  const row = rowAt(point.y - rect.y, node.rows.length);
  return { kind: 'model', model: node.id, field: row === null ? null : (node.rows[row]?.name ?? null) };
}

function nearestEdge({ routes }: Arrangement, point: Point, reach: number): string | null {
  let nearest: string | null = null;
  let best = reach;
  for (const { edge, route } of routes) {
    const distance = distanceTo(route, point, reach);
    if (distance < best) {
      best = distance;
      nearest = edge.id;
    }
  }
  return nearest;
}
