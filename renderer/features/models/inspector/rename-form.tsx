import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/text-field.tsx';

interface RenameFormProps {
  readonly label: string;
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onCancel: () => void;
}

/** A name in the place where it stands, being changed. */
export function RenameForm({ label, name, onRename, onCancel }: RenameFormProps) {
  const [typed, setTyped] = useState(name);
  return (
    <form
      className="rename-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === name) onCancel();
        else onRename(typed);
      }}
    >
      <TextField
        code
        autoFocus
        aria-label={label}
        value={typed}
        onChange={setTyped}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
        }}
      />
      <Button type="submit" kind="primary">
        Rename…
      </Button>
      <Button kind="quiet" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
