import { useState } from 'react';
import type { ChoiceMemberFacts } from '../../../../../shared/django/component-model.ts';
import type { ChoiceMember } from '../../../../../shared/django/operations/parts.ts';
import { isIdentifier, pythonString } from '../../../../../shared/python/python-code.ts';
import { Button } from '../../../../ui/button.tsx';
import { TextField } from '../../../../ui/text-field.tsx';
import { memberName } from '../../dialogs/choices-dialog.tsx';

interface ChoiceMemberFormProps {
  /** null: a new one. */
  readonly member: ChoiceMemberFacts | null;
  readonly numeric: boolean;
  readonly onSend: (member: ChoiceMember) => void;
  readonly onCancel: () => void;
}

/** One member of a choices class: a new one gets name and value from its label. */
export function ChoiceMemberForm({ member, numeric, onSend, onCancel }: ChoiceMemberFormProps) {
  const [label, setLabel] = useState(member?.label ?? '');
  const [name, setName] = useState(member?.name ?? null);
  const [value, setValue] = useState(member?.value ?? null);
  const shownName = name ?? memberName(label);
  const shownValue =
    value ?? (numeric ? '' : label === '' ? '' : pythonString(memberName(label).toLowerCase()));
  const sound = isIdentifier(shownName) && shownValue.trim() !== '';
  return (
    <form
      className="member-form"
      aria-label={member === null ? 'New member' : `Member ${member.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (sound) onSend({ name: shownName, value: shownValue.trim(), label: label === '' ? null : label });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <TextField aria-label="Label" placeholder="Label" autoFocus value={label} onChange={setLabel} />
      <TextField code aria-label="Name" placeholder="NAME" value={shownName} onChange={setName} />
      <TextField
        code
        aria-label="Value"
        placeholder={numeric ? '1' : '"value"'}
        value={shownValue}
        onChange={setValue}
      />
      <div className="member-form-foot">
        <Button small kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button small kind="primary" type="submit" disabled={!sound}>
          {member === null ? 'Add…' : 'Change…'}
        </Button>
      </div>
    </form>
  );
}
