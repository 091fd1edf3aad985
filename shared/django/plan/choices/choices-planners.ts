import type { Planners } from '../planner.ts';
import {
  planChoicesAddMember,
  planChoicesChangeMember,
  planChoicesRemoveMember,
  planChoicesRename,
  planChoicesRenameMember,
  planChoicesReorderMember,
} from './plan-choice-members.ts';
import { planChoicesExtract } from './plan-choices-extract.ts';
import { planChoicesAdd } from './plan-choices.ts';

/** What can be done with choices. */
export const choicesPlanners: Planners<'choices'> = {
  'choices.add': { title: ({ model, name }) => `Add choices ${name} to ${model}`, plan: planChoicesAdd },
  'choices.extract': {
    title: ({ field, model }) => `Make a class of the choices of ${model}.${field}`,
    plan: planChoicesExtract,
  },
  'choices.addMember': {
    title: ({ choices, member }) => `Add ${member.name} to ${choices.name}`,
    plan: planChoicesAddMember,
  },
  'choices.changeMember': {
    title: ({ choices, member }) => `Change ${member.name} of ${choices.name}`,
    plan: planChoicesChangeMember,
  },
  'choices.renameMember': {
    title: ({ choices, member, name }) => `Rename ${member} of ${choices.name} to ${name}`,
    plan: planChoicesRenameMember,
  },
  'choices.reorderMember': {
    title: ({ choices, member }) => `Move ${member} of ${choices.name}`,
    plan: planChoicesReorderMember,
  },
  'choices.removeMember': {
    title: ({ choices, member }) => `Remove ${member} of ${choices.name}`,
    plan: planChoicesRemoveMember,
  },
  'choices.rename': {
    title: ({ choices, name }) => `Rename choices ${choices.name} to ${name}`,
    plan: planChoicesRename,
  },
};
