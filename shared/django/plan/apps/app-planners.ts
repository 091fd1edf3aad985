import type { Planners } from '../planner.ts';
import { planAppAdd } from './plan-app.ts';
import { planAppRemove } from './plan-app-remove.ts';
import { planAppRename } from './plan-app-rename.ts';

/** What can be done with an app. */
export const appPlanners: Planners<'app'> = {
  'app.add': { title: ({ name }) => `Add app ${name}`, plan: planAppAdd },
  'app.rename': { title: ({ app, name }) => `Rename app ${app} to ${name}`, plan: planAppRename },
  'app.remove': { title: ({ app }) => `Remove app ${app}`, plan: planAppRemove },
};
