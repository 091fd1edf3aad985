import type { Planners } from '../planner.ts';
import { planViewAddMethod, planViewSet } from './plan-view.ts';
import { planViewAdd } from './plan-view-add.ts';

/** What can be done with a view. */
export const viewPlanners: Planners<'view'> = {
  'view.add': { title: ({ app, name }) => `Add view ${name} to ${app}`, plan: planViewAdd },
  'view.set': { title: ({ view, option }) => `Set ${option} of ${view.name}`, plan: planViewSet },
  'view.addMethod': {
    title: ({ view, name }) => `Add ${name} to ${view.name}`,
    plan: planViewAddMethod,
  },
};
