import { nearestFree } from './free-place.ts';
import { centerOf, unionOf, type Point, type Rect, type Size } from './geometry.ts';
import { createGround, type Ground } from './ground.ts';
import { layoutScene, type LayoutInput, type Positions } from './layout.ts';

type LayoutNode = LayoutInput['nodes'][number];

/** Free space that a newly placed box keeps to its neighbours. */
const CLEARANCE = 40;
/** Where the user points at, boxes may stand closer. */
const POINTED_CLEARANCE = 12;

/**
 * Finds places for the boxes that have none: where they were asked for (`wanted`), otherwise near what they
 * relate to. Boxes with a place keep it, whatever else happens: nothing that the user put somewhere moves.
 */
export function placeNew(input: LayoutInput, placed: Positions, wanted: Positions = {}): Positions {
  const known = input.nodes.filter((node) => Object.hasOwn(placed, node.id));
  if (known.length === 0) return layoutScene(input);
  const ground = createGround();
  for (const node of known) ground.put(node, placed[node.id] ?? { x: 0, y: 0 });
  const missing = input.nodes.filter((node) => !Object.hasOwn(placed, node.id));
  for (const node of missing) placePointed(node, wanted, ground);

  const free = missing.filter((node) => ground.rectOf(node.id) === undefined);
  const newApps = Map.groupBy(
    free.filter((node) => ground.boxesOf(node.app) === null),
    (node) => node.app,
  );
  for (const [, nodes] of [...newApps].sort(([a], [b]) => (a < b ? -1 : 1))) placeApp(nodes, input, ground);
  const single = free.filter((node) => ground.rectOf(node.id) === undefined);
  for (const node of byNeighbourCount(single, input, ground)) placeModel(node, input, ground);
  return ground.positions;
}

/**
 * Lays some of the boxes out anew, as one block about where they stood; the others stay. The answer has the
 * places of all.
 */
export function placeAnew(input: LayoutInput, placed: Positions, ids: ReadonlySet<string>): Positions {
  const ground = createGround();
  for (const node of input.nodes) {
    if (!ids.has(node.id)) ground.put(node, placed[node.id] ?? { x: 0, y: 0 });
  }
  const chosen = input.nodes.filter((node) => ids.has(node.id));
  const before = unionOf(chosen.map((node) => rectOn(node, placed)));
  if (before === null) return placed;
  // As if they were of one app: who chooses models of several wants them side by side.
  const inner = layoutScene({ nodes: chosen.map((node) => ({ ...node, app: '' })), edges: input.edges });
  const block = unionOf(chosen.map((node) => rectOn(node, inner))) ?? before;
  const middle = centerOf(before);
  const start = { x: middle.x - block.width / 2, y: middle.y - block.height / 2 };
  const apps = new Set(chosen.map((node) => node.app));
  const fits = (at: Point): boolean => ground.isClear({ ...sizeOf(block), ...at }, CLEARANCE);
  const apart = (at: Point): boolean =>
    fits(at) && [...apps].every((app) => ground.keepsApart(app, { ...sizeOf(block), ...at }));
  const place = nearestFree(start, apart) ?? nearestFree(start, fits) ?? rightOfAll(ground);
  for (const node of chosen) {
    const at = inner[node.id] ?? { x: 0, y: 0 };
    ground.put(node, { x: Math.round(place.x + at.x - block.x), y: Math.round(place.y + at.y - block.y) });
  }
  return ground.positions;
}

function rectOn(node: LayoutNode, positions: Positions): Rect {
  return { ...sizeOf(node), ...(positions[node.id] ?? { x: 0, y: 0 }) };
}

function placePointed(node: LayoutNode, wanted: Positions, ground: Ground): void {
  const at = Object.hasOwn(wanted, node.id) ? wanted[node.id] : undefined;
  if (at === undefined) return;
  ground.put(
    node,
    nearestFree(at, (to) => ground.isClear({ ...sizeOf(node), ...to }, POINTED_CLEARANCE)) ?? at,
  );
}

/** A model joins its app: beside its relatives there, and not over another app as long as that can be helped. */
function placeModel(node: LayoutNode, input: LayoutInput, ground: Ground): void {
  const boxes = ground.boxesOf(node.app);
  const middle =
    neighbourCenter(new Set([node.id]), input, ground, node.app) ??
    (boxes === null ? { x: 0, y: 0 } : centerOf(boxes));
  const start = { x: middle.x - node.width / 2, y: middle.y - node.height / 2 };
  const rectAt = (at: Point): Rect => ({ ...sizeOf(node), ...at });
  const clear = (at: Point): boolean => ground.isClear(rectAt(at), CLEARANCE);
  const place =
    nearestFree(start, (at) => clear(at) && ground.keepsApart(node.app, rectAt(at))) ??
    nearestFree(start, clear) ??
    rightOfAll(ground);
  ground.put(node, place);
}

/** A whole app that is new comes as one block, laid out like any other. */
function placeApp(nodes: readonly LayoutNode[], input: LayoutInput, ground: Ground): void {
  const [first] = nodes;
  const inner = layoutScene({ nodes, edges: input.edges });
  const block = unionOf(nodes.map((node) => ({ ...(inner[node.id] ?? { x: 0, y: 0 }), ...sizeOf(node) })));
  if (block === null || first === undefined) return;
  const middle = neighbourCenter(new Set(nodes.map((node) => node.id)), input, ground, null);
  const start =
    middle === null ? rightOfAll(ground) : { x: middle.x - block.width / 2, y: middle.y - block.height / 2 };
  const place =
    nearestFree(start, (at) => {
      const rect = { ...sizeOf(block), ...at };
      return ground.isClear(rect, CLEARANCE) && ground.keepsApart(first.app, rect);
    }) ?? rightOfAll(ground);
  for (const node of nodes) {
    const at = inner[node.id] ?? { x: 0, y: 0 };
    ground.put(node, { x: Math.round(place.x + at.x - block.x), y: Math.round(place.y + at.y - block.y) });
  }
}

function rightOfAll(ground: Ground): Point {
  const all = ground.bounds();
  return all === null ? { x: 0, y: 0 } : { x: all.x + all.width + 4 * CLEARANCE, y: all.y };
}

/** Those that know their neighbourhood best come first; the others then find them there. */
function byNeighbourCount(
  nodes: readonly LayoutNode[],
  input: LayoutInput,
  ground: Ground,
): readonly LayoutNode[] {
  const count = new Map<string, number>();
  for (const { source, target } of input.edges) {
    if (ground.rectOf(target) !== undefined) count.set(source, (count.get(source) ?? 0) + 1);
    if (ground.rectOf(source) !== undefined) count.set(target, (count.get(target) ?? 0) + 1);
  }
  return [...nodes].sort((a, b) => (count.get(b.id) ?? 0) - (count.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
}

/** The middle of everything in the app (in any app: null) that these boxes relate to; null when none of it has a place. */
function neighbourCenter(
  ids: ReadonlySet<string>,
  input: LayoutInput,
  ground: Ground,
  app: string | null,
): Point | null {
  const centers: Point[] = [];
  for (const { source, target } of input.edges) {
    if (ids.has(source) === ids.has(target)) continue;
    const other = ids.has(source) ? target : source;
    const rect = ground.rectOf(other);
    if (rect !== undefined && (app === null || other.startsWith(`${app}.`))) centers.push(centerOf(rect));
  }
  if (centers.length === 0) return null;
  return {
    x: centers.reduce((sum, center) => sum + center.x, 0) / centers.length,
    y: centers.reduce((sum, center) => sum + center.y, 0) / centers.length,
  };
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
