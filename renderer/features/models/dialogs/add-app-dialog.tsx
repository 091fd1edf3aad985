import { useState } from 'react';
import { assertAppName } from '../../../../shared/django/plan/names.ts';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { useSource } from '../../../stores/studio-context.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { nameProblem } from '../name-problem.ts';
import { useProposal } from '../../../stores/use-proposal.ts';

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
  const { propose, problem, waiting, busy } = useProposal();
  const folder = snapshot.project === null || snapshot.project === '' ? '' : `${snapshot.project}/`;
  const isTaken = (module: string): boolean =>
    files.some(({ path }) => path === `${folder}${module}` || path === `${folder}${module}.py`);
  const wrong = nameProblem(() => {
    assertAppName(name, snapshot, isTaken);
  });
  const submit = async (): Promise<void> => {
    if (wrong === null && (await propose([{ kind: 'app.add', name }]))) onAdded(name);
  };
  return (
    <Dialog
      open={!waiting}
      onClose={onClose}
      title="Add an app"
      description="A package with models, admin, views and tests, entered in INSTALLED_APPS."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={wrong !== null} onClick={() => void submit()}>
            Show the change…
          </Button>
        </>
      }
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {problem !== null && (
          <Banner tone="danger" inset>
            {problem}
          </Banner>
        )}
        <FormField
          label="Name"
          problem={name === '' ? null : wrong}
          help="Lower case and plural or collective, as Django’s own apps: catalog, orders, accounts."
        >
          {(control) => <TextField {...control} code autoFocus value={name} onChange={setName} />}
        </FormField>
      </form>
    </Dialog>
  );
}
