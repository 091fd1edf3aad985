import { useState } from 'react';
import { FolderDialog } from '../../fields/folder-dialog.tsx';
import { failureOf } from '../../stores/notices.ts';
import { useShell, useStudio } from '../../stores/studio-context.tsx';

/** Asks for the folder to open, where the system has no dialog for it. */
export function OpenFolderDialog() {
  const open = useShell((state) => state.dialog?.kind === 'open-folder');
  return open ? <OpenFolderForm /> : null;
}

function OpenFolderForm() {
  const { shell, workspace } = useStudio();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (path: string): Promise<void> => {
    setBusy(true);
    try {
      await workspace.open(path);
      shell.closeDialog();
    } catch (error) {
      setProblem(failureOf(error).message);
      setBusy(false);
    }
  };
  return (
    <FolderDialog
      title="Open a folder"
      description="Choose the folder of a Django project. Nothing in it is changed or run by opening it."
      start={null}
      action={(path) => (path === null ? 'Open' : `Open “${folderName(path)}”`)}
      problem={problem}
      busy={busy}
      onChoose={(path) => void open(path)}
      onClose={shell.closeDialog}
    />
  );
}

function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
