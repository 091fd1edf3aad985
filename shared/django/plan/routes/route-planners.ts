import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';
import { planRouteAdd } from './plan-route.ts';

/** What can be done with a route. */
export const routePlanners: Planners<'route'> = {
  'route.add': { title: ({ app, name }) => `Add route ${name} to ${app}`, plan: planRouteAdd },
  'route.changePath': {
    title: ({ route, path }) => `Change path ${route.pattern} to ${path}`,
    plan: unbuilt,
  },
  'route.rename': {
    title: ({ route, name }) =>
      name === null ? `Take the name of ${route.pattern} away` : `Name ${route.pattern} ${name}`,
    plan: unbuilt,
  },
  'route.reorder': { title: ({ route }) => `Move ${route.pattern}`, plan: unbuilt },
  'route.move': { title: ({ route, file }) => `Move ${route.pattern} to ${file}`, plan: unbuilt },
  'route.remove': { title: ({ route }) => `Remove ${route.pattern}`, plan: unbuilt },
  'route.include': { title: ({ module, path }) => `Include ${module} at ${path}`, plan: unbuilt },
};
