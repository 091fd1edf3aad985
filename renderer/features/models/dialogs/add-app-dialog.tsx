import { useState } from 'react';
import { assertAppName } from '../../../../shared/django/plan/names.ts';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { useSource } from '../../../stores/studio-context.tsx';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { nameProblem } from '../name-problem.ts';

interface AddAppDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly onClose: () => void;
  /** Called with the label once the app is written. */
  readonly onAdded: (label: string) => void;
}

/** Asks for the name of a new app. */
export function AddAppDialog({ snapshot, onClose, onAdded }: AddAppDialogProps) {
  const [name, setName] = useState('');
  const files = useSource((state) => state.files);
  const folder = snapshot.project === null || snapshot.project === '' ? '' : `${snapshot.project}/`;
  const isTaken = (module: string): boolean =>
    files.some(({ path }) => path === `${folder}${module}` || path === `${folder}${module}.py`);
  const wrong = nameProblem(() => {
    assertAppName(name, snapshot, isTaken);
  });
  return (
    <ProposalDialog
      title="Add an app"
      description="A package with models, admin, views and tests, entered in INSTALLED_APPS."
      operations={wrong === null ? [{ kind: 'app.add', name }] : null}
      onClose={onClose}
      onWritten={() => {
        onAdded(name);
      }}
    >
      <FormField
        label="Name"
        problem={name === '' ? null : wrong}
        help="Lower case and plural or collective, as Django’s own apps: catalog, orders, accounts."
      >
        {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
      </FormField>
    </ProposalDialog>
  );
}
