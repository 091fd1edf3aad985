import { useShell, useStudio, useWorkspace } from '../stores/studio-context.tsx';
import { attempt } from '../stores/notices.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import './dialogs.css';

/** Asks before anything of a project runs for the first time. */
export function TrustDialog() {
  const { shell, workspace, notify } = useStudio();
  const open = useShell((state) => state.dialog?.kind === 'trust');
  const current = useWorkspace((state) => state.workspace);
  return (
    <AlertDialog
      open={open && current !== null}
      title={`Do you trust the code in “${current?.name ?? ''}”?`}
      description={
        <>
          <p>
            Running the server, reading what Django knows, migrations and requests execute this project’s own
            Python code with your rights. Trust it only if you know where it comes from.
          </p>
          <p className="dialog-path">{current?.realPath}</p>
          <p>Trust holds for this folder alone. You can take it back in the settings.</p>
        </>
      }
      cancel={{ label: 'Stay restricted', onChoose: shell.closeDialog }}
      answers={[
        {
          label: 'Trust this project',
          onChoose: () => {
            shell.closeDialog();
            void attempt(notify, 'The project was not trusted', workspace.trust);
          },
        },
      ]}
    />
  );
}
