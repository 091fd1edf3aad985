import { useState } from 'react';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { isIdentifier } from '../../../../shared/python/python-code.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';

interface ExtractChoicesDialogProps {
  readonly model: ModelFacts;
  readonly field: string;
  readonly onClose: () => void;
}

/** Asks for the name of the class that a field's list of choices becomes. */
export function ExtractChoicesDialog({ model, field, onClose }: ExtractChoicesDialogProps) {
  const words = field.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const [name, setName] = useState(words.join(''));
  const problem = isIdentifier(name) ? null : 'Give the class a Python name, like Status.';
  return (
    <ProposalDialog
      title={`A class for the choices of ${field}`}
      description="The values stay as they are: rows and migrations do not change."
      operations={problem === null ? [{ kind: 'choices.extract', model: model.id, field, name }] : null}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Name of the class" problem={problem}>
        {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
      </FormField>
    </ProposalDialog>
  );
}
