import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { isIdentifier } from '../../../../shared/python/python-code.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { targetChoices } from '../inspector/model-choices.ts';
import { modelNameProblem, readLines } from './model-draft.ts';

interface ThroughDialogProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks for a many-to-many field and the model between the two sides, with fields of its own. */
export function ThroughDialog({ snapshot, model, onClose }: ThroughDialogProps) {
  const [name, setName] = useState('');
  const [to, setTo] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [lines, setLines] = useState('');
  const target = (to === 'self' ? model.name : to?.split('.').at(-1)) ?? '';
  const through =
    typed ?? (target === '' ? '' : `${model.name}${target === 'AUTH_USER_MODEL' ? 'User' : target}`);
  const draft = { app: model.app, name: through, lines, admin: false };
  const { fields, problems } = readLines(draft, snapshot);
  const taken = model.fields.some((field) => field.name === name);
  const nameProblem = taken
    ? `${model.name} has a field ${name} already.`
    : isIdentifier(name)
      ? null
      : 'Write a Python name.';
  const throughProblem = modelNameProblem(draft, snapshot);
  const sound = nameProblem === null && throughProblem === null && problems.length === 0 && to !== null;
  return (
    <ProposalDialog
      title="Relation with a model between"
      description={`Many ${model.name} to many others, with what belongs to each pair: a date, an order, a role.`}
      operations={
        sound
          ? [
              {
                kind: 'field.addThrough',
                model: model.id,
                field: { name, type: 'ManyToManyField', to, options: {} },
                through: { name: through, fields: [...fields] },
                after: null,
              },
            ]
          : null
      }
      touched={name !== '' || lines !== ''}
      onClose={onClose}
      onWritten={onClose}
    >
      <div className="proposal-pair">
        <FormField label="Field" problem={name === '' ? null : nameProblem}>
          {(control) => (
            <TextField {...control} code autoFocus placeholder="members" value={name} onChange={setName} />
          )}
        </FormField>
        <FormField label="Leads to">
          {(control) => (
            <Combobox
              {...control}
              choices={targetChoices(snapshot, model.id)}
              value={to}
              placeholder="Choose a model"
              onChange={setTo}
            />
          )}
        </FormField>
      </div>
      <FormField label="Model between" problem={through === '' ? null : throughProblem}>
        {(control) => <TextField {...control} code value={through} onChange={setTyped} />}
      </FormField>
      <FormField
        label="Its own fields"
        optional
        problem={
          problems[0] === undefined ? null : `Line ${String(problems[0].line)}: ${problems[0].problem}`
        }
        help="One a line, like joined: Date. The two relations are written by themselves."
      >
        {(control) => (
          <TextArea {...control} code rows={3} placeholder="joined: Date" value={lines} onChange={setLines} />
        )}
      </FormField>
    </ProposalDialog>
  );
}
