import { CircleStop, Power, RotateCw, SquareTerminal, Trash2 } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo } from 'react';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import type { ShellStatus } from '../../../shared/contract/shell-calls.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { attempt } from '../../stores/notices.ts';
import { useDjangoShell, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { ShellInput } from './shell-input.tsx';
import { ShellLog } from './shell-log.tsx';
import { shellRows } from './shell-rows.ts';
import './shell.css';

/** A Django shell: the models are there, and its state stays from input to input. */
export function ShellPane() {
  const { djangoShell: shell, notify } = useStudio();
  const project = useWorkspace((state) => state.workspace?.realPath);
  const status = useDjangoShell((state) => state.status);
  const entries = useDeferredValue(useDjangoShell((state) => state.entries));
  const rows = useMemo(() => shellRows(entries), [entries]);
  useEffect(() => {
    void attempt(notify, 'The shell could not be read', shell.need);
  }, [shell, notify, project]);
  const raised = status.failure?.detail?.['failure'] as ProjectFailure | undefined;
  const running = status.phase === 'ready' || status.phase === 'busy';
  if (!running && rows.length === 0 && status.failure === null) return <NotOpen status={status} />;
  return (
    <>
      <ShellToolbar status={status} empty={rows.length === 0} />
      {raised !== undefined && (
        <FailurePanel failure={raised} lastGood={false} label="Why the shell does not start" />
      )}
      {status.failure !== null && raised === undefined && (
        <Banner tone="danger">{status.failure.message}</Banner>
      )}
      {status.stale && <Stale />}
      <ShellLog rows={rows} />
      {running ? (
        <ShellInput />
      ) : (
        <div className="shell-ended">
          {status.phase === 'starting' ? (
            <Starting />
          ) : (
            <CommandButton command="shell.open" kind="primary" small />
          )}
        </div>
      )}
    </>
  );
}

function ShellToolbar({ status, empty }: { readonly status: ShellStatus; readonly empty: boolean }) {
  const { djangoShell: shell, notify } = useStudio();
  const { phase, python, names } = status;
  return (
    <Toolbar label="Django shell">
      <span className="shell-state" role="status">
        {phase === 'busy' && <Spinner />}
        {stateWords(status)}
      </span>
      {phase !== 'closed' && python !== null && (
        <span className="shell-names" title={names.join(', ')}>
          Python {python}, {names.length === 1 ? 'one name' : `${names.length} names`} imported
        </span>
      )}
      <ToolbarSpace />
      <IconButton
        icon={CircleStop}
        label="Interrupt"
        disabled={phase !== 'busy'}
        onClick={() => void attempt(notify, 'The shell was not interrupted', shell.interrupt)}
      />
      <IconButton
        icon={RotateCw}
        label="Restart with the code as it is now"
        disabled={phase === 'closed' || phase === 'starting'}
        onClick={() => void attempt(notify, 'The shell was not restarted', shell.restart)}
      />
      <IconButton
        icon={Power}
        label="End the shell"
        disabled={phase === 'closed'}
        onClick={() => void attempt(notify, 'The shell was not ended', shell.close)}
      />
      <IconButton
        icon={Trash2}
        label="Clear"
        disabled={empty}
        onClick={() => void attempt(notify, 'The shell was not cleared', shell.forget)}
      />
    </Toolbar>
  );
}

function stateWords({ phase }: ShellStatus): string {
  switch (phase) {
    case 'closed':
      return 'Ended';
    case 'starting':
      return 'Starting';
    case 'ready':
      return 'Ready';
    case 'busy':
      return 'Running';
  }
}

function Starting() {
  return (
    <span className="shell-state">
      <Spinner /> Starting the shell…
    </span>
  );
}

function Stale() {
  const { djangoShell: shell, notify } = useStudio();
  return (
    <Banner
      tone="info"
      actions={
        <Button
          small
          kind="primary"
          onClick={() => void attempt(notify, 'The shell was not restarted', shell.restart)}
        >
          Restart with the new code
        </Button>
      }
    >
      The code was changed since this shell started: it still has the old one. A restart forgets its
      variables.
    </Banner>
  );
}

function NotOpen({ status }: { readonly status: ShellStatus }) {
  return (
    <EmptyState
      icon={SquareTerminal}
      title="Django shell"
      actions={
        status.phase === 'starting' ? (
          <Starting />
        ) : (
          <CommandButton command="shell.open" icon={SquareTerminal} kind="primary" />
        )
      }
    >
      Your models are imported, as <code>manage.py shell</code> does. It works on the project’s own database.
    </EmptyState>
  );
}
