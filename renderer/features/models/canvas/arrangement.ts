import { unionOf, type Point, type Rect } from './geometry.ts';
import { regionAround } from './ground.ts';
import type { Positions } from './layout.ts';
import { routeEdge, type Route } from './route.ts';
import type { Scene, SceneApp, SceneEdge, SceneNode } from './scene.ts';
import { createSpatialIndex, type SpatialIndex } from './spatial-index.ts';

/** One app where it lies. */
export interface Region {
  readonly app: SceneApp;
  readonly rect: Rect;
}

/** A scene with its positions: what is drawn, hit and moved. Changes only through `move`. */
export interface Arrangement {
  readonly scene: Scene;
  readonly index: SpatialIndex;
  readonly rectOf: (id: string) => Rect;
  /** The edges with the ways they take, in the order of the scene. */
  readonly routes: readonly { readonly edge: SceneEdge; readonly route: Route }[];
  readonly regions: () => readonly Region[];
  /** Around everything. */
  readonly bounds: () => Rect;
  /** Puts the top left corners of these models elsewhere; their lines and regions follow. */
  readonly move: (places: ReadonlyMap<string, Point>) => void;
  /** Models that a line joins to this one. */
  readonly neighbours: (id: string) => ReadonlySet<string>;
  readonly positions: () => Positions;
}

const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** Puts a scene on its places. */
export function createArrangement(scene: Scene, positions: Positions): Arrangement {
  const index = createSpatialIndex();
  const place = (node: SceneNode, at: Point): void => {
    index.set(node.id, { x: at.x, y: at.y, width: node.size.width, height: node.size.height });
  };
  for (const node of scene.nodes) place(node, positions[node.id] ?? { x: 0, y: 0 });

  const rectOf = (id: string): Rect => index.get(id) ?? NOWHERE;
  const way = (edge: SceneEdge): Route => routeEdge(edge, rectOf(edge.source), rectOf(edge.target));
  const routes = scene.edges.map((edge) => ({ edge, route: way(edge) }));
  const edgesOf = edgesByNode(scene);
  let regions: readonly Region[] | null = null;

  const move = (places: ReadonlyMap<string, Point>): void => {
    const touched = new Set<number>();
    for (const [id, at] of places) {
      const node = scene.byId.get(id);
      if (node === undefined) continue;
      place(node, at);
      for (const edge of edgesOf.get(id) ?? []) touched.add(edge);
    }
    for (const at of touched) {
      const edge = scene.edges[at];
      if (edge !== undefined) routes[at] = { edge, route: way(edge) };
    }
    regions = null;
  };

  // Where regions lie over each other, the smaller one on top stays in sight.
  const currentRegions = (): readonly Region[] =>
    (regions ??= scene.apps
      .map((app) => regionOf(app, rectOf))
      .sort((a, b) => b.rect.width * b.rect.height - a.rect.width * a.rect.height));
  return {
    scene,
    index,
    rectOf,
    routes,
    regions: currentRegions,
    bounds: () => unionOf(currentRegions().map((region) => region.rect)) ?? NOWHERE,
    move,
    neighbours: (id) => neighboursOf(scene, edgesOf.get(id) ?? [], id),
    positions: () =>
      Object.fromEntries(scene.nodes.map(({ id }) => [id, { x: rectOf(id).x, y: rectOf(id).y }])),
  };
}

function regionOf(app: SceneApp, rectOf: (id: string) => Rect): Region {
  const inner = unionOf(app.models.map(rectOf)) ?? NOWHERE;
  return {
    app,
    rect: app.collapsed ? inner : regionAround(inner),
  };
}

function edgesByNode(scene: Scene): ReadonlyMap<string, readonly number[]> {
  const edges = new Map<string, number[]>(scene.nodes.map((node) => [node.id, []]));
  scene.edges.forEach((edge, at) => {
    edges.get(edge.source)?.push(at);
    if (edge.target !== edge.source) edges.get(edge.target)?.push(at);
  });
  return edges;
}

function neighboursOf(scene: Scene, edges: readonly number[], id: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const at of edges) {
    const edge = scene.edges[at];
    if (edge !== undefined) ids.add(edge.source === id ? edge.target : edge.source);
  }
  ids.delete(id);
  return ids;
}
