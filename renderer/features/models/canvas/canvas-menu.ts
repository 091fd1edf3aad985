import { Boxes, CodeXml, Maximize, Pencil, Plug, Plus, Trash2 } from 'lucide-react';
import type { MenuEntry } from '../../../ui/menu.tsx';
import type { Hit } from './hit-test.ts';

/** What the entries of the canvas's context menu do. */
export interface CanvasMenuActions {
  readonly addModel: (app: string | null) => void;
  readonly addApp: () => void;
  readonly addField: (model: string) => void;
  readonly addApi: (model: string) => void;
  readonly rename: (model: string, field: string | null) => void;
  readonly remove: (model: string, field: string | null) => void;
  readonly showCode: (model: string, field: string | null) => void;
  readonly inspect: (model: string, field: string | null) => void;
  readonly fit: () => void;
  readonly arrange: () => void;
}

/** What is known of the thing under the pointer. */
export interface MenuContext {
  readonly hit: Hit;
  /** The app under the pointer. */
  readonly app: string | null;
  readonly canAddModel: boolean;
  /** The model is part of the project, so that it can be changed. */
  readonly own: boolean;
  readonly abstract: boolean;
  /** The field is written in this model, not inherited. */
  readonly ownField: boolean;
}

/** The context menu for what lies under the pointer. */
export function canvasMenu(context: MenuContext, actions: CanvasMenuActions): readonly MenuEntry[] {
  const { hit } = context;
  if (hit.kind === 'model' && context.own) return modelMenu(context, hit.model, hit.field, actions);
  return [
    item(
      'add-model',
      context.app === null ? 'Add model here…' : `Add model to ${context.app}…`,
      () => {
        actions.addModel(context.app);
      },
      { icon: Plus, disabled: !context.canAddModel },
    ),
    item('add-app', 'Add app…', actions.addApp, { icon: Boxes }),
    { kind: 'separator', id: 'view' },
    item('fit', 'Show all models', actions.fit, { icon: Maximize, shortcut: '0' }),
    item('arrange', 'Arrange models anew', actions.arrange),
  ];
}

function modelMenu(
  { abstract, ownField }: MenuContext,
  model: string,
  field: string | null,
  actions: CanvasMenuActions,
): readonly MenuEntry[] {
  const about: readonly MenuEntry[] =
    field === null
      ? []
      : [
          { kind: 'label', id: 'field', label: field },
          item(
            'change',
            'Change field…',
            () => {
              actions.inspect(model, field);
            },
            { icon: Pencil, disabled: !ownField },
          ),
          item(
            'rename-field',
            'Rename field',
            () => {
              actions.rename(model, field);
            },
            { shortcut: 'F2', disabled: !ownField },
          ),
          item(
            'code-field',
            'Show field in code',
            () => {
              actions.showCode(model, field);
            },
            { icon: CodeXml },
          ),
          item(
            'remove-field',
            'Delete field…',
            () => {
              actions.remove(model, field);
            },
            { icon: Trash2, danger: true, disabled: !ownField },
          ),
          { kind: 'separator', id: 'model-separator' },
          { kind: 'label', id: 'model', label: model },
        ];
  return [
    ...about,
    item(
      'add-field',
      'Add field…',
      () => {
        actions.addField(model);
      },
      { icon: Plus, shortcut: 'A' },
    ),
    item(
      'add-api',
      'Add an API for this model…',
      () => {
        actions.addApi(model);
      },
      { icon: Plug, disabled: abstract },
    ),
    { kind: 'separator', id: 'change-model' },
    item(
      'rename',
      'Rename model',
      () => {
        actions.rename(model, null);
      },
      { icon: Pencil, ...(field === null ? { shortcut: 'F2' } : {}) },
    ),
    item(
      'code',
      'Show model in code',
      () => {
        actions.showCode(model, null);
      },
      { icon: CodeXml },
    ),
    item(
      'remove',
      'Delete model…',
      () => {
        actions.remove(model, null);
      },
      { icon: Trash2, danger: true, ...(field === null ? { shortcut: 'Delete' } : {}) },
    ),
  ];
}

type ItemExtras = Partial<Omit<Extract<MenuEntry, { kind: 'item' }>, 'kind' | 'id' | 'label' | 'onChoose'>>;

function item(id: string, label: string, onChoose: () => void, extras: ItemExtras = {}): MenuEntry {
  return { kind: 'item', id, label, onChoose, ...extras };
}
