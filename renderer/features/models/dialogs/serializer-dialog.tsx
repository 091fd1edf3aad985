import { useState } from 'react';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { isIdentifier } from '../../../../shared/python/python-code.ts';
import { NamesField } from '../../../fields/names-field.tsx';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';

interface SerializerDialogProps {
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks for a serializer of a model and the fields it shows. */
export function SerializerDialog({ model, onClose }: SerializerDialogProps) {
  const names = model.fields.map((field) => field.name);
  const hasKey = model.fields.some((field) => field.options.some(({ name }) => name === 'primary_key'));
  const all = hasKey ? names : ['id', ...names];
  const [name, setName] = useState(`${model.name}Serializer`);
  const [fields, setFields] = useState<readonly string[]>(all);
  const problem = isIdentifier(name) ? null : 'Write a Python name.';
  return (
    <ProposalDialog
      title={`Add a serializer of ${model.name}`}
      width="medium"
      description="A ModelSerializer in serializers.py of the app."
      operations={
        problem === null && fields.length > 0
          ? [{ kind: 'serializer.add', model: model.id, name, fields: [...fields] }]
          : null
      }
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Name" problem={problem}>
        {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
      </FormField>
      <FormField label="Fields" problem={fields.length === 0 ? 'Choose at least one field.' : null}>
        {(control) => (
          <NamesField
            control={control}
            label="fields"
            placeholder="Add a field"
            suggestions={all.map((value) => ({ value, label: value }))}
            value={fields}
            onChange={setFields}
          />
        )}
      </FormField>
    </ProposalDialog>
  );
}
