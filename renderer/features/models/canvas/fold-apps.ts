import { nodeSize } from './metrics.ts';
import type { Scene, SceneEdge, SceneNode } from './scene.ts';

/** Wide enough for the name of an app to be read from afar. */
const APP_WIDTH = 320;

/** The scene with each of these apps as one box; the lines of its models lead to the box. */
export function foldApps(scene: Scene, collapsed: ReadonlySet<string>): Scene {
  const folded = scene.apps.filter((app) => collapsed.has(app.label));
  if (folded.length === 0) return scene;
  const boxOf = new Map(folded.flatMap((app) => app.models.map((id) => [id, app.label] as const)));
  const boxes = folded.map((app): SceneNode => {
    const count = app.models.length;
    return {
      id: app.label,
      app: app.label,
      name: app.label,
      kind: 'app',
      stale: false,
      tag: count === 1 ? '1 model' : `${String(count)} models`,
      mark: markOf(scene, app.models),
      rows: [],
      hiddenRows: 0,
      size: { ...nodeSize(app.label, [], 0), width: APP_WIDTH },
    };
  });
  const nodes = [...scene.nodes.filter((node) => !boxOf.has(node.id)), ...boxes];
  const edges = new Map<string, SceneEdge>();
  for (const edge of scene.edges) {
    const source = boxOf.get(edge.source);
    const target = boxOf.get(edge.target);
    if (source === undefined && target === undefined) edges.set(edge.id, edge);
    else if (source !== target) {
      const ends = { source: source ?? edge.source, target: target ?? edge.target };
      // Of many lines between two boxes one says it.
      const id = `${ends.source}>${ends.target}`;
      if (!edges.has(id)) edges.set(id, { ...edge, ...ends, id, row: source === undefined ? edge.row : -1 });
    }
  }
  const apps = scene.apps.map((app) =>
    collapsed.has(app.label) ? { ...app, collapsed: true, models: [app.label] } : app,
  );
  return { nodes, edges: [...edges.values()], apps, byId: new Map(nodes.map((node) => [node.id, node])) };
}

function markOf(scene: Scene, models: readonly string[]): SceneNode['mark'] {
  const marks = new Set(models.map((id) => scene.byId.get(id)?.mark ?? null));
  marks.delete(null);
  const [only] = marks;
  return marks.size > 1 ? 'changed' : (only ?? null);
}
