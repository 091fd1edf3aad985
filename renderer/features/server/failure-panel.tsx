import { CircleAlert, FileCode2, PackagePlus } from 'lucide-react';
import { useMemo } from 'react';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/button.tsx';
import { plainStyle } from './ansi.ts';
import { LinkedText } from './linked-text.tsx';

interface FailurePanelProps {
  readonly failure: ProjectFailure;
  /** The code before the last save still answers. */
  readonly lastGood: boolean;
  /** Its accessible name. */
  readonly label?: string;
}

/** Why the project does not boot: the exception, its line, and what leads on. */
export function FailurePanel({
  failure,
  lastGood,
  label = 'Why the project does not start',
}: FailurePanelProps) {
  const { editor, notify } = useStudio();
  const { type, message, file, line, missingModule, missingVariable } = failure;
  return (
    <section className="server-failure" aria-label={label}>
      <header className="server-failure-head">
        <CircleAlert size={16} aria-hidden />
        <div className="server-failure-words" role="alert">
          <strong>{type}</strong>
          <p>{message}</p>
        </div>
        <div className="server-failure-actions">
          {missingModule !== undefined && (
            <CommandButton command="project.installRequirements" icon={PackagePlus} small>
              Install requirements
            </CommandButton>
          )}
          {file !== null && (
            <Button
              small
              kind="primary"
              icon={FileCode2}
              onClick={() =>
                void attempt(notify, 'The file could not be opened', () => editor.reveal({ file, line }))
              }
            >
              Go to line {line}
            </Button>
          )}
        </div>
      </header>
      <FailureLine failure={failure} />
      <ul className="server-failure-notes">
        {lastGood && <li>The last good code keeps serving; the next save that works takes over.</li>}
        {missingModule !== undefined && (
          <li>
            The package of <code>{missingModule}</code> is not installed in the project’s environment.
          </li>
        )}
        {missingVariable !== undefined && (
          <li>
            The environment variable <code>{missingVariable}</code> is not set. Set it where the project reads
            its environment from, then restart.
          </li>
        )}
      </ul>
      {failure.traceback !== '' && <Traceback text={failure.traceback} />}
    </section>
  );
}

function FailureLine({ failure: { file, line, text } }: Pick<FailurePanelProps, 'failure'>) {
  const workspace = useWorkspace((state) => state.workspace);
  if (file === null) return null;
  const path = (workspace && pathInWorkspace(workspace, file)) ?? file;
  return (
    <figure className="server-failure-line">
      <figcaption>
        {path}
        {line !== null && `, line ${line}`}
      </figcaption>
      {text !== null && (
        <pre>
          <span aria-hidden>{line}</span>
          <code>{text.trim()}</code>
        </pre>
      )}
    </figure>
  );
}

function Traceback({ text }: { readonly text: string }) {
  const lines = useMemo(() => text.trimEnd().split('\n'), [text]);
  return (
    <details className="server-traceback">
      <summary>Full traceback</summary>
      <pre>
        {lines.map((line, index) => (
          <div key={index}>
            <LinkedText row={{ text: line, parts: [{ text: line, style: plainStyle }] }} search="" />
            {line === '' && ' '}
          </div>
        ))}
      </pre>
    </details>
  );
}
