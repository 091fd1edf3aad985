import type { Planners } from '../planner.ts';
import { planMetaAddEntry, planMetaChangeEntry, planMetaRemoveEntry, planMetaSet } from './plan-meta.ts';

/** What can be done with the options of a model. */
export const metaPlanners: Planners<'meta'> = {
  'meta.set': { title: ({ model, option }) => `Set ${option} of ${model}`, plan: planMetaSet },
  'meta.addEntry': { title: ({ model, option }) => `Add to ${option} of ${model}`, plan: planMetaAddEntry },
  'meta.changeEntry': {
    title: ({ model, option }) => `Change ${option} of ${model}`,
    plan: planMetaChangeEntry,
  },
  'meta.removeEntry': {
    title: ({ model, option }) => `Remove from ${option} of ${model}`,
    plan: planMetaRemoveEntry,
  },
};
