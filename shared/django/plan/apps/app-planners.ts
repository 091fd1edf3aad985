import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';
import { planAppAdd } from './plan-app.ts';

/** What can be done with an app. */
export const appPlanners: Planners<'app'> = {
  'app.add': { title: ({ name }) => `Add app ${name}`, plan: planAppAdd },
  'app.rename': { title: ({ app, name }) => `Rename app ${app} to ${name}`, plan: unbuilt },
  'app.remove': { title: ({ app }) => `Remove app ${app}`, plan: unbuilt },
};
