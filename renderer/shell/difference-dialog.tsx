import { lazy, Suspense } from 'react';
import { attempt } from '../stores/notices.ts';
import { useSettings, useShell, useStudio } from '../stores/studio-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Spinner } from '../ui/progress.tsx';
import './dialogs.css';

// The editor is large, and this is seldom seen.
const TextDifference = lazy(async () => ({
  default: (await import('../ui/text-difference.tsx')).TextDifference,
}));

/** Both texts of a file that another program changed where the studio wanted to write; none of them is lost. */
export function DifferenceDialog() {
  const { shell, editor, notify } = useStudio();
  const change = useShell(({ dialog }) => (dialog?.kind === 'difference' ? dialog.change : null));
  const fontSize = useSettings((state) => state.settings.editorFontSize);
  if (change === null) return null;
  const { path, yours, theirs, noText } = change;
  const isGone = theirs === null && noText === undefined;
  return (
    <Dialog
      open
      onClose={shell.closeDialog}
      title={`${path} was ${isGone ? 'removed' : 'changed'} by another program`}
      description={`Nothing was written. ${noText ?? 'What stands on disk stays until you change it.'}`}
      width="wide"
      foot={
        <>
          {theirs !== null && (
            <Button
              onClick={() => {
                shell.closeDialog();
                void attempt(notify, 'The file can’t be shown', () => editor.reveal({ file: path }));
              }}
            >
              Open the file
            </Button>
          )}
          <Button kind="primary" onClick={shell.closeDialog}>
            Close
          </Button>
        </>
      }
    >
      <div className="difference-dialog">
        <Suspense fallback={<Spinner />}>
          <TextDifference
            {...{ path, fontSize }}
            left={{
              name: isGone ? 'On disk: no file' : theirs === null ? 'On disk: no text' : 'On disk',
              text: theirs ?? '',
            }}
            right={{ name: yours === null ? 'The change: no file' : 'The change', text: yours ?? '' }}
          />
        </Suspense>
      </div>
    </Dialog>
  );
}
