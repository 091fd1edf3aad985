import { useState } from 'react';
import { isIdentifier } from '../../../../shared/python/python-code.ts';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';

interface ManagerDialogProps {
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks for a manager with a queryset class of its own. */
export function ManagerDialog({ model, onClose }: ManagerDialogProps) {
  const [name, setName] = useState('objects');
  const [queryset, setQueryset] = useState(`${model.name}QuerySet`);
  const sound = isIdentifier(name) && isIdentifier(queryset);
  return (
    <ProposalDialog
      title={`Manager of ${model.name}`}
      description="A queryset class for questions that are asked often, and the manager that offers it."
      operations={sound ? [{ kind: 'model.addManager', model: model.id, name, queryset }] : null}
      onClose={onClose}
      onWritten={onClose}
    >
      <div className="proposal-pair">
        <FormField label="Manager" problem={isIdentifier(name) ? null : 'Write a Python name.'}>
          {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
        </FormField>
        <FormField label="Queryset class" problem={isIdentifier(queryset) ? null : 'Write a Python name.'}>
          {(control) => <TextField {...control} code value={queryset} onChange={setQueryset} />}
        </FormField>
      </div>
      <pre className="code-sample">{`${name} = ${queryset}.as_manager()`}</pre>
    </ProposalDialog>
  );
}
