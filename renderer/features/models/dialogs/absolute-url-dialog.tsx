import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { parametersOf } from '../../../stores/request-draft.ts';
import { Combobox } from '../../../ui/combobox.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Select } from '../../../ui/select.tsx';

interface AbsoluteUrlDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks for the route that shows one row, and which field each of its parameters takes. */
export function AbsoluteUrlDialog({ snapshot, model, onClose }: AbsoluteUrlDialogProps) {
  const named = snapshot.routes.filter(({ name, kind }) => name !== null && kind !== 'include');
  const [route, setRoute] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const facts = named.find(({ name }) => name === route);
  const fields = ['pk', ...model.fields.map(({ name }) => name)];
  const parameters = (facts === undefined ? [] : parametersOf(facts.pattern)).map(({ name }) => ({
    name,
    field: chosen[name] ?? (fields.includes(name) ? name : 'pk'),
  }));
  return (
    <ProposalDialog
      title={`Address of a ${model.name}`}
      description="Writes get_absolute_url: the admin links to it, and so does whoever redirects to a row."
      operations={
        route === null
          ? null
          : [
              {
                kind: 'model.setAbsoluteUrl',
                model: model.id,
                route,
                parameters: Object.fromEntries(parameters.map(({ name, field }) => [name, field])),
              },
            ]
      }
      touched={route !== null}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField
        label="Route"
        problem={named.length === 0 ? 'No route has a name yet: add one in Routes.' : null}
      >
        {(control) => (
          <Combobox
            {...control}
            placeholder="Choose a route"
            choices={named.map(({ name, pattern }) => ({
              value: name ?? '',
              label: name ?? '',
              detail: pattern,
            }))}
            value={route}
            onChange={setRoute}
          />
        )}
      </FormField>
      {parameters.map(({ name, field }) => (
        <FormField key={name} label={`<${name}>`} help="The field whose value stands there.">
          {(control) => (
            <Select
              {...control}
              choices={fields.map((value) => ({ value, label: value }))}
              value={field}
              onChange={(next) => {
                setChosen({ ...chosen, [name]: next });
              }}
            />
          )}
        </FormField>
      ))}
    </ProposalDialog>
  );
}
