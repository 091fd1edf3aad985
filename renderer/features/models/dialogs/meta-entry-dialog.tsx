import { useState } from 'react';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { NamesField } from '../../../fields/names-field.tsx';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { fieldNameChoices } from '../inspector/model-choices.ts';
import {
  entryProblem,
  readEntry,
  splitEntries,
  suggestedName,
  writeEntry,
  type MetaEntry,
} from './meta-entry-code.ts';

interface MetaEntryDialogProps {
  readonly model: ModelFacts;
  readonly option: 'indexes' | 'constraints';
  /** Which one is changed; null: a new one. */
  readonly index: number | null;
  readonly onClose: () => void;
}

const CALLEES = {
  indexes: [{ value: 'models.Index', label: 'Index', detail: 'finds rows faster' }],
  constraints: [
    { value: 'models.UniqueConstraint', label: 'Unique', detail: 'no two rows are the same' },
    { value: 'models.CheckConstraint', label: 'Check', detail: 'holds for every row' },
  ],
} as const;

/** Adds or changes an index or a constraint: by its parts, or as code where it has others. */
export function MetaEntryDialog({ model, option, index, onClose }: MetaEntryDialogProps) {
  const code = index === null ? null : entryCode(model, option, index);
  const [entry, setEntry] = useState<MetaEntry | null>(() =>
    code === null
      ? { callee: CALLEES[option][0].value, fields: [], name: '', condition: '', others: [] }
      : readEntry(code),
  );
  const [text, setText] = useState(code ?? '');
  const named = entry === null ? null : withName(entry, model);
  const problem = named === null ? null : entryProblem(named);
  const next = named === null ? text : writeEntry(named);
  const sound = problem === null && next.trim() !== '' && next !== code;
  const what = option === 'indexes' ? 'index' : 'constraint';
  // An empty form is no mistake before something was typed.
  const touched =
    index !== null ||
    (entry !== null && (entry.fields.length > 0 || entry.condition !== '' || entry.name !== ''));
  return (
    <ProposalDialog
      title={
        index === null
          ? `Add ${option === 'indexes' ? 'an' : 'a'} ${what} to ${model.name}`
          : `Change the ${what}`
      }
      width="medium"
      operations={
        !sound
          ? null
          : index === null
            ? [{ kind: 'meta.addEntry', model: model.id, option, code: next }]
            : [{ kind: 'meta.changeEntry', model: model.id, option, index, code: next }]
      }
      touched={touched}
      onClose={onClose}
      onWritten={onClose}
    >
      {entry === null ? (
        <FormField label="Code">
          {(control) => <TextArea {...control} code rows={4} value={text} onChange={setText} />}
        </FormField>
      ) : (
        <EntryParts model={model} option={option} entry={entry} named={named ?? entry} onChange={setEntry} />
      )}
      {entry !== null && (
        <div className="entry-code">
          <pre className="code-sample" aria-label="As it is written">
            {next}
          </pre>
          {problem !== null && touched && <p className="option-problem">{problem}</p>}
        </div>
      )}
    </ProposalDialog>
  );
}

interface EntryPartsProps {
  readonly model: ModelFacts;
  readonly option: 'indexes' | 'constraints';
  readonly entry: MetaEntry;
  /** With the name it gets where none is typed. */
  readonly named: MetaEntry;
  readonly onChange: (entry: MetaEntry) => void;
}

function EntryParts({ model, option, entry, named, onChange }: EntryPartsProps) {
  const known = CALLEES[option].some(({ value }) => value === entry.callee);
  const callees = known
    ? CALLEES[option]
    : [{ value: entry.callee, label: entry.callee, detail: 'as written' }, ...CALLEES[option]];
  const isCheck = entry.callee.endsWith('CheckConstraint');
  return (
    <>
      <div className="proposal-pair">
        <FormField label="Kind">
          {(control) => (
            <Select
              {...control}
              choices={callees}
              value={entry.callee}
              onChange={(callee) => {
                onChange({ ...entry, callee });
              }}
            />
          )}
        </FormField>
        <FormField label="Name">
          {(control) => (
            <TextField
              {...control}
              code
              value={entry.name}
              placeholder={named.name}
              onChange={(name) => {
                onChange({ ...entry, name });
              }}
            />
          )}
        </FormField>
      </div>
      {!isCheck && (
        <FormField
          label="Fields"
          help={option === 'indexes' ? 'In this order; - in front of a name turns it round.' : undefined}
        >
          {(control) => (
            <NamesField
              control={control}
              label="fields"
              placeholder="Add a field"
              suggestions={fieldNameChoices(model)}
              value={entry.fields}
              onChange={(fields) => {
                onChange({ ...entry, fields });
              }}
            />
          )}
        </FormField>
      )}
      <FormField
        label={isCheck ? 'Holds for every row' : 'Condition'}
        optional={!isCheck}
        help={isCheck ? undefined : 'Only rows for which it holds count.'}
      >
        {(control) => (
          <TextField
            {...control}
            code
            placeholder={isCheck ? 'models.Q(price__gte=0)' : 'models.Q(sold=False)'}
            value={entry.condition}
            onChange={(condition) => {
              onChange({ ...entry, condition });
            }}
          />
        )}
      </FormField>
      <FormField label="Other arguments" optional help="Expressions and options as code, one a line.">
        {(control) => (
          <TextArea
            {...control}
            code
            rows={2}
            placeholder="deferrable=models.Deferrable.DEFERRED"
            value={entry.others.join('\n')}
            onChange={(others) => {
              onChange({ ...entry, others: others === '' ? [] : others.split('\n') });
            }}
          />
        )}
      </FormField>
    </>
  );
}

function withName(entry: MetaEntry, { name }: ModelFacts): MetaEntry {
  const complete = { ...entry, others: entry.others.filter((other) => other.trim() !== '') };
  return entry.name === ''
    ? { ...complete, name: suggestedName(name, entry.fields, entry.callee) }
    : complete;
}

function entryCode(model: ModelFacts, option: string, index: number): string | null {
  const written = model.meta.find(({ name }) => name === option);
  return (written === undefined ? null : splitEntries(written.code))?.[index] ?? null;
}
