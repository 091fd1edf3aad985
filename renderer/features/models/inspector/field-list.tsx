import { ArrowLeftRight, ArrowRight, Diamond, Key, List, type LucideIcon } from 'lucide-react';
import type { FieldFacts, ModelFacts } from '../../../../shared/django/project-model.ts';
import { draftKey } from '../../../stores/designer-store.ts';
import { useDesigner, useStudio } from '../../../stores/studio-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { ContextMenu } from '../../../ui/menu.tsx';
import { OrderedList } from '../../../ui/ordered-list.tsx';
import { flagsOf, roleOf, typeLabel } from '../canvas/field-label.ts';
import { orderedFields } from '../canvas/scene.ts';
import { fieldMenu } from '../field-menu.ts';

interface FieldListProps {
  readonly model: ModelFacts;
  readonly onOpen: (field: string) => void;
  /** The field is to stand behind another of the model; null: before all others. */
  readonly onMove: (field: string, after: string | null) => void;
}

/** The fields of a model in the order of its source, inherited ones last. */
export function FieldList({ model, onOpen, onMove }: FieldListProps) {
  if (model.fields.length === 0) {
    return <p className="inspector-note">No fields yet: Django adds an id of its own.</p>;
  }
  return (
    <OrderedList
      label={`Fields of ${model.name}`}
      disabled={model.stale}
      onMove={onMove}
      items={orderedFields(model).map((field) => ({
        id: field.name,
        fixed: field.inheritedFrom !== null,
        content: (
          <FieldRow
            model={model}
            field={field}
            onOpen={() => {
              onOpen(field.name);
            }}
          />
        ),
      }))}
    />
  );
}

interface FieldRowProps {
  readonly model: ModelFacts;
  readonly field: FieldFacts;
  readonly onOpen: () => void;
}

function FieldRow({ model, field, onOpen }: FieldRowProps) {
  const studio = useStudio();
  const kept = useDesigner((state) => state.drafts.has(draftKey(model.id, field.name)));
  return (
    <ContextMenu entries={fieldMenu(studio, model, field)}>
      <button
        type="button"
        className="field-row"
        data-inherited={field.inheritedFrom !== null || undefined}
        onClick={onOpen}
      >
        <FieldIcon field={field} />
        <span className="field-row-name">{field.name}</span>
        {kept && (
          <span className="field-row-kept" title="Typed and not written yet">
            <span className="visually-hidden">typed and not written yet</span>
          </span>
        )}
        <FieldBadges field={field} />
        <span className="field-row-type">{typeLabel(field)}</span>
      </button>
    </ContextMenu>
  );
}

function FieldBadges({ field }: { readonly field: FieldFacts }) {
  const flags = flagsOf(field);
  return (
    <>
      {field.inheritedFrom !== null && <Badge>{field.inheritedFrom.split('.').at(-1)}</Badge>}
      {flags.choices && <Badge>choices</Badge>}
    </>
  );
}

function FieldIcon({ field }: { readonly field: FieldFacts }) {
  const { icon: Icon, says, tone } = signOf(field);
  return (
    <span className="field-row-icon" data-tone={tone} title={says}>
      {Icon !== null && <Icon size={12} aria-hidden />}
      {says !== '' && <span className="visually-hidden">{says}</span>}
    </span>
  );
}

function signOf(field: FieldFacts): {
  readonly icon: LucideIcon | null;
  readonly says: string;
  readonly tone: string;
} {
  const flags = flagsOf(field);
  switch (roleOf(field)) {
    case 'primary':
      return { icon: Key, says: 'primary key', tone: 'key' };
    case 'many-to-many':
      return { icon: ArrowLeftRight, says: 'many-to-many', tone: 'relation' };
    case 'foreign-key':
      return { icon: ArrowRight, says: 'foreign key', tone: 'relation' };
    case 'one-to-one':
      return { icon: ArrowRight, says: 'one-to-one', tone: 'relation' };
    case 'generic':
      return { icon: ArrowRight, says: 'generic relation', tone: 'relation' };
    case 'plain':
      if (flags.unique) return { icon: Diamond, says: 'unique', tone: 'key' };
      return flags.indexed
        ? { icon: List, says: 'indexed', tone: 'plain' }
        : { icon: null, says: '', tone: 'plain' };
  }
}
