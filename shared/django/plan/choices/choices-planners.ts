import type { Planners } from '../planner.ts';
import { unbuilt } from '../planner.ts';

/** What can be done with choices. */
export const choicesPlanners: Planners<'choices'> = {
  'choices.add': { title: ({ model, name }) => `Add choices ${name} to ${model}`, plan: unbuilt },
  'choices.extract': {
    title: ({ field, model }) => `Make a class of the choices of ${model}.${field}`,
    plan: unbuilt,
  },
  'choices.addMember': {
    title: ({ choices, member }) => `Add ${member.name} to ${choices.name}`,
    plan: unbuilt,
  },
  'choices.changeMember': {
    title: ({ choices, member }) => `Change ${member.name} of ${choices.name}`,
    plan: unbuilt,
  },
  'choices.renameMember': {
    title: ({ choices, member, name }) => `Rename ${member} of ${choices.name} to ${name}`,
    plan: unbuilt,
  },
  'choices.reorderMember': {
    title: ({ choices, member }) => `Move ${member} of ${choices.name}`,
    plan: unbuilt,
  },
  'choices.removeMember': {
    title: ({ choices, member }) => `Remove ${member} of ${choices.name}`,
    plan: unbuilt,
  },
  'choices.rename': {
    title: ({ choices, name }) => `Rename choices ${choices.name} to ${name}`,
    plan: unbuilt,
  },
};
