import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with the admin of a model. */
export const adminPlanners: Planners<'admin'> = {
  'admin.register': { title: ({ model }) => `Register ${model} in the admin`, plan: unbuilt },
  'admin.unregister': { title: ({ model }) => `Take ${model} out of the admin`, plan: unbuilt },
  'admin.set': { title: ({ model, option }) => `Set ${option} in the admin of ${model}`, plan: unbuilt },
  'admin.addInline': {
    title: ({ model, inline }) => `Add ${inline} to the admin of ${model}`,
    plan: unbuilt,
  },
};
