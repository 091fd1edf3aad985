import type { Planners } from '../planner.ts';
import { planSettingsSet } from './plan-setting.ts';
import {
  planSettingsAddEntry,
  planSettingsRemoveEntry,
  planSettingsReorderEntry,
} from './plan-setting-entry.ts';
import { planSettingsFromEnvironment } from './plan-setting-environment.ts';

/** What can be done with the settings. */
export const settingsPlanners: Planners<'settings'> = {
  'settings.set': { title: ({ setting }) => `Set ${setting}`, plan: planSettingsSet },
  'settings.addEntry': { title: ({ setting }) => `Add to ${setting}`, plan: planSettingsAddEntry },
  'settings.removeEntry': {
    title: ({ setting }) => `Remove from ${setting}`,
    plan: planSettingsRemoveEntry,
  },
  'settings.reorderEntry': {
    title: ({ setting }) => `Reorder ${setting}`,
    plan: planSettingsReorderEntry,
  },
  'settings.fromEnvironment': {
    title: ({ setting }) => `Read ${setting} from the environment`,
    plan: planSettingsFromEnvironment,
  },
};
