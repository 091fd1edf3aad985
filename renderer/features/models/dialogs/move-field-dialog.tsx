import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { abstractBases } from '../model-kinds.ts';

interface MoveFieldDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly field: string;
  readonly onClose: () => void;
}

/** Moves a field to an abstract base of its model. */
export function MoveFieldDialog({ snapshot, model, field, onClose }: MoveFieldDialogProps) {
  const bases = abstractBases(snapshot, model);
  const [base, setBase] = useState(bases[0]?.id ?? null);
  return (
    <ProposalDialog
      title={`Move ${field} to a base`}
      description="Every model that derives from the base has the field then; in the database nothing changes for this one."
      operations={base === null ? null : [{ kind: 'field.moveToBase', model: model.id, field, base }]}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField
        label="Base"
        problem={bases.length === 0 ? `${model.name} derives from no abstract model of the project.` : null}
      >
        {(control) => (
          <Select
            {...control}
            choices={bases.map(({ id, name, app }) => ({ value: id, label: name, detail: app }))}
            value={base}
            onChange={setBase}
          />
        )}
      </FormField>
    </ProposalDialog>
  );
}
