import type { Planners } from '../planner.ts';
import { planAdminRegister, planAdminSet, planAdminUnregister } from './plan-admin.ts';
import { planAdminInline } from './plan-inline.ts';

/** What can be done with the admin of a model. */
export const adminPlanners: Planners<'admin'> = {
  'admin.register': { title: ({ model }) => `Register ${model} in the admin`, plan: planAdminRegister },
  'admin.unregister': {
    title: ({ model }) => `Take ${model} out of the admin`,
    plan: planAdminUnregister,
  },
  'admin.set': {
    title: ({ model, option }) => `Set ${option} in the admin of ${model}`,
    plan: planAdminSet,
  },
  'admin.addInline': {
    title: ({ model, inline }) => `Add ${inline} to the admin of ${model}`,
    plan: planAdminInline,
  },
};
