import { useState } from 'react';
import type { SerializerFacts } from '../../shared/django/component-model.ts';
import type { ModelFacts, ProjectSnapshot } from '../../shared/django/project-model.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Select } from '../ui/select.tsx';
import { ProposalDialog } from './proposal-dialog.tsx';

interface NestDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly serializer: SerializerFacts;
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks which relation is shown by which other serializer. */
export function NestDialog({ snapshot, serializer, model, onClose }: NestDialogProps) {
  const relations = relationsOf(snapshot, model);
  const [field, setField] = useState(relations[0]?.name ?? null);
  const relation = relations.find(({ name }) => name === field);
  const others = snapshot.serializers.filter(
    (each) => each.model === relation?.target && each.name !== serializer.name,
  );
  const [typed, setTyped] = useState<string | null>(null);
  const [readOnly, setReadOnly] = useState(true);
  const chosen = others.find(({ name }) => name === typed) ?? others[0];
  return (
    <ProposalDialog
      title={`Nest in ${serializer.name}`}
      description="The relation is shown as an object instead of its key."
      operations={
        relation === undefined || chosen === undefined
          ? null
          : [
              {
                kind: 'serializer.nest',
                serializer: { file: serializer.place.file, name: serializer.name },
                field: relation.name,
                with: { file: chosen.place.file, name: chosen.name },
                many: relation.many,
                readOnly,
              },
            ]
      }
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Relation" problem={relations.length === 0 ? `${model.name} has no relations.` : null}>
        {(control) => (
          <Select
            {...control}
            choices={relations.map(({ name, target }) => ({ value: name, label: name, detail: target }))}
            value={field}
            onChange={setField}
          />
        )}
      </FormField>
      <FormField
        label="Serializer"
        problem={
          relation !== undefined && others.length === 0
            ? `There is no serializer of ${relation.target} yet: add one to that model first.`
            : null
        }
      >
        {(control) => (
          <Select
            {...control}
            choices={others.map(({ name, app }) => ({ value: name, label: name, detail: app }))}
            value={chosen?.name ?? null}
            onChange={setTyped}
          />
        )}
      </FormField>
      <Checkbox
        label="Read only"
        help="Without it the serializer needs create and update of its own to write what is nested."
        checked={readOnly}
        onChange={setReadOnly}
      />
    </ProposalDialog>
  );
}

interface NestableRelation {
  readonly name: string;
  readonly target: string;
  readonly many: boolean;
}

/** The relations of a model and those that lead to it under a name of their own. */
function relationsOf(snapshot: ProjectSnapshot, model: ModelFacts): readonly NestableRelation[] {
  const own = model.fields.flatMap(({ name, relation }) =>
    relation === null || relation.target === null
      ? []
      : [{ name, target: relation.target, many: relation.kind === 'many-to-many' }],
  );
  const reverse = snapshot.models.flatMap((other) =>
    other.fields.flatMap(({ relation }) =>
      relation?.target === model.id && relation.relatedName !== null && !relation.relatedName.endsWith('+')
        ? [{ name: relation.relatedName, target: other.id, many: relation.kind !== 'one-to-one' }]
        : [],
    ),
  );
  return [...own, ...reverse];
}
