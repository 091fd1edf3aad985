import type { Planners } from '../planner.ts';
import { planRequirementAdd, planRequirementPin, planRequirementRemove } from './plan-requirement.ts';

/** What can be done with the packages a project needs. */
export const requirementPlanners: Planners<'requirement'> = {
  'requirement.add': { title: (operation) => `Add package ${operation.package}`, plan: planRequirementAdd },
  'requirement.remove': {
    title: (operation) => `Remove package ${operation.package}`,
    plan: planRequirementRemove,
  },
  'requirement.pin': {
    title: (operation) => `Pin package ${operation.package} to ${operation.version}`,
    plan: planRequirementPin,
  },
};
