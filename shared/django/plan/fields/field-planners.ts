import type { Planners } from '../planner.ts';
import { planFieldMoveToBase } from './plan-field-base.ts';
import { planFieldChange } from './plan-field-change.ts';
import { planFieldDuplicate } from './plan-field-duplicate.ts';
import { planFieldReorder } from './plan-field-order.ts';
import { planFieldAddThrough } from './plan-field-through.ts';
import { planFieldAdd, planFieldRemove, planFieldRename } from './plan-field.ts';

/** What can be done with a field. */
export const fieldPlanners: Planners<'field'> = {
  'field.add': { title: ({ field, model }) => `Add field ${field.name} to ${model}`, plan: planFieldAdd },
  'field.change': { title: ({ field, model }) => `Change field ${field} of ${model}`, plan: planFieldChange },
  'field.rename': {
    title: ({ field, model, name }) => `Rename field ${field} of ${model} to ${name}`,
    plan: planFieldRename,
  },
  'field.duplicate': {
    title: ({ field, model, name }) => `Duplicate field ${field} of ${model} as ${name}`,
    plan: planFieldDuplicate,
  },
  'field.remove': { title: ({ field, model }) => `Remove field ${field} of ${model}`, plan: planFieldRemove },
  'field.reorder': { title: ({ field, model }) => `Move field ${field} of ${model}`, plan: planFieldReorder },
  'field.moveToBase': {
    title: ({ field, model, base }) => `Move field ${field} of ${model} to ${base}`,
    plan: planFieldMoveToBase,
  },
  'field.addThrough': {
    title: ({ field, model, through }) => `Add field ${field.name} through ${through.name} to ${model}`,
    plan: planFieldAddThrough,
  },
};
