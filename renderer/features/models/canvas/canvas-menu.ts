import { Boxes, Maximize, Pencil, Plus } from 'lucide-react';
import type { FieldFacts, ModelFacts } from '../../../../shared/django/project-model.ts';
import type { MenuEntry } from '../../../ui/menu.tsx';
import type { Studio } from '../../../stores/studio.ts';
import { fieldMenu } from '../field-menu.ts';
import { appMenu, chosenMenu, modelMenu } from '../model-menu.ts';
import type { Hit } from './hit-test.ts';

/** What is known of the place under the pointer. */
export interface MenuContext {
  readonly hit: Hit;
  /** The app under the pointer. */
  readonly app: string | null;
  /** The model under the pointer where it is part of the project, so that it can be changed. */
  readonly model: ModelFacts | null;
  readonly field: FieldFacts | null;
  readonly canAddModel: boolean;
  /** Asks for a new model at the pointer. */
  readonly addModel: (app: string | null) => void;
  /** Begins a new name where the old one stands. */
  readonly rename: (field: FieldFacts | null) => void;
}

/** The context menu for what lies under the pointer. */
export function canvasMenu(studio: Studio, context: MenuContext): readonly MenuEntry[] {
  const { model, field, rename } = context;
  const { selected } = studio.designer.state.getState();
  if (model !== null && selected.size > 1 && selected.has(model.id)) return chosenMenu(studio);
  if (model === null) return placeMenu(studio, context);
  const about = modelMenu(studio, model, () => {
    rename(null);
  });
  if (field === null) return about;
  const [change, ...others] = fieldMenu(studio, model, field);
  const renameField: MenuEntry = {
    kind: 'item',
    id: 'rename-field',
    label: 'Rename field',
    icon: Pencil,
    shortcut: 'F2',
    disabled: field.inheritedFrom !== null,
    onChoose: () => {
      rename(field);
    },
  };
  return [
    { kind: 'label', id: 'field', label: field.name },
    ...(change === undefined ? [] : [change]),
    renameField,
    ...others.map((entry): MenuEntry => ({ ...entry, id: `field-${entry.id}` })),
    { kind: 'separator', id: 'model-separator' },
    { kind: 'label', id: 'model', label: model.id },
    ...about,
  ];
}

/** The menu of an app that is one box. */
export function collapsedMenu(studio: Studio, app: string): readonly MenuEntry[] {
  const expand: MenuEntry = {
    kind: 'item',
    id: 'expand-app',
    label: 'Expand the app',
    shortcut: 'C',
    onChoose: () => {
      studio.designer.ask({ kind: 'collapse', app, collapsed: false });
    },
  };
  return appMenu(studio, app).map((entry) => (entry.id === 'collapse-app' ? expand : entry));
}

function placeMenu(studio: Studio, { hit, app, canAddModel, addModel }: MenuContext): readonly MenuEntry[] {
  const { designer } = studio;
  const add: MenuEntry = {
    kind: 'item',
    id: 'add-model-here',
    label: app === null ? 'Add model here…' : `Add model to ${app}…`,
    icon: Plus,
    disabled: !canAddModel,
    onChoose: () => {
      addModel(app);
    },
  };
  const ofApp = hit.kind === 'app' ? appMenu(studio, hit.app).filter(({ id }) => id !== 'add-model') : [];
  return [
    add,
    {
      kind: 'item',
      id: 'add-app',
      label: 'Add app…',
      icon: Boxes,
      onChoose: () => {
        designer.open({ kind: 'add-app' });
      },
    },
    ...ofApp,
    { kind: 'separator', id: 'view' },
    {
      kind: 'item',
      id: 'fit',
      label: 'Show all models',
      icon: Maximize,
      shortcut: '0',
      onChoose: () => {
        designer.ask({ kind: 'fit' });
      },
    },
    {
      kind: 'item',
      id: 'arrange',
      label: 'Arrange models anew',
      onChoose: () => {
        designer.ask({ kind: 'arrange', scope: 'all' });
      },
    },
  ];
}
