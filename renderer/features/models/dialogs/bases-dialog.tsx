import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { NamesField } from '../../../fields/names-field.tsx';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';

interface ModelDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Changes what a model derives from: the order of its bases is the order Python looks in. */
export function BasesDialog({ snapshot, model, onClose }: ModelDialogProps) {
  const [bases, setBases] = useState<readonly string[]>(model.bases);
  const changed = bases.join() !== model.bases.join();
  const suggestions = [
    { value: 'models.Model', label: 'models.Model', detail: 'Django’s own' },
    ...snapshot.models
      .filter(({ id }) => id !== model.id)
      .map(({ name, app, abstract }) => ({
        value: name,
        label: name,
        detail: abstract ? `${app} · abstract` : `${app} · multi-table`,
      })),
  ];
  return (
    <ProposalDialog
      title={`Bases of ${model.name}`}
      description="An abstract base gives its fields; a base with a table of its own is joined to it."
      operations={
        changed && bases.length > 0
          ? [{ kind: 'model.changeBases', model: model.id, bases: [...bases] }]
          : null
      }
      touched={changed}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Bases" help="In the order Python looks in. Alt and an arrow key move one.">
        {(control) => (
          <NamesField
            control={control}
            label="bases"
            placeholder="Add a base"
            suggestions={suggestions}
            value={bases}
            onChange={setBases}
          />
        )}
      </FormField>
    </ProposalDialog>
  );
}
