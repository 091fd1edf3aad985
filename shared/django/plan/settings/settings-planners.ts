import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with the settings. */
export const settingsPlanners: Planners<'settings'> = {
  'settings.set': { title: ({ setting }) => `Set ${setting}`, plan: unbuilt },
  'settings.addEntry': { title: ({ setting }) => `Add to ${setting}`, plan: unbuilt },
  'settings.removeEntry': { title: ({ setting }) => `Remove from ${setting}`, plan: unbuilt },
  'settings.fromEnvironment': {
    title: ({ setting, variable }) => `Read ${setting} from ${variable}`,
    plan: unbuilt,
  },
};
