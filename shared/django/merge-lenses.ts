import type { LensDifference, OwnPath } from './lens-difference.ts';
import { mergeModels, type MergedModel } from './merge-models.ts';
import { mergeRoutes, type MergedRoute } from './merge-routes.ts';
import type { ProjectSnapshot } from './project-model.ts';
import type { RuntimeLens } from './runtime-lens.ts';

/** The project as both lenses know it. */
export interface MergedProject {
  readonly models: readonly MergedModel[];
  readonly routes: readonly MergedRoute[];
  /** Models first, then routes. */
  readonly differences: readonly LensDifference[];
}

/** Puts what Django says beside what the source says. Without the runtime lens the source speaks alone. */
export function mergeLenses(
  snapshot: Pick<ProjectSnapshot, 'models' | 'routes' | 'apps'>,
  lens: Pick<RuntimeLens, 'models' | 'routes' | 'settings'> | null,
  ownPath: OwnPath,
): MergedProject {
  const { models, differences } = mergeModels(snapshot, lens);
  const { routes, differences: others } = mergeRoutes(snapshot.routes, lens, ownPath);
  return { models, routes, differences: [...differences, ...others] };
}
