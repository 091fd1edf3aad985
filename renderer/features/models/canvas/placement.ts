import { centerOf, inflate, unionOf, type Point, type Rect } from './geometry.ts';
import { layoutScene, REGION_PADDING, REGION_TITLE, type LayoutInput, type Positions } from './layout.ts';
import { createSpatialIndex, type SpatialIndex } from './spatial-index.ts';

type LayoutNode = LayoutInput['nodes'][number];

/** Free space that a newly placed box keeps to its neighbours. */
const CLEARANCE = 40;
const STEP = 40;
/** Beyond this the search gives up and takes the free space right of everything. */
const MAX_RINGS = 120;

/**
 * Finds places for the boxes that have none, near what they relate to. Boxes with a place keep it,
 * whatever else happens: nothing that the user put somewhere moves.
 */
export function placeNew(input: LayoutInput, placed: Positions): Positions {
  const known = input.nodes.filter((node) => Object.hasOwn(placed, node.id));
  if (known.length === 0) return layoutScene(input);
  const positions: Record<string, Point> = {};
  const index = createSpatialIndex();
  const put = (node: LayoutNode, at: Point): void => {
    positions[node.id] = at;
    index.set(node.id, { ...at, width: node.width, height: node.height });
  };
  for (const node of known) put(node, placed[node.id] ?? { x: 0, y: 0 });

  const knownApps = new Set(known.map((node) => node.app));
  const missing = input.nodes.filter((node) => !Object.hasOwn(placed, node.id));
  for (const [app, nodes] of groupByApp(missing)) {
    if (!knownApps.has(app)) placeApp(nodes, input, index, put);
  }
  for (const node of byNeighbourCount(
    missing.filter((one) => knownApps.has(one.app)),
    input,
    index,
  )) {
    const wanted = wantedCenter(node, input, index);
    const start = { x: wanted.x - node.width / 2, y: wanted.y - node.height / 2 };
    put(node, freePlace({ ...start, width: node.width, height: node.height }, index, CLEARANCE));
  }
  return positions;
}

/** A whole app that is new comes as one block, laid out like any other. */
function placeApp(
  nodes: readonly LayoutNode[],
  input: LayoutInput,
  index: SpatialIndex,
  put: (node: LayoutNode, at: Point) => void,
): void {
  const inner = layoutScene({ nodes, edges: input.edges });
  const block = unionOf(nodes.map((node) => ({ ...(inner[node.id] ?? { x: 0, y: 0 }), ...sizeOf(node) })));
  if (block === null) return;
  const around = unionOf(index.all());
  const wanted = neighbourCenter(new Set(nodes.map((node) => node.id)), input, index) ?? {
    x: (around?.x ?? 0) + (around?.width ?? 0) + block.width,
    y: (around?.y ?? 0) + block.height / 2,
  };
  const start = { x: wanted.x - block.width / 2, y: wanted.y - block.height / 2 };
  const clearance = CLEARANCE + 2 * REGION_PADDING + REGION_TITLE;
  const place = freePlace({ ...start, width: block.width, height: block.height }, index, clearance);
  for (const node of nodes) {
    const at = inner[node.id] ?? { x: 0, y: 0 };
    put(node, { x: Math.round(place.x + at.x - block.x), y: Math.round(place.y + at.y - block.y) });
  }
}

function groupByApp(nodes: readonly LayoutNode[]): readonly (readonly [string, readonly LayoutNode[]])[] {
  const apps = Map.groupBy(nodes, (node) => node.app);
  return [...apps].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Those that know their neighbourhood best come first; the others then find them there. */
function byNeighbourCount(
  nodes: readonly LayoutNode[],
  input: LayoutInput,
  index: SpatialIndex,
): readonly LayoutNode[] {
  const count = new Map<string, number>();
  for (const { source, target } of input.edges) {
    if (index.get(target) !== undefined) count.set(source, (count.get(source) ?? 0) + 1);
    if (index.get(source) !== undefined) count.set(target, (count.get(target) ?? 0) + 1);
  }
  return [...nodes].sort((a, b) => (count.get(b.id) ?? 0) - (count.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
}

function wantedCenter(node: LayoutNode, input: LayoutInput, index: SpatialIndex): Point {
  const near = neighbourCenter(new Set([node.id]), input, index);
  if (near !== null) return near;
  const app = unionOf(
    input.nodes.filter((other) => other.app === node.app).flatMap((other) => index.get(other.id) ?? []),
  );
  return app === null ? { x: 0, y: 0 } : centerOf(app);
}

/** The middle of everything that these boxes relate to; null when none of that has a place. */
function neighbourCenter(ids: ReadonlySet<string>, input: LayoutInput, index: SpatialIndex): Point | null {
  const centers: Point[] = [];
  for (const { source, target } of input.edges) {
    if (ids.has(source) === ids.has(target)) continue;
    const rect = index.get(ids.has(source) ? target : source);
    if (rect !== undefined) centers.push(centerOf(rect));
  }
  if (centers.length === 0) return null;
  return {
    x: centers.reduce((sum, center) => sum + center.x, 0) / centers.length,
    y: centers.reduce((sum, center) => sum + center.y, 0) / centers.length,
  };
}

/** The free place nearest to the wanted one, searched in growing squares around it. */
export function freePlace(wanted: Rect, index: SpatialIndex, clearance: number): Point {
  const free = (at: Point): boolean => index.within(inflate({ ...wanted, ...at }, clearance)).length === 0;
  for (let ring = 0; ring <= MAX_RINGS; ring += 1) {
    const candidates = ringPoints(ring).map(({ x, y }) => ({
      x: Math.round(wanted.x + x * STEP),
      y: Math.round(wanted.y + y * STEP),
    }));
    const found = candidates.find(free);
    if (found !== undefined) return found;
  }
  const all = unionOf(index.all());
  return { x: (all?.x ?? 0) + (all?.width ?? 0) + clearance, y: all?.y ?? 0 };
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

function sizeOf(node: LayoutNode): { readonly width: number; readonly height: number } {
  return { width: node.width, height: node.height };
}
