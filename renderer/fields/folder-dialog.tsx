import type { ReactNode } from 'react';
import { useFolder } from '../stores/use-folder.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FolderPicker } from '../ui/folder-picker.tsx';

interface FolderDialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** null: the user's home. */
  readonly start: string | null;
  /** What the button says of the folder in sight: its path, null until it is known. */
  readonly action: (path: string | null) => string;
  readonly problem?: string | null;
  readonly busy?: boolean;
  readonly onChoose: (path: string) => void;
  readonly onClose: () => void;
}

/** Walks through the folders of this machine until one is chosen, where the system has no dialog for it. */
export function FolderDialog(props: FolderDialogProps) {
  const { title, description, start, action, problem = null, busy = false, onChoose, onClose } = props;
  const walk = useFolder(start);
  const { listing } = walk;
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      width="medium"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={listing === null}
            onClick={() => {
              if (listing !== null) onChoose(listing.path);
            }}
          >
            {action(listing?.path ?? null)}
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
