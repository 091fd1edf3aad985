import { BoxSelect, CodeXml, Copy, FolderInput, Layers2, Pencil, Plug, Plus, Trash2 } from 'lucide-react';
import { commandSpec, type CommandId } from '../../../shared/commands.ts';
import type { ModelFacts } from '../../../shared/django/project-model.ts';
import type { ModelForm } from '../../stores/designer-store.ts';
import { isEnabled, runCommand } from '../../commands/commands.ts';
import { attempt } from '../../stores/notices.ts';
import type { Studio } from '../../stores/studio.ts';
import type { MenuEntry } from '../../ui/menu.tsx';

/** What can be done with one model, wherever it is shown; `rename` begins it where the model stands. */
export function modelMenu(studio: Studio, model: ModelFacts, rename: () => void): readonly MenuEntry[] {
  const { designer, editor, plan, notify } = studio;
  const { id, stale, abstract } = model;
  const form = (which: ModelForm) => (): void => {
    designer.open({ kind: 'model-form', form: which, model: id, field: null });
  };
  return [
    {
      kind: 'item',
      id: 'add-field',
      label: 'Add field…',
      icon: Plus,
      shortcut: 'A',
      disabled: stale,
      onChoose: () => {
        designer.select([id]);
        designer.inspect({ kind: 'new' });
      },
    },
    {
      kind: 'item',
      id: 'add-api',
      label: 'Add an API for this model…',
      icon: Plug,
      disabled: abstract,
      onChoose: () => {
        designer.open({ kind: 'add-api', model: id });
      },
    },
    { kind: 'separator', id: 'look' },
    lookItem(studio, id, 'models.focusAround', 'F'),
    lookItem(studio, id, 'models.reachOut', 'R'),
    lookItem(studio, id, 'models.reachIn', 'Shift+R'),
    { kind: 'separator', id: 'change-model' },
    {
      kind: 'item',
      id: 'rename',
      label: 'Rename model',
      icon: Pencil,
      shortcut: 'F2',
      disabled: stale,
      onChoose: rename,
    },
    {
      kind: 'item',
      id: 'duplicate',
      label: 'Duplicate model…',
      icon: Copy,
      shortcut: 'Mod+D',
      disabled: stale,
      onChoose: form('duplicate'),
    },
    {
      kind: 'item',
      id: 'move',
      label: 'Move model…',
      icon: FolderInput,
      disabled: stale,
      onChoose: form('move'),
    },
    {
      kind: 'item',
      id: 'bases',
      label: 'Change bases…',
      icon: Layers2,
      disabled: stale,
      onChoose: form('bases'),
    },
    {
      kind: 'item',
      id: 'abstract',
      label: abstract ? 'Give it a table of its own…' : 'Make abstract…',
      icon: BoxSelect,
      disabled: stale || model.proxy,
      onChoose: () =>
        void attempt(notify, 'The model was not changed', () =>
          plan.propose({ kind: 'model.setAbstract', model: id, abstract: !abstract }),
        ),
    },
    {
      kind: 'item',
      id: 'code',
      label: 'Show model in code',
      icon: CodeXml,
      onChoose: () => void attempt(notify, 'The code can’t be shown', () => editor.reveal(model.place)),
    },
    { kind: 'separator', id: 'remove-separator' },
    {
      kind: 'item',
      id: 'remove',
      label: 'Delete model…',
      icon: Trash2,
      danger: true,
      shortcut: 'Delete',
      disabled: stale,
      onChoose: () =>
        void attempt(notify, 'The model was not deleted', () =>
          plan.propose({ kind: 'model.remove', model: id }),
        ),
    },
  ];
}

/** A command about the model, which is chosen for it unless it is already. */
function lookItem(studio: Studio, id: string, command: CommandId, shortcut: string): MenuEntry {
  return {
    kind: 'item',
    id: command,
    label: commandSpec(command).label,
    shortcut,
    onChoose: () => {
      if (!studio.designer.state.getState().selected.has(id)) studio.designer.select([id]);
      void runCommand(studio, command);
    },
  };
}

/** What can be done with several models at once. */
export function chosenMenu(studio: Studio): readonly MenuEntry[] {
  const item = (command: CommandId, shortcut?: string): MenuEntry => ({
    kind: 'item',
    id: command,
    label: commandSpec(command).label,
    shortcut,
    disabled: !isEnabled(studio, command),
    onChoose: () => void runCommand(studio, command),
  });
  return [
    item('models.copy', 'Mod+C'),
    item('models.relate', 'K'),
    { kind: 'separator', id: 'look' },
    item('models.focusAround', 'F'),
    item('models.reachOut', 'R'),
    item('models.reachIn', 'Shift+R'),
    { kind: 'separator', id: 'places' },
    item('models.arrangeSelection', 'L'),
    item('models.arrangeApp'),
    item('models.toggleCollapsed', 'C'),
  ];
}

/** What can be done with one app, wherever it is shown. */
export function appMenu(studio: Studio, app: string): readonly MenuEntry[] {
  const { designer, plan, notify } = studio;
  return [
    {
      kind: 'item',
      id: 'add-model',
      label: `Add model to ${app}…`,
      icon: Plus,
      onChoose: () => {
        designer.open({ kind: 'add-model', app, at: null });
      },
    },
    {
      kind: 'item',
      id: 'paste',
      label: `Paste models into ${app}…`,
      shortcut: 'Mod+V',
      disabled: designer.state.getState().copied === null,
      onChoose: () => {
        designer.open({ kind: 'paste', app });
      },
    },
    { kind: 'separator', id: 'look-app' },
    {
      kind: 'item',
      id: 'focus-app',
      label: 'Focus on the app',
      onChoose: () => {
        designer.setFocus({ kind: 'app', app });
      },
    },
    {
      kind: 'item',
      id: 'collapse-app',
      label: 'Collapse the app',
      shortcut: 'C',
      onChoose: () => {
        designer.ask({ kind: 'collapse', app, collapsed: true });
      },
    },
    { kind: 'separator', id: 'change-app' },
    {
      kind: 'item',
      id: 'rename-app',
      label: 'Rename app…',
      icon: Pencil,
      onChoose: () => {
        designer.open({ kind: 'rename-app', app });
      },
    },
    {
      kind: 'item',
      id: 'remove-app',
      label: 'Remove app…',
      icon: Trash2,
      danger: true,
      onChoose: () =>
        void attempt(notify, 'The app was not removed', () => plan.propose({ kind: 'app.remove', app })),
    },
  ];
}
