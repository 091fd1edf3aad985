import type { Planners } from '../planner.ts';
import { planAddRelated } from './plan-add-related.ts';

/** What can be done with a queryset. */
export const querysetPlanners: Planners<'queryset'> = {
  'queryset.addRelated': {
    title: ({ model, relation }) => `Fetch ${relation} with ${model}`,
    plan: planAddRelated,
  },
};
