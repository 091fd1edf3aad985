import type { ModelChanges } from '../../../../shared/django/model-changes.ts';
import type { CanvasFocus } from '../../../stores/designer-store.ts';
import type { Scene, SceneEdge } from './scene.ts';

/** The models that a focus leaves; null where all are looked at. */
export function focusedModels(
  focus: CanvasFocus | null,
  scene: Pick<Scene, 'nodes' | 'edges' | 'byId'>,
  changes: ModelChanges | null,
): ReadonlySet<string> | null {
  switch (focus?.kind) {
    case undefined:
    case 'apps':
      return null;
    case 'around':
      return within(focus.models, focus.hops, scene, (edge, id) =>
        edge.source === id ? edge.target : edge.source,
      );
    case 'reach':
      return within(focus.models, Infinity, scene, (edge, id) => {
        const [from, to] =
          focus.direction === 'out' ? [edge.source, edge.target] : [edge.target, edge.source];
        return from === id ? to : null;
      });
    case 'app':
      return new Set(scene.nodes.filter((node) => node.app === focus.app).map((node) => node.id));
    case 'route':
      return new Set(focus.models);
    case 'changes':
      return new Set(changes?.keys());
  }
}

/** What stands so many lines away at the most, the starts among them. */
function within(
  starts: readonly string[],
  hops: number,
  { edges, byId }: Pick<Scene, 'edges' | 'byId'>,
  other: (edge: SceneEdge, id: string) => string | null,
): ReadonlySet<string> {
  const linesOf = new Map<string, SceneEdge[]>();
  for (const edge of edges) {
    for (const end of new Set([edge.source, edge.target])) {
      const known = linesOf.get(end);
      if (known === undefined) linesOf.set(end, [edge]);
      else known.push(edge);
    }
  }
  const found = new Set(starts.filter((id) => byId.has(id)));
  let ring: readonly string[] = [...found];
  for (let hop = 0; hop < hops && ring.length > 0; hop += 1) {
    const next = new Set<string>();
    for (const id of ring) {
      // Everything meets in users and content types: what they join is no neighbourhood.
      if (byId.get(id)?.kind === 'outside' && !starts.includes(id)) continue;
      for (const edge of linesOf.get(id) ?? []) {
        const to = other(edge, id);
        if (to !== null && !found.has(to)) next.add(to);
      }
    }
    for (const id of next) found.add(id);
    ring = [...next];
  }
  return found;
}

/** What a focus is called: "2 steps around catalog.Book". */
export function focusTitle(focus: CanvasFocus, revision: string | null): string {
  switch (focus.kind) {
    case 'around':
      return `${focus.hops === 1 ? '1 step' : `${String(focus.hops)} steps`} around ${named(focus.models)}`;
    case 'reach':
      return focus.direction === 'out'
        ? `What ${named(focus.models)} leads to`
        : `What leads to ${named(focus.models)}`;
    case 'app':
      return `App ${focus.app}`;
    case 'apps':
      return 'Every app as one box';
    case 'route':
      return `Models of the route ${focus.pattern}`;
    case 'changes':
      return `Changed since ${revision ?? 'then'}`;
  }
}

function named(models: readonly string[]): string {
  const [first = ''] = models;
  return models.length === 1 ? first : `${String(models.length)} models`;
}
