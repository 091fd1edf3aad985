import type { ModelFacts } from '../../shared/django/project-model.ts';
import { chosenModel, type CanvasWish } from '../stores/designer-store.ts';
import type { Studio } from '../stores/studio.ts';
import { withWorkspace, type Command } from './command.ts';

/** The model that the designer's commands are about; null with none or several chosen. */
function model({ designer, source }: Studio): ModelFacts | null {
  return chosenModel(designer.state.getState(), source.state.getState().snapshot);
}

const inSight = ({ shell }: Studio): boolean => shell.state.getState().view === 'models';
const withModel = (studio: Studio): boolean => inSight(studio) && model(studio) !== null;
const hasApps = ({ source }: Studio): boolean =>
  source.state.getState().snapshot?.apps.some((app) => app.folder !== null) === true;

/** Asks for a new app. */
export const addApp: Command = {
  id: 'models.addApp',
  enabled: withWorkspace,
  run: ({ shell, designer }) => {
    shell.show('models');
    designer.open({ kind: 'add-app' });
  },
};

/** Asks for a new model, in the app of the chosen one. */
export const addModel: Command = {
  id: 'models.addModel',
  enabled: (studio) => withWorkspace(studio) && hasApps(studio),
  run: (studio) => {
    studio.shell.show('models');
    studio.designer.open({ kind: 'add-model', app: model(studio)?.app ?? null, at: null });
  },
};

/** Opens the form of a new field of the chosen model. */
export const addField: Command = {
  id: 'models.addField',
  enabled: withModel,
  run: ({ designer }) => {
    designer.inspect({ kind: 'new' });
  },
};

/** Asks what the chosen model's API is to offer. */
export const addApi: Command = {
  id: 'models.addApi',
  enabled: (studio) => withModel(studio) && model(studio)?.abstract === false,
  run: (studio) => {
    const chosen = model(studio);
    if (chosen !== null) studio.designer.open({ kind: 'add-api', model: chosen.id });
  },
};

/** Shows the chosen model, or its chosen field, in the code. */
export const showModelCode: Command = {
  id: 'models.showCode',
  enabled: withModel,
  run: async (studio) => {
    const chosen = model(studio);
    if (chosen === null) return;
    const inspected = studio.designer.state.getState().field;
    const field =
      inspected?.kind === 'field'
        ? chosen.fields.find((candidate) => candidate.name === inspected.name)
        : undefined;
    await studio.editor.reveal((field ?? chosen).place);
  },
};

/** Proposes to remove the chosen field, or the chosen model. */
export const removeChosen: Command = {
  id: 'models.remove',
  enabled: withModel,
  run: async (studio) => {
    const chosen = model(studio);
    if (chosen === null) return;
    const inspected = studio.designer.state.getState().field;
    await studio.plan.propose(
      inspected?.kind === 'field'
        ? { kind: 'field.remove', model: chosen.id, field: inspected.name }
        : { kind: 'model.remove', model: chosen.id },
    );
  },
};

const onCanvas = (id: Command['id'], wish: CanvasWish, enabled: Command['enabled']): Command => ({
  id,
  enabled,
  run: ({ designer }) => {
    // A new object, so that the same wish counts again.
    designer.ask({ ...wish });
  },
});

/** Works on the models and moves around their canvas. */
export const modelCommands: readonly Command[] = [
  addApp,
  addModel,
  addField,
  addApi,
  onCanvas('models.rename', { kind: 'rename' }, withModel),
  removeChosen,
  showModelCode,
  onCanvas('models.fit', { kind: 'fit' }, inSight),
  onCanvas('models.zoomIn', { kind: 'zoom', factor: 1.25 }, inSight),
  onCanvas('models.zoomOut', { kind: 'zoom', factor: 0.8 }, inSight),
  onCanvas('models.arrange', { kind: 'arrange', scope: 'all' }, inSight),
  {
    id: 'models.toggleEdges',
    enabled: inSight,
    run: ({ designer }) => {
      designer.toggleEdges();
    },
  },
  {
    id: 'models.toggleOutside',
    enabled: inSight,
    run: ({ designer }) => {
      designer.toggleOutside();
    },
  },
];
