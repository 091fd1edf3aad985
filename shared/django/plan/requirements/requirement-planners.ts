import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with the packages a project needs. */
export const requirementPlanners: Planners<'requirement'> = {
  'requirement.add': { title: (operation) => `Add package ${operation.package}`, plan: unbuilt },
  'requirement.remove': { title: (operation) => `Remove package ${operation.package}`, plan: unbuilt },
  'requirement.pin': {
    title: (operation) => `Pin package ${operation.package} to ${operation.version}`,
    plan: unbuilt,
  },
};
