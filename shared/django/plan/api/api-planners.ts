import type { Planners } from '../planner.ts';
import { planApiAdd } from './plan-api.ts';

/** What can be done with an API. */
export const apiPlanners: Planners<'api'> = {
  'api.add': { title: ({ model, path }) => `Add an API for ${model} at /api/${path}/`, plan: planApiAdd },
};
