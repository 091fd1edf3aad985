import { ArrowUpToLine, CodeXml, Copy, Pencil, Trash2 } from 'lucide-react';
import type { FieldFacts, ModelFacts } from '../../../shared/django/project-model.ts';
import { attempt } from '../../stores/notices.ts';
import type { Studio } from '../../stores/studio.ts';
import type { MenuEntry } from '../../ui/menu.tsx';

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
      disabled: fixed,
      onChoose: () => {
        designer.open({ kind: 'model-form', form: 'duplicate-field', model: model.id, field: field.name });
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
