import type { Planners } from '../planner.ts';
import { planRouteAdd } from './plan-route.ts';
import { planRouteChangePath, planRouteRename } from './plan-route-change.ts';
import { planRouteInclude } from './plan-route-include.ts';
import { planRouteMove, planRouteRemove } from './plan-route-move.ts';
import { planRouteReorder } from './plan-route-order.ts';

/** What can be done with a route. */
export const routePlanners: Planners<'route'> = {
  'route.add': { title: ({ app, name }) => `Add route ${name} to ${app}`, plan: planRouteAdd },
  'route.changePath': {
    title: ({ route, path }) => `Change path ${route.pattern} to ${path}`,
    plan: planRouteChangePath,
  },
  'route.rename': {
    title: ({ route, name }) =>
      name === null ? `Take the name of ${route.pattern} away` : `Name ${route.pattern} ${name}`,
    plan: planRouteRename,
  },
  'route.reorder': { title: ({ route }) => `Move ${route.pattern}`, plan: planRouteReorder },
  'route.move': { title: ({ route, file }) => `Move ${route.pattern} to ${file}`, plan: planRouteMove },
  'route.remove': { title: ({ route }) => `Remove ${route.pattern}`, plan: planRouteRemove },
  'route.include': { title: ({ module, path }) => `Include ${module} at ${path}`, plan: planRouteInclude },
};
