import { useState } from 'react';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { isIdentifier } from '../../../../shared/python/python-code.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';

interface RenameAppDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly app: string;
  readonly onClose: () => void;
}

/** Asks for another name of an app's package. */
export function RenameAppDialog({ snapshot, app, onClose }: RenameAppDialogProps) {
  const module =
    snapshot.apps
      .find(({ label }) => label === app)
      ?.name.split('.')
      .at(-1) ?? app;
  const [name, setName] = useState(module);
  const problem = isIdentifier(name) ? null : 'Write a Python name in lower case: catalog, orders.';
  return (
    <ProposalDialog
      title={`Rename the app ${app}`}
      description="Renames the package and every import of it. The label stays, and with it tables, migrations and permissions."
      operations={problem === null && name !== module ? [{ kind: 'app.rename', app, name }] : null}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField label="Name of the package" problem={problem}>
        {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
      </FormField>
    </ProposalDialog>
  );
}
