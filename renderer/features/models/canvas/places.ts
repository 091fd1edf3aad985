import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import type { PlaceChanges } from '../../../stores/places-store.ts';
import { unionOf, type Point, type Rect } from './geometry.ts';
import type { Positions } from './layout.ts';
import type { Scene } from './scene.ts';

/** The apps that are collapsed: a place under a label, which has no dot, is that of the app's box. */
export function collapsedApps(places: Positions): ReadonlySet<string> {
  return new Set(Object.keys(places).filter((id) => !id.includes('.')));
}

/** Of some changes those that change something. */
export function changesBetween(places: Positions, changes: PlaceChanges): PlaceChanges {
  return Object.fromEntries(
    Object.entries(changes).filter(([id, at]) => {
      const known = Object.hasOwn(places, id) ? places[id] : undefined;
      return at === null ? known !== undefined : known?.x !== at.x || known.y !== at.y;
    }),
  );
}

/** The places with the renamed models and apps under their new names. */
export function renamePlaces(
  places: Positions,
  models: ReadonlyMap<string, string>,
  apps: ReadonlyMap<string, string>,
): Positions {
  if (models.size === 0) return places;
  const next = new Map<string, Point>(Object.entries(places));
  for (const [from, to] of models) {
    const at = next.get(from);
    if (at !== undefined && !next.has(to)) next.set(to, at);
  }
  for (const [from, to] of apps) {
    const at = next.get(from);
    if (at !== undefined) next.set(to, at);
    next.delete(from);
  }
  return Object.fromEntries(next);
}

/** An app that is collapsed stands where its first models stood. */
export function placesOfCollapsed(
  app: string,
  models: readonly string[],
  { scene, positions }: { readonly scene: Scene; readonly positions: Positions },
): PlaceChanges {
  const corner = unionOf(
    models.flatMap((id): Rect[] => {
      const at = positions[id];
      const size = scene.byId.get(id)?.size;
      return at === undefined || size === undefined ? [] : [{ ...at, ...size }];
    }),
  );
  return corner === null ? {} : { [app]: { x: corner.x, y: corner.y } };
}

/** The models of an app that is expanded come back as they stood, moved as far as its box was. */
export function placesOfExpanded(
  app: string,
  models: readonly ModelFacts[],
  places: Positions,
): PlaceChanges {
  const own = models.flatMap((model) => {
    const at = model.app === app ? places[model.id] : undefined;
    return at === undefined ? [] : [[model.id, at] as const];
  });
  const box = places[app];
  if (box === undefined || own.length === 0) return { [app]: null };
  const dx = box.x - Math.min(...own.map(([, at]) => at.x));
  const dy = box.y - Math.min(...own.map(([, at]) => at.y));
  const moved = own.map(([id, at]) => [id, { x: at.x + dx, y: at.y + dy }] as const);
  return { [app]: null, ...Object.fromEntries(moved) };
}
