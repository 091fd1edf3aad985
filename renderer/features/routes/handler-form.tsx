import { useState } from 'react';
import type { ViewFacts } from '../../../shared/django/component-model.ts';
import { isIdentifier } from '../../../shared/python/python-code.ts';
import { NamesField } from '../../fields/names-field.tsx';
import { ProposalDialog } from '../../fields/proposal-dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Asks for a handler of a view, or for an extra action of a viewset. */
export function HandlerForm({ view, onClose }: { readonly view: ViewFacts; readonly onClose: () => void }) {
  const isViewset = view.kind === 'viewset';
  const [name, setName] = useState(isViewset ? '' : 'get');
  const [detail, setDetail] = useState<'one' | 'list'>('one');
  const [methods, setMethods] = useState<readonly string[]>(['post']);
  const sound = isIdentifier(name) && (!isViewset || methods.length > 0);
  return (
    <ProposalDialog
      title={isViewset ? `Add an action to ${view.name}` : `Add a handler to ${view.name}`}
      operations={
        sound
          ? [
              {
                kind: 'view.addMethod',
                view: { file: view.place.file, name: view.name },
                name,
                action: isViewset ? { detail: detail === 'one', methods: [...methods] } : null,
              },
            ]
          : null
      }
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField
        label="Name"
        problem={name === '' || isIdentifier(name) ? null : 'Write a Python name.'}
        help={isViewset ? 'Also the end of its address: publish.' : 'The HTTP method in lower case.'}
      >
        {(control) => (
          <TextField
            {...control}
            code
            autoFocus
            placeholder={isViewset ? 'publish' : 'get'}
            value={name}
            onChange={setName}
          />
        )}
      </FormField>
      {isViewset && (
        <>
          <Segmented
            label="About"
            value={detail}
            onChange={setDetail}
            choices={[
              { value: 'one', label: 'One row' },
              { value: 'list', label: 'The list' },
            ]}
          />
          <FormField label="Methods">
            {(control) => (
              <NamesField
                control={control}
                label="methods"
                placeholder="Add a method"
                suggestions={METHODS.map((value) => ({ value, label: value }))}
                value={methods}
                onChange={setMethods}
              />
            )}
          </FormField>
        </>
      )}
    </ProposalDialog>
  );
}
