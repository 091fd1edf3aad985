import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';

interface InlineDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks which related rows stand in the form of a model. */
export function InlineDialog({ snapshot, model, onClose }: InlineDialogProps) {
  const related = snapshot.models.filter((other) =>
    other.fields.some(({ relation }) => relation?.target === model.id && relation.kind !== 'many-to-many'),
  );
  const [inline, setInline] = useState(related[0]?.id ?? null);
  const [style, setStyle] = useState<'tabular' | 'stacked'>('tabular');
  return (
    <ProposalDialog
      title={`Related rows in the form of ${model.name}`}
      operations={inline === null ? null : [{ kind: 'admin.addInline', model: model.id, inline, style }]}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField
        label="Model"
        problem={related.length === 0 ? `No model has a foreign key to ${model.name}.` : null}
      >
        {(control) => (
          <Select
            {...control}
            choices={related.map(({ id, name, app }) => ({ value: id, label: name, detail: app }))}
            value={inline}
            onChange={setInline}
          />
        )}
      </FormField>
      <Segmented
        label="Looks"
        value={style}
        onChange={setStyle}
        choices={[
          { value: 'tabular', label: 'As a table' },
          { value: 'stacked', label: 'One below the other' },
        ]}
      />
    </ProposalDialog>
  );
}
