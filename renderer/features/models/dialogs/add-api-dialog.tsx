import { useState } from 'react';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Select, type Choice } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { ProposalProblem } from '../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../stores/use-proposal.ts';
import {
  apiDraftFor,
  apiFields,
  apiOperation,
  pathProblem,
  type ApiDraft,
  type ApiField,
  type ApiPermission,
} from './api-draft.ts';

const PERMISSIONS: readonly Choice<ApiPermission>[] = [
  { value: 'authenticated', label: 'Only users who are logged in' },
  { value: 'authenticated-or-read-only', label: 'Everybody may read, users may write' },
  { value: 'model-permissions', label: 'By the permissions of this model' },
  { value: 'admin-only', label: 'Only staff' },
];

/** Asks what a model's API is to offer, and to whom. */
export function AddApiDialog({
  model,
  onClose,
}: {
  readonly model: ModelFacts;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState<ApiDraft>(() => apiDraftFor(model));
  const proposal = useProposal();
  const { propose, waiting, busy } = proposal;
  const path = pathProblem(draft.path);
  const nothing = draft.fields.size === 0;
  const submit = async (): Promise<void> => {
    if (path === null && !nothing && (await propose([apiOperation(model, draft)]))) onClose();
  };
  return (
    <Dialog
      open={!waiting}
      onClose={onClose}
      keepOpen
      width="medium"
      title={`Add an API for ${model.name}`}
      description="Writes serializer, viewset, filters, permissions, routes and tests with Django REST Framework."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={path !== null || nothing}
            onClick={() => void submit()}
          >
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
        <ProposalProblem of={proposal} />
        <FormField label="Path below /api/" problem={path}>
          {(control) => (
            <TextField
              {...control}
              code
              value={draft.path}
              onChange={(next) => setDraft({ ...draft, path: next })}
            />
          )}
        </FormField>
        <FormField label="Who may use it">
          {(control) => (
            <Select
              {...control}
              choices={PERMISSIONS}
              value={draft.permission}
              onChange={(permission) => setDraft({ ...draft, permission })}
            />
          )}
        </FormField>
        <ApiFieldTable fields={apiFields(model)} draft={draft} onChange={setDraft} />
        {nothing && <p className="option-problem">Choose at least one field that the API offers.</p>}
      </form>
    </Dialog>
  );
}

interface ApiFieldTableProps {
  readonly fields: readonly ApiField[];
  readonly draft: ApiDraft;
  readonly onChange: (draft: ApiDraft) => void;
}

function ApiFieldTable({ fields, draft, onChange }: ApiFieldTableProps) {
  const change = (part: 'fields' | 'filters' | 'search', name: string, on: boolean): void => {
    const next = new Set(draft[part]);
    if (on) next.add(name);
    else next.delete(name);
    onChange({ ...draft, [part]: next });
  };
  return (
    <table className="api-fields">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Offered</th>
          <th scope="col">Filter</th>
          <th scope="col">Search</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name}>
            <th scope="row">
              <code>{field.name}</code>
            </th>
            <td>{field.type}</td>
            <Tick
              label={`Offer ${field.name}`}
              checked={draft.fields.has(field.name)}
              onChange={(on) => change('fields', field.name, on)}
            />
            <Tick
              label={`Filter by ${field.name}`}
              checked={draft.filters.has(field.name)}
              disabled={!field.canFilter}
              onChange={(on) => change('filters', field.name, on)}
            />
            <Tick
              label={`Search in ${field.name}`}
              checked={draft.search.has(field.name)}
              disabled={!field.canSearch}
              onChange={(on) => change('search', field.name, on)}
            />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Tick(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <td className="api-fields-tick">
      {props.disabled === true ? (
        <span className="api-fields-none">–</span>
      ) : (
        <Checkbox
          label={<span className="visually-hidden">{props.label}</span>}
          checked={props.checked}
          onChange={props.onChange}
        />
      )}
    </td>
  );
}
