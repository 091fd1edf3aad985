import { useState, type ReactNode } from 'react';
import { attempt } from '../stores/notices.ts';
import { useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { Button } from '../ui/button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import './folder-field.css';

interface FolderFieldProps {
  readonly label: string;
  readonly value: string;
  readonly problem: string | null;
  readonly help?: ReactNode;
  readonly onChange: (path: string) => void;
}

/** A folder of this machine: typed, or picked in the system's dialog or in ours. */
export function FolderField({ label, value, problem, help, onChange }: FolderFieldProps) {
  const { api, notify } = useStudio();
  const native = useWorkspace((state) => state.info?.nativeDialogs === true);
  const [picking, setPicking] = useState(false);
  const pick = async (): Promise<void> => {
    if (!native) {
      setPicking(true);
      return;
    }
    const path = await api.call('workspace.pickFolder', { title: label });
    if (path !== null) onChange(path);
  };
  return (
    <>
      <FormField label={label} problem={problem} help={help}>
        {(control) => (
          <div className="folder-field">
            <TextField {...control} code value={value} onChange={onChange} />
            <Button onClick={() => void attempt(notify, 'The folders can’t be shown', pick)}>Choose…</Button>
          </div>
        )}
      </FormField>
      {picking && (
        <FolderDialog
          title="Choose a folder"
          action={() => 'Choose this folder'}
          start={value === '' ? null : value}
          onChoose={(path) => {
            onChange(path);
            setPicking(false);
          }}
          onClose={() => {
            setPicking(false);
          }}
        />
      )}
    </>
  );
}
