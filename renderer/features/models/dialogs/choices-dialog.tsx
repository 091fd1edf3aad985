import { useState } from 'react';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import type { ChoiceMember } from '../../../../shared/django/operations/parts.ts';
import { isIdentifier, pythonString } from '../../../../shared/python/python-code.ts';
import { choicesFromLines } from '../../../fields/choices-code.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';

interface ChoicesDialogProps {
  readonly model: ModelFacts;
  /** The field that is to use them. */
  readonly field: string | null;
  readonly onClose: () => void;
}

const NONE = '-';

/** Asks for a choices class: its name, its members one a line, and the field that uses it. */
export function ChoicesDialog({ model, field, onClose }: ChoicesDialogProps) {
  const [name, setName] = useState(field === null ? '' : classNameOf(field));
  const [type, setType] = useState<'TextChoices' | 'IntegerChoices'>('TextChoices');
  const [lines, setLines] = useState('');
  const [user, setUser] = useState(field ?? NONE);
  const members = membersOf(lines, type);
  const problem = choicesProblem(name, members, type);
  const fields = model.fields.filter(
    ({ relation, inheritedFrom }) => relation === null && inheritedFrom === null,
  );
  return (
    <ProposalDialog
      title={`Add choices to ${model.name}`}
      width="medium"
      operations={
        problem === null
          ? [
              {
                kind: 'choices.add',
                model: model.id,
                name,
                type,
                members: [...members],
                field: user === NONE ? null : user,
              },
            ]
          : null
      }
      touched={lines !== ''}
      onClose={onClose}
      onWritten={onClose}
    >
      <div className="proposal-pair">
        <FormField label="Name">
          {(control) => (
            <TextField {...control} code autoFocus placeholder="Status" value={name} onChange={setName} />
          )}
        </FormField>
        <FormField label="Used by">
          {(control) => (
            <Select
              {...control}
              choices={[
                { value: NONE, label: 'No field yet' },
                ...fields.map((each) => ({ value: each.name, label: each.name, detail: each.type })),
              ]}
              value={user}
              onChange={setUser}
            />
          )}
        </FormField>
      </div>
      <Segmented
        label="Values"
        value={type}
        onChange={setType}
        choices={[
          { value: 'TextChoices', label: 'Texts' },
          { value: 'IntegerChoices', label: 'Numbers' },
        ]}
      />
      <FormField
        label="Members"
        problem={lines === '' ? null : problem}
        help="One a line, as value: Label. Without a label Django makes one of the name."
      >
        {(control) => (
          <TextArea
            {...control}
            code
            rows={5}
            placeholder={type === 'TextChoices' ? 'draft: Draft\npublished: Published' : '1: Low\n2: High'}
            value={lines}
            onChange={setLines}
          />
        )}
      </FormField>
    </ProposalDialog>
  );
}

/** Members with names in capitals, as Django writes them: https://docs.djangoproject.com/en/5.2/ref/models/fields/#enumeration-types */
export function membersOf(lines: string, type: 'TextChoices' | 'IntegerChoices'): readonly ChoiceMember[] {
  return choicesFromLines(lines).map(({ value, label }) => ({
    name: memberName(type === 'IntegerChoices' ? label : value),
    value: type === 'IntegerChoices' ? value : pythonString(value),
    label,
  }));
}

/** `in stock` as `IN_STOCK`. */
export function memberName(text: string): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/[\s-]+/g, '_')
    .toUpperCase();
  return /^\d/.test(words) ? `N_${words}` : words;
}

function choicesProblem(name: string, members: readonly ChoiceMember[], type: string): string | null {
  if (!isIdentifier(name)) return 'Give the class a Python name, like Status.';
  if (members.length === 0) return 'Write at least one member.';
  const nameless = members.find((member) => !isIdentifier(member.name));
  if (nameless !== undefined) return `No Python name can be made of “${nameless.label ?? nameless.value}”.`;
  const twice = members.find(
    (member, at) => members.findIndex(({ name: other }) => other === member.name) < at,
  );
  if (twice !== undefined) return `Two members would be named ${twice.name}.`;
  const number = members.find(({ value }) => type === 'IntegerChoices' && !/^-?\d+$/.test(value));
  return number === undefined ? null : `“${number.value}” is not a whole number.`;
}

function classNameOf(field: string): string {
  return field.replaceAll(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
