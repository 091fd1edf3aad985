import { ArrowUpToLine, CodeXml, Copy, Pencil, Trash2 } from 'lucide-react';
import type { FieldFacts, ModelFacts } from '../../../shared/django/project-model.ts';
import { draftKey } from '../../stores/designer-store.ts';
import { attempt } from '../../stores/notices.ts';
import type { Studio } from '../../stores/studio.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { draftOf } from './inspector/field-draft.ts';

/** What can be done with one field, wherever it is shown. */
export function fieldMenu(studio: Studio, model: ModelFacts, field: FieldFacts): readonly MenuEntry[] {
  const { designer, editor, plan, notify } = studio;
  const fixed = model.stale || field.inheritedFrom !== null;
  return [
    {
      kind: 'item',
      id: 'change',
      label: 'Change field…',
      icon: Pencil,
      disabled: fixed,
      onChoose: () => {
        designer.select([model.id]);
        designer.inspect({ kind: 'field', name: field.name });
      },
    },
    {
      kind: 'item',
      id: 'duplicate',
      label: 'Duplicate field…',
      icon: Copy,
      disabled: model.stale,
      onChoose: () => {
        duplicateField(studio, model, field);
      },
    },
    {
      kind: 'item',
      id: 'move-to-base',
      label: 'Move to a base…',
      icon: ArrowUpToLine,
      disabled: fixed,
      onChoose: () => {
        designer.open({ kind: 'model-form', form: 'move-field', model: model.id, field: field.name });
      },
    },
    {
      kind: 'item',
      id: 'code',
      label: 'Show field in code',
      icon: CodeXml,
      onChoose: () => void attempt(notify, 'The code can’t be shown', () => editor.reveal(field.place)),
    },
    { kind: 'separator', id: 'remove-separator' },
    {
      kind: 'item',
      id: 'remove',
      label: 'Delete field…',
      icon: Trash2,
      danger: true,
      disabled: fixed,
      onChoose: () =>
        void attempt(notify, 'The field was not deleted', () =>
          plan.propose({ kind: 'field.remove', model: model.id, field: field.name }),
        ),
    },
  ];
}

/** Opens the form of a new field that says what another one says, to stand behind it. */
export function duplicateField({ designer }: Studio, model: ModelFacts, field: FieldFacts): void {
  const taken = new Set(model.fields.map(({ name }) => name));
  let name = `${field.name}_copy`;
  for (let count = 2; taken.has(name); count += 1) name = `${field.name}_copy${String(count)}`;
  const { type, to, options } = draftOf(field);
  // A reverse name belongs to one relation alone.
  const kept = Object.fromEntries(Object.entries(options).filter(([option]) => option !== 'related_name'));
  designer.keep(draftKey(model.id, null), {
    field: { name, type, to, options: kept },
    base: '',
    after: field.inheritedFrom === null ? field.name : null,
  });
  designer.select([model.id]);
  designer.inspect({ kind: 'new' });
}
