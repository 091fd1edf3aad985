import { useMemo, useState } from 'react';
import { pastedModels, type CopiedModels } from '../../../../shared/django/copied-models.ts';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Select } from '../../../ui/select.tsx';

interface PasteDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly copied: CopiedModels;
  /** Chosen at first; null: the first one. */
  readonly app: string | null;
  readonly onClose: () => void;
  /** Called with the ids of the copies. */
  readonly onWritten: (models: readonly string[]) => void;
}

/** Asks for the app that copied models go to: all of them are one change. */
export function PasteDialog({ snapshot, copied, app: wanted, onClose, onWritten }: PasteDialogProps) {
  const apps = snapshot.apps.filter(({ folder }) => folder !== null).map(({ label }) => label);
  const [app, setApp] = useState(wanted !== null && apps.includes(wanted) ? wanted : (apps[0] ?? null));
  const models = useMemo(() => {
    const taken = snapshot.models.filter((model) => model.app === app).map(({ name }) => name);
    return app === null ? [] : pastedModels(copied, app, new Set(taken));
  }, [snapshot.models, copied, app]);
  return (
    <ProposalDialog
      title={models.length === 1 ? 'Paste a model' : `Paste ${String(models.length)} models`}
      description="Their fields are written anew in the app, and relations among them lead to the copies."
      operations={
        app === null
          ? null
          : [{ kind: 'model.addMany', app, models: models.map(({ name, fields }) => ({ name, fields })) }]
      }
      onClose={onClose}
      onWritten={() => {
        onWritten(models.map(({ name }) => `${app ?? ''}.${name}`));
      }}
    >
      <FormField label="App">
        {(control) => (
          <Select
            {...control}
            choices={apps.map((label) => ({ value: label, label }))}
            value={app}
            onChange={setApp}
          />
        )}
      </FormField>
      <p className="inspector-note">{models.map(({ name }) => name).join(', ')}</p>
      {copied.left.length > 0 && (
        <ul className="models-left" aria-label="What is not copied">
          {copied.left.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </ProposalDialog>
  );
}
