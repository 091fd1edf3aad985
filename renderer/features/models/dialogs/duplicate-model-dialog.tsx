import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { modelNameProblem } from './model-draft.ts';

interface DuplicateModelDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly onClose: () => void;
  /** Called with the id of the copy. */
  readonly onWritten: (model: string) => void;
}

/** Asks for the name of a copy of a model. */
export function DuplicateModelDialog({ snapshot, model, onClose, onWritten }: DuplicateModelDialogProps) {
  const [name, setName] = useState(`${model.name}Copy`);
  const problem = modelNameProblem({ app: model.app, name, lines: '', admin: false }, snapshot);
  return (
    <ProposalDialog
      title={`Duplicate ${model.name}`}
      description="The same fields, Meta and methods. Reverse names and the table are the copy’s own."
      operations={problem === null ? [{ kind: 'model.duplicate', model: model.id, name }] : null}
      onClose={onClose}
      onWritten={() => {
        onWritten(`${model.app}.${name}`);
      }}
    >
      <FormField label="Name of the copy" problem={problem}>
        {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
      </FormField>
    </ProposalDialog>
  );
}
