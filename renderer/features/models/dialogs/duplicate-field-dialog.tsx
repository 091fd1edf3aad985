import { useState } from 'react';
import { assertFieldName, takenFieldNames } from '../../../../shared/django/plan/names.ts';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { useStudio } from '../../../stores/studio-context.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { nameProblem } from '../name-problem.ts';

interface DuplicateFieldDialogProps {
  readonly model: ModelFacts;
  readonly field: string;
  readonly onClose: () => void;
}

/** Asks for the name of a copy of a field, which is looked at then. */
export function DuplicateFieldDialog({ model, field, onClose }: DuplicateFieldDialogProps) {
  const { designer } = useStudio();
  const [name, setName] = useState(() => freeName(field, model));
  const problem = nameProblem(() => {
    assertFieldName(name, takenFieldNames(model.fields), model.methods);
  });
  return (
    <ProposalDialog
      title={`Duplicate ${model.name}.${field}`}
      description="The same type and options, behind the original. The way back of a relation is its own."
      operations={problem === null ? [{ kind: 'field.duplicate', model: model.id, field, name }] : null}
      onClose={onClose}
      onWritten={() => {
        onClose();
        designer.inspect({ kind: 'field', name });
      }}
    >
      <FormField label="Name of the copy" problem={problem}>
        {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
      </FormField>
    </ProposalDialog>
  );
}

function freeName(field: string, { fields }: ModelFacts): string {
  const taken = new Set(fields.map(({ name }) => name));
  let name = `${field}_copy`;
  for (let count = 2; taken.has(name); count += 1) name = `${field}_copy${String(count)}`;
  return name;
}
