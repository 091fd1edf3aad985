import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with a view. */
export const viewPlanners: Planners<'view'> = {
  'view.add': { title: ({ app, name }) => `Add view ${name} to ${app}`, plan: unbuilt },
  'view.set': { title: ({ view, option }) => `Set ${option} of ${view.name}`, plan: unbuilt },
  'view.addMethod': { title: ({ view, name }) => `Add ${name} to ${view.name}`, plan: unbuilt },
};
