import { useState } from 'react';
import { attempt } from '../../stores/notices.ts';
import { useServer, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface RunModeDialogProps {
  readonly command: string | null;
  readonly onClose: () => void;
}

const EXAMPLES = [
  'uvicorn config.asgi:application --reload --port {port}',
  'daphne -p {port} config.asgi:application',
  'python manage.py runserver {port}',
  'honcho start',
  'make run',
];

/** Chooses between the studio's server and a command of the project's own, and says what each gives. */
export function RunModeDialog({ command, onClose }: RunModeDialogProps) {
  const { server, notify } = useStudio();
  const running = useServer((state) => state.status.state !== 'stopped');
  const trusted = useWorkspace((state) => state.workspace?.trusted === true);
  const [mode, setMode] = useState<'studio' | 'command'>(command === null ? 'studio' : 'command');
  const [text, setText] = useState(command ?? '');
  const [tried, setTried] = useState(false);
  const missing = mode === 'command' && text.trim() === '';
  const save = async (): Promise<void> => {
    setTried(true);
    if (missing) return;
    const next = mode === 'studio' ? null : text.trim();
    await server.runWith(next);
    onClose();
    if (running && next !== command) {
      await server.stop();
      await server.start();
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="medium"
      title="How the project is run"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={!trusted}
            onClick={() => void attempt(notify, 'The server was not changed', save)}
          >
            {running ? 'Save and restart' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="run-mode">
        <Segmented
          label="What runs the project"
          choices={[
            { value: 'studio', label: 'The studio’s server' },
            { value: 'command', label: 'A command of its own' },
          ]}
          value={mode}
          onChange={setMode}
        />
        {mode === 'studio' ? (
          <p>Each save is served within moments, and you see what every request did.</p>
        ) : (
          <OwnCommand text={text} onChange={setText} problem={tried && missing} />
        )}
      </div>
    </Dialog>
  );
}

interface OwnCommandProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problem: boolean;
}

function OwnCommand({ text, onChange, problem }: OwnCommandProps) {
  return (
    <>
      <FormField
        label="Command"
        problem={problem ? 'Write the command that runs the project.' : null}
        help={
          <>
            Runs where <code>manage.py</code> stands, with the project’s environment in front.{' '}
            <code>{'{port}'}</code> becomes the port, which is in <code>PORT</code>, too.
          </>
        }
      >
        {(control) => <TextField {...control} code autoFocus value={text} onChange={onChange} />}
      </FormField>
      <div className="run-mode-examples" role="group" aria-label="Examples">
        {EXAMPLES.map((example) => (
          <Button
            key={example}
            small
            kind="quiet"
            onClick={() => {
              onChange(example);
            }}
          >
            <code>{example}</code>
          </Button>
        ))}
      </div>
      <Banner tone="info" inset>
        What only the studio’s server can do is not there then:
        <ul className="run-mode-lost">
          <li>
            Saves are reloaded only where the command itself does, and connections may be refused meanwhile.
          </li>
          <li>Requests, their queries and the system checks are not seen, and browser tabs do not reload.</li>
        </ul>
      </Banner>
      <p className="toggle-help">
        Kept in <code>.samois/run.json</code> of the project.
      </p>
    </>
  );
}
