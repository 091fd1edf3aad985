import { Play } from 'lucide-react';
import { useEffect } from 'react';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { attempt } from '../../stores/notices.ts';
import type { ServerTab } from '../../stores/shell-store.ts';
import { useServer, useShell, useStudio, useTests } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ChecksPane } from './checks-pane.tsx';
import { CommandsPane } from './commands-pane.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { LogPane } from './log-pane.tsx';
import { PlaceLink } from './place-link.tsx';
import { ProcessesPane } from './processes-pane.tsx';
import { ShellPane } from './shell-pane.tsx';
import { TestsPane } from './tests-pane.tsx';
import { TracesPane } from './traces-pane.tsx';
import { ServerToolbar } from './server-toolbar.tsx';
import './server.css';

/** The user's own server: running it, what it says, and why it does not. */
export function ServerView() {
  const { runtime, shell } = useStudio();
  const status = useServer((state) => state.status);
  const silent = useServer(({ log }) => log.length === 0);
  const untouched = silent && status.state === 'stopped' && status.failure === null;
  const tab = useShell((state) => state.serverTab);
  useEffect(() => {
    // Where the admin stands, Django alone knows.
    runtime.need();
  }, [runtime]);
  return (
    <div className="server-view">
      <ServerToolbar />
      <Conflict />
      {status.slow !== null && <SlowStart slow={status.slow} />}
      {status.failure !== null && <FailurePanel failure={status.failure} lastGood={status.lastGood} />}
      <Tabs
        label="Server"
        value={tab}
        onChange={(next) => {
          shell.showServer(next as ServerTab);
        }}
        items={[
          { id: 'log', label: 'Log', content: untouched ? <NotRunning /> : <LogPane /> },
          { id: 'requests', label: 'Requests', content: <TracesPane /> },
          { id: 'tests', label: <TestsLabel />, content: <TestsPane /> },
          { id: 'shell', label: 'Shell', content: <ShellPane /> },
          { id: 'commands', label: 'Commands', content: <CommandsPane /> },
          { id: 'processes', label: 'Processes', content: <ProcessesPane /> },
          { id: 'checks', label: <ChecksLabel />, content: <ChecksPane /> },
        ]}
      />
    </div>
  );
}

/** A start that takes long: where it stands, before it is given up. */
function SlowStart({ slow: { file, line, text } }: { readonly slow: ProjectFailure }) {
  return (
    <Banner tone="warning" actions={file !== null && <PlaceLink file={file} line={line} />}>
      <strong>Still starting</strong>
      {file === null ? '; nothing in it answers.' : '. It waits at '}
      {text !== null && <code>{text.trim()}</code>}
    </Banner>
  );
}

function NotRunning() {
  return (
    <EmptyState
      icon={Play}
      title="The server is not running"
      actions={<CommandButton command="server.start" icon={Play} kind="primary" />}
    >
      Start it to use your site while you build it. Every save is served within moments, and nothing is cut
      off.
    </EmptyState>
  );
}

function TestsLabel() {
  const failed = useTests(({ outcomes, groups }) =>
    [...outcomes.values()].reduce(
      (count, { state }) => count + (state === 'failed' || state === 'error' ? 1 : 0),
      groups.size,
    ),
  );
  return (
    <>
      Tests
      {failed > 0 && <Badge tone="danger">{failed}</Badge>}
    </>
  );
}

function ChecksLabel() {
  const checks = useServer((state) => state.status.checks);
  const grave = checks.some(({ level }) => level === 'error' || level === 'critical');
  return (
    <>
      System checks
      {checks.length > 0 && <Badge tone={grave ? 'danger' : 'warning'}>{checks.length}</Badge>}
    </>
  );
}

/** The wanted port is somebody else's: who holds it, and the way out. */
function Conflict() {
  const { server, notify } = useStudio();
  const conflict = useServer((state) => state.conflict);
  if (conflict === null) return null;
  const { port, holder, free } = conflict;
  return (
    <Banner
      tone="danger"
      actions={
        free > 0 && (
          <Button
            small
            kind="primary"
            onClick={() => void attempt(notify, 'The server was not started', () => server.start(free))}
          >
            Use port {free}
          </Button>
        )
      }
    >
      <strong>Port {port} is taken</strong> by {holder ?? 'another program'}.
    </Banner>
  );
}
