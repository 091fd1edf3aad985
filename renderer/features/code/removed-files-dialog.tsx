import { FileX2 } from 'lucide-react';
import { attempt } from '../../stores/notices.ts';
import { useFileHistory, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** Files that are not there any more, to bring one of them back. */
export function RemovedFilesDialog() {
  const { fileHistory, shell, notify } = useStudio();
  const removed = useFileHistory((state) => state.removed);
  const look = async (path: string): Promise<void> => {
    shell.show('code');
    await fileHistory.open(path);
  };
  return (
    <Dialog
      open={removed !== null}
      onClose={fileHistory.close}
      title="Removed files"
      description="What the studio or another program removed in the last 30 days."
      width="medium"
    >
      {removed?.length === 0 && (
        <EmptyState icon={FileX2} title="No file was removed">
          A file that is removed can be brought back from here.
        </EmptyState>
      )}
      <ul className="removed-files">
        {removed?.map(({ path, at }) => (
          <li key={path}>
            <Button
              kind="quiet"
              onClick={() =>
                void attempt(notify, `The history of ${path} could not be read`, () => look(path))
              }
            >
              <span className="truncate">{path}</span>
              <span className="file-history-facts">
                <TimeAgo time={at} />
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
