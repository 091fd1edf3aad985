import type { CommandId } from '../../shared/commands.ts';
import type { ModelFacts } from '../../shared/django/project-model.ts';
import { chosenModel, type ModelForm } from '../stores/designer-store.ts';
import type { Studio } from '../stores/studio.ts';
import type { Command } from './command.ts';

/** The model that is chosen in the designer, as long as it can be changed. */
function changeable({ designer, source, shell }: Studio): ModelFacts | null {
  if (shell.state.getState().view !== 'models') return null;
  const model = chosenModel(designer.state.getState(), source.state.getState().snapshot);
  return model?.stale === false ? model : null;
}

/** The field of it that is looked at, where it is its own. */
function changeableField(studio: Studio): string | null {
  const { field } = studio.designer.state.getState();
  if (field?.kind !== 'field') return null;
  const own = changeable(studio)?.fields.find(({ name }) => name === field.name);
  return own?.inheritedFrom === null ? own.name : null;
}

function withModel(
  id: CommandId,
  run: (studio: Studio, model: ModelFacts) => unknown,
  fits: (model: ModelFacts) => boolean = () => true,
): Command {
  return {
    id,
    enabled: (studio) => {
      const model = changeable(studio);
      return model !== null && fits(model);
    },
    run: async (studio) => {
      const model = changeable(studio);
      if (model !== null) await run(studio, model);
    },
  };
}

const isConcrete = ({ abstract }: ModelFacts): boolean => !abstract;

function opens(id: CommandId, form: ModelForm, fits?: (model: ModelFacts) => boolean): Command {
  return withModel(
    id,
    ({ designer }, model) => {
      designer.open({ kind: 'model-form', form, model: model.id, field: null });
    },
    fits,
  );
}

function opensOfField(id: CommandId, form: ModelForm): Command {
  return {
    id,
    enabled: (studio) => changeableField(studio) !== null,
    run: (studio) => {
      const model = changeable(studio);
      const field = changeableField(studio);
      if (model === null || field === null) return;
      studio.designer.open({ kind: 'model-form', form, model: model.id, field });
    },
  };
}

function opensEntry(id: CommandId, option: 'indexes' | 'constraints'): Command {
  return withModel(
    id,
    ({ designer }, model) => {
      designer.open({ kind: 'meta-entry', model: model.id, option, index: null });
    },
    isConcrete,
  );
}

/** The forms of the chosen model by name, and what needs no form. */
export const modelFormCommands: readonly Command[] = [
  opens('models.duplicate', 'duplicate'),
  opens('models.move', 'move'),
  opens('models.changeBases', 'bases'),
  opens('models.setStr', 'str'),
  opens('models.setAbsoluteUrl', 'absolute-url'),
  opens('models.addManager', 'manager'),
  opens('models.addChoices', 'choices'),
  opens('models.addThrough', 'through', isConcrete),
  opens('models.addSerializer', 'serializer', isConcrete),
  opens('models.addInline', 'inline', isConcrete),
  opensEntry('models.addIndex', 'indexes'),
  opensEntry('models.addConstraint', 'constraints'),
  withModel(
    'models.toggleAbstract',
    ({ plan }, { id, abstract }) =>
      plan.propose({ kind: 'model.setAbstract', model: id, abstract: !abstract }),
    ({ proxy }) => !proxy,
  ),
  withModel(
    'models.registerAdmin',
    ({ plan }, { id }) => plan.propose({ kind: 'admin.register', model: id }),
    isConcrete,
  ),
  withModel('models.renameApp', ({ designer }, { app }) => {
    designer.open({ kind: 'rename-app', app });
  }),
  withModel('models.removeApp', ({ plan }, { app }) => plan.propose({ kind: 'app.remove', app })),
  opensOfField('models.duplicateField', 'duplicate-field'),
  opensOfField('models.moveFieldToBase', 'move-field'),
];
