import { CommandButton } from '../commands/command-button.tsx';
import { attempt } from '../stores/notices.ts';
import { useServer, useShell, useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

/** What holds for the whole project: restricted, no project, or code that does not start. */
export function ProjectBanners() {
  const workspace = useWorkspace((state) => state.workspace);
  if (workspace === null) return null;
  return (
    <>
      {!workspace.trusted && (
        <Banner
          tone="warning"
          actions={
            <CommandButton command="project.trust" small kind="primary">
              Trust…
            </CommandButton>
          }
        >
          <strong>Restricted.</strong> Nothing of this project runs until you trust it. Models, routes and
          code are read from the source.
        </Banner>
      )}
      {workspace.problem !== null && (
        <Banner
          tone="warning"
          actions={
            workspace.trusted &&
            workspace.interpreter === null && <CommandButton command="project.chooseInterpreter" small />
          }
        >
          {workspace.problem}
        </Banner>
      )}
      <BrokenBanner />
    </>
  );
}

function BrokenBanner() {
  const { editor, notify } = useStudio();
  const status = useServer((state) => state.status);
  const { failure } = status;
  const view = useShell((state) => state.view);
  // The server's own view says it at length.
  if (status.state !== 'broken' || failure === null || view === 'server') return null;
  const { file, line } = failure;
  return (
    <Banner
      tone="danger"
      actions={
        file !== null && (
          <Button
            small
            onClick={() =>
              void attempt(notify, 'The file could not be opened', () => editor.reveal({ file, line }))
            }
          >
            Go to line {line}
          </Button>
        )
      }
    >
      <strong>{failure.type}:</strong> {sentence(failure.message)}
      {status.lastGood && ' The last good code goes on serving.'}
    </Banner>
  );
}

/** Python's messages end without a full stop; what follows one starts a sentence. */
function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
