import type { Planners } from '../planner.ts';
import { planModelAddManager, planModelChangeBases, planModelSetAbstract } from './plan-model-class.ts';
import { planModelSetAbsoluteUrl, planModelSetStr } from './plan-model-methods.ts';
import { planModelRemove, planModelRename } from './plan-model-change.ts';
import { planModelDuplicate } from './plan-model-duplicate.ts';
import { planModelMoveToApp } from './plan-model-move-app.ts';
import { planModelMove } from './plan-model-move.ts';
import { planModelAdd } from './plan-model.ts';
import { planModelAddMany } from './plan-models-add.ts';

/** What can be done with a model. */
export const modelPlanners: Planners<'model'> = {
  'model.add': { title: ({ app, name }) => `Add model ${app}.${name}`, plan: planModelAdd },
  'model.addMany': {
    title: ({ app, models }) =>
      models.length === 1
        ? `Add model ${app}.${models[0]?.name ?? ''}`
        : `Add ${String(models.length)} models to ${app}`,
    plan: planModelAddMany,
  },
  'model.rename': { title: ({ model, name }) => `Rename model ${model} to ${name}`, plan: planModelRename },
  'model.remove': { title: ({ model }) => `Remove model ${model}`, plan: planModelRemove },
  'model.duplicate': {
    title: ({ model, name }) => `Duplicate model ${model} as ${name}`,
    plan: planModelDuplicate,
  },
  'model.move': { title: ({ model, file }) => `Move model ${model} to ${file}`, plan: planModelMove },
  'model.moveToApp': {
    title: ({ model, app }) => `Move model ${model} to app ${app}`,
    plan: planModelMoveToApp,
  },
  'model.changeBases': { title: ({ model }) => `Change the bases of ${model}`, plan: planModelChangeBases },
  'model.setAbstract': {
    title: ({ model, abstract }) =>
      abstract ? `Make ${model} abstract` : `Make ${model} a model of its own`,
    plan: planModelSetAbstract,
  },
  'model.setStr': { title: ({ model }) => `Set __str__ of ${model}`, plan: planModelSetStr },
  'model.setAbsoluteUrl': {
    title: ({ model }) => `Set get_absolute_url of ${model}`,
    plan: planModelSetAbsoluteUrl,
  },
  'model.addManager': {
    title: ({ model, name }) => `Add manager ${name} to ${model}`,
    plan: planModelAddManager,
  },
};
