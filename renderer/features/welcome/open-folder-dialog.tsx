import { useState } from 'react';
import { failureOf } from '../../stores/notices.ts';
import { useShell, useStudio } from '../../stores/studio-context.tsx';
import { useFolder } from '../../stores/use-folder.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FolderPicker } from '../../ui/folder-picker.tsx';

/** Asks for the folder to open, where the system has no dialog for it. */
export function OpenFolderDialog() {
  const open = useShell((state) => state.dialog?.kind === 'open-folder');
  return open ? <OpenFolderForm /> : null;
}

function OpenFolderForm() {
  const { shell, workspace } = useStudio();
  const walk = useFolder(null);
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
  const { listing } = walk;
  return (
    <Dialog
      open
      onClose={shell.closeDialog}
      title="Open a folder"
      description="Choose the folder of a Django project. Nothing in it is changed or run by opening it."
      width="medium"
      foot={
        <>
          <Button onClick={shell.closeDialog}>Cancel</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={listing === null}
            onClick={() => {
              if (listing !== null) void open(listing.path);
            }}
          >
            {listing === null ? 'Open' : `Open “${folderName(listing.path)}”`}
          </Button>
        </>
      }
    >
      {problem !== null && (
        <Banner tone="danger" inset>
          {problem}
        </Banner>
      )}
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

function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
