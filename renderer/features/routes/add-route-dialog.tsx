import { useState } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../fields/proposal-dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { suggestedNames } from './route-rows.ts';

interface AddRouteDialogProps {
  readonly snapshot: ProjectSnapshot;
  /** The app of the chosen route. */
  readonly app: string | null;
  readonly onClose: () => void;
}

/** Asks for a new route: its path, its name and the view function that is written for it. */
export function AddRouteDialog({ snapshot, app, onClose }: AddRouteDialogProps) {
  const apps = snapshot.apps.filter(({ folder }) => folder !== null);
  const first = apps.find(({ label }) => label === app) ?? apps[0];
  const [label, setLabel] = useState(first?.label ?? '');
  const [path, setPath] = useState('');
  // What the user did not write follows the path.
  const [written, setWritten] = useState<{ readonly name?: string; readonly view?: string }>({});
  const { name, view } = { ...suggestedNames(path), ...written };
  const complete = label !== '' && name !== '' && view !== '';
  return (
    <ProposalDialog
      title="Add a route"
      description="Writes a view function and its path in the app’s URLconf, and includes that one where it is not yet."
      operations={complete ? [{ kind: 'route.add', app: label, path, name, view }] : null}
      touched={path !== ''}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField
        label="Path"
        help="Below the prefix of the app, with a slash at its end: sold/ or <int:pk>/sold/"
      >
        {(control) => (
          <TextField
            {...control}
            code
            autoFocus
            placeholder="<int:pk>/sold/"
            value={path}
            onChange={setPath}
          />
        )}
      </FormField>
      <FormField label="App">
        {(control) => (
          <Select
            {...control}
            choices={apps.map((each) => ({ value: each.label, label: each.label, detail: each.name }))}
            value={label}
            onChange={setLabel}
          />
        )}
      </FormField>
      <div className="proposal-pair">
        <FormField label="Name" help="Other code finds the route by it.">
          {(control) => (
            <TextField
              {...control}
              code
              value={name}
              onChange={(next) => {
                setWritten((before) => ({ ...before, name: next }));
              }}
            />
          )}
        </FormField>
        <FormField label="View" help="A new function in views.py.">
          {(control) => (
            <TextField
              {...control}
              code
              value={view}
              onChange={(next) => {
                setWritten((before) => ({ ...before, view: next }));
              }}
            />
          )}
        </FormField>
      </div>
    </ProposalDialog>
  );
}
