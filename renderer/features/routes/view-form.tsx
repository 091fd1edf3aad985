import { useState } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { isIdentifier } from '../../../shared/python/python-code.ts';
import { ProposalDialog } from '../../fields/proposal-dialog.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ViewFormProps {
  readonly snapshot: ProjectSnapshot;
  readonly app: string | null;
  readonly onClose: () => void;
}

/** Classes that views derive from; those that show rows need a model. */
const BASES: readonly { readonly name: string; readonly detail: string; readonly rows: boolean }[] = [
  { name: 'ListView', detail: 'many rows as a page', rows: true },
  { name: 'DetailView', detail: 'one row as a page', rows: true },
  { name: 'CreateView', detail: 'a form for a new row', rows: true },
  { name: 'UpdateView', detail: 'a form for one row', rows: true },
  { name: 'DeleteView', detail: 'asks, then deletes', rows: true },
  { name: 'TemplateView', detail: 'a template', rows: false },
  { name: 'FormView', detail: 'any form', rows: false },
  { name: 'RedirectView', detail: 'leads elsewhere', rows: false },
  { name: 'View', detail: 'handlers of its own', rows: false },
  { name: 'ModelViewSet', detail: 'REST: list, read, write, delete', rows: true },
  { name: 'ReadOnlyModelViewSet', detail: 'REST: list and read', rows: true },
  { name: 'ListCreateAPIView', detail: 'REST: list and create', rows: true },
  { name: 'RetrieveUpdateDestroyAPIView', detail: 'REST: one row', rows: true },
  { name: 'APIView', detail: 'REST: handlers of its own', rows: false },
];

/** Asks for a class-based view or a viewset; its route is another step. */
export function ViewForm({ snapshot, app, onClose }: ViewFormProps) {
  const apps = snapshot.apps.filter(({ folder }) => folder !== null);
  const [label, setLabel] = useState(app ?? apps[0]?.label ?? null);
  const [base, setBase] = useState('ListView');
  const [model, setModel] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const needsModel = BASES.find(({ name }) => name === base)?.rows === true;
  const subject = needsModel ? (model?.split('.').at(-1) ?? '') : '';
  const name = typed ?? `${subject}${base.replace(/^(ReadOnly)?Model(?=ViewSet)/, '')}`;
  const complete = label !== null && isIdentifier(name) && (!needsModel || model !== null);
  const models = snapshot.models.filter(({ abstract }) => !abstract);
  return (
    <ProposalDialog
      title="Add a view"
      description="A class in views.py of the app. A route leads to it in the next step."
      operations={
        complete ? [{ kind: 'view.add', app: label, name, base, model: needsModel ? model : null }] : null
      }
      touched={typed !== null || model !== null}
      onClose={onClose}
      onWritten={onClose}
    >
      <div className="proposal-pair">
        <FormField label="Derives from">
          {(control) => (
            <Combobox
              {...control}
              choices={BASES.map(({ name: value, detail }) => ({ value, label: value, detail }))}
              value={base}
              onChange={setBase}
            />
          )}
        </FormField>
        <FormField label="App">
          {(control) => (
            <Select
              {...control}
              choices={apps.map((each) => ({ value: each.label, label: each.label }))}
              value={label}
              onChange={setLabel}
            />
          )}
        </FormField>
      </div>
      {needsModel && (
        <FormField label="Model">
          {(control) => (
            <Combobox
              {...control}
              placeholder="Choose a model"
              choices={models.map(({ id, name: each, app: owner }) => ({
                value: id,
                label: each,
                detail: owner,
              }))}
              value={model}
              onChange={setModel}
            />
          )}
        </FormField>
      )}
      <FormField label="Name" problem={isIdentifier(name) ? null : 'Write a Python name.'}>
        {(control) => <TextField {...control} code value={name} onChange={setTyped} />}
      </FormField>
    </ProposalDialog>
  );
}
