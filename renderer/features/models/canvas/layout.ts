import { graphlib, layout as dagreLayout } from '@dagrejs/dagre';
import { foldBand } from './fold.ts';
import { unionOf, type Point, type Rect, type Size } from './geometry.ts';
import { packBoxes } from './packing.ts';
import type { Scene } from './scene.ts';

/** What the layout needs of a scene: plain values, so that it can go to a worker. */
export interface LayoutInput {
  readonly nodes: readonly (Size & { readonly id: string; readonly app: string })[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/** Top left corner of every box, by its id. */
export type Positions = Readonly<Record<string, Point>>;

/** Air around the models of an app inside its region; the title stands in the upper part. */
export const REGION_PADDING = 32;
export const REGION_TITLE = 44;
const REGION_GAP = 56;
const MODEL_GAP = 40;
const RANK_GAP = 88;
/** Of the canvas between its two panes, on a usual screen. */
const PROPORTION = 1.35;

/** A group of boxes with known places relative to each other. */
interface Block extends Size {
  readonly positions: readonly (readonly [string, Point])[];
}

type LayoutNode = LayoutInput['nodes'][number];

/** Takes from a scene what the layout needs. */
export function layoutInputOf(scene: Pick<Scene, 'nodes' | 'edges'>): LayoutInput {
  return {
    nodes: scene.nodes.map(({ id, app, size }) => ({ id, app, ...size })),
    edges: scene.edges.map(({ source, target }) => ({ source, target })),
  };
}

/**
 * Lays out everything: related models of an app by dagre, the groups of an app and then the apps
 * packed into a sheet. The same input gives the same places, whatever the order of its lists.
 */
export function layoutScene(input: LayoutInput): Positions {
  const apps = new Map<string, LayoutNode[]>();
  for (const node of [...input.nodes].sort((a, b) => compare(a.id, b.id))) {
    const app = apps.get(node.app);
    if (app === undefined) apps.set(node.app, [node]);
    else app.push(node);
  }
  const edges = [...input.edges].sort((a, b) => compare(a.source, b.source) || compare(a.target, b.target));
  const labels = [...apps.keys()].sort(compare);
  const blocks = labels.map((label) => appBlock(apps.get(label) ?? [], edges));
  return Object.fromEntries(packBlocks(blocks, REGION_GAP).positions);
}

/** One app: its groups packed, with room for the region's edge and title. */
function appBlock(nodes: readonly LayoutNode[], edges: LayoutInput['edges']): Block {
  const groups = connectedGroups(nodes, edges);
  const inner = packBlocks(
    groups.map((group) => groupBlock(group, edges)),
    MODEL_GAP,
  );
  return {
    width: inner.width + 2 * REGION_PADDING,
    height: inner.height + REGION_PADDING + REGION_TITLE,
    positions: inner.positions.map(([id, at]) => [id, { x: at.x + REGION_PADDING, y: at.y + REGION_TITLE }]),
  };
}

function packBlocks(blocks: readonly Block[], gap: number): Block {
  const places = packBoxes(blocks, gap, PROPORTION);
  const positions = blocks.flatMap((block, index) => {
    const place = places[index] ?? { x: 0, y: 0 };
    return block.positions.map(
      ([id, at]) => [id, { x: Math.round(place.x + at.x), y: Math.round(place.y + at.y) }] as const,
    );
  });
  const all = unionOf(
    blocks.map((block, index) => ({ ...(places[index] ?? { x: 0, y: 0 }), ...sizeOf(block) })),
  );
  return { width: all?.width ?? 0, height: all?.height ?? 0, positions };
}

function groupBlock(nodes: readonly LayoutNode[], edges: LayoutInput['edges']): Block {
  const [first] = nodes;
  if (nodes.length === 1 && first !== undefined) {
    return { ...sizeOf(first), positions: [[first.id, { x: 0, y: 0 }]] };
  }
  const graph = new graphlib.Graph({ multigraph: false });
  graph.setGraph({
    rankdir: 'LR',
    nodesep: MODEL_GAP,
    ranksep: RANK_GAP,
    edgesep: 12,
    ranker: rankerFor(nodes),
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(nodes.map((node) => node.id));
  for (const node of nodes) graph.setNode(node.id, sizeOf(node));
  for (const { source, target } of edges) {
    // What is pointed at stands on the left, as one reads: authors before their books.
    if (source !== target && ids.has(source) && ids.has(target)) graph.setEdge(target, source);
  }
  dagreLayout(graph);
  const laidOut = nodes.map((node) => {
    const placed = graph.node(node.id) as Rect;
    return { id: node.id, ...sizeOf(node), x: placed.x - node.width / 2, y: placed.y - node.height / 2 };
  });
  const rects = foldBand(laidOut, RANK_GAP, MODEL_GAP);
  const bounds = unionOf(rects) ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    ...sizeOf(bounds),
    positions: rects.map(({ id, x, y }) => [id, { x: x - bounds.x, y: y - bounds.y }]),
  };
}

/** Network simplex gives the shorter lines but its time grows fast; large groups take the quick ranker. */
function rankerFor(nodes: readonly LayoutNode[]): string {
  return nodes.length > 120 ? 'longest-path' : 'network-simplex';
}

/** Splits the models of an app into groups that hang together, in the order of their first ids. */
function connectedGroups(
  nodes: readonly LayoutNode[],
  edges: LayoutInput['edges'],
): readonly (readonly LayoutNode[])[] {
  const ids = new Set(nodes.map((node) => node.id));
  const neighbours = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { source, target } of edges) {
    if (!ids.has(source) || !ids.has(target)) continue;
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const groups: LayoutNode[][] = [];
  for (const node of nodes) {
    const group: LayoutNode[] = [];
    const queue = [node.id];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const member = byId.get(id);
      if (seen.has(id) || member === undefined) continue;
      seen.add(id);
      group.push(member);
      queue.push(...(neighbours.get(id) ?? []));
    }
    if (group.length > 0) groups.push(group.sort((a, b) => compare(a.id, b.id)));
  }
  return groups;
}

function sizeOf(size: Size): Size {
  return { width: size.width, height: size.height };
}

/** By code unit and not by locale, so that every machine has the same order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
