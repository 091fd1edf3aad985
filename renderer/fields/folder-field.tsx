import { useState, type ReactNode } from 'react';
import { attempt } from '../stores/notices.ts';
import { useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { useFolder } from '../stores/use-folder.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FolderPicker } from '../ui/folder-picker.tsx';
import { FormField } from '../ui/form-field.tsx';
import { TextField } from '../ui/text-field.tsx';
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

interface FolderDialogProps {
  readonly start: string | null;
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

function FolderDialog({ start, onChoose, onClose }: FolderDialogProps) {
  const walk = useFolder(start);
  const { listing } = walk;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Choose a folder"
      width="medium"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={listing === null}
            onClick={() => {
              if (listing !== null) onChoose(listing.path);
            }}
          >
            Choose this folder
          </Button>
        </>
      }
    >
      <FolderPicker
        listing={listing}
        problem={walk.problem}
        showHidden={walk.showHidden}
        onGo={walk.go}
        onShowHidden={walk.setShowHidden}
        onCreate={walk.create}
      />
    </Dialog>
  );
}
