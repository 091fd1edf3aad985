import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with the options of a model. */
export const metaPlanners: Planners<'meta'> = {
  'meta.set': { title: ({ model, option }) => `Set ${option} of ${model}`, plan: unbuilt },
  'meta.addEntry': { title: ({ model, option }) => `Add to ${option} of ${model}`, plan: unbuilt },
  'meta.changeEntry': { title: ({ model, option }) => `Change ${option} of ${model}`, plan: unbuilt },
  'meta.removeEntry': { title: ({ model, option }) => `Remove from ${option} of ${model}`, plan: unbuilt },
};
