import { Copy, ExternalLink, Play, RefreshCw, RotateCw, Settings2, ShieldUser, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ServerStatus } from '../../../shared/contract/host-calls.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { attempt } from '../../stores/notices.ts';
import { useServer, useSettings, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSeparator, ToolbarSpace } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { RunModeDialog } from './run-mode-dialog.tsx';

/** Runs the server, and says how it is. */
export function ServerToolbar() {
  const status = useServer((state) => state.status);
  const running = status.state !== 'stopped';
  return (
    <Toolbar label="Server">
      <StateWords status={status} />
      {running ? (
        <>
          <CommandButton command="server.restart" icon={RotateCw} small>
            Restart
          </CommandButton>
          <CommandButton command="server.stop" icon={Square} small>
            Stop
          </CommandButton>
        </>
      ) : (
        <CommandButton command="server.start" icon={Play} kind="primary" small>
          Start
        </CommandButton>
      )}
      <ToolbarSeparator />
      <PortField key={status.port} port={status.port} />
      {status.address !== null && <Address address={status.address} />}
      <ToolbarSpace />
      <RunWith />
      {running && <BootTime status={status} />}
      {running && (
        <>
          {status.command === undefined && <TabsSwitch />}
          <CommandButton command="server.browseAdmin" icon={ShieldUser} kind="quiet" small>
            Admin
          </CommandButton>
          <CommandButton command="server.browse" icon={ExternalLink} kind="quiet" small>
            Open site
          </CommandButton>
        </>
      )}
    </Toolbar>
  );
}

function StateWords({ status }: { readonly status: ServerStatus }) {
  return (
    <span className="server-state" role="status">
      {status.state === 'booting' ? (
        <Spinner />
      ) : (
        <span className={`state-dot state-dot-${status.state}`} aria-hidden />
      )}
      {stateWord(status)}
    </span>
  );
}

function stateWord({ state, lastGood }: ServerStatus): string {
  switch (state) {
    case 'stopped':
      return 'Stopped';
    case 'booting':
      return lastGood ? 'Reloading' : 'Starting';
    case 'serving':
      return 'Serving';
    case 'broken':
      return 'Broken';
  }
}

/** The port; while the server runs, another one takes effect at once. */
function PortField({ port }: { readonly port: number | null }) {
  const { server, settings, notify } = useStudio();
  const wanted = useSettings((state) => state.settings.serverPort);
  const now = port ?? wanted;
  const [text, setText] = useState<string | null>(null);
  const typed = Number(text ?? now);
  const wrong = !Number.isInteger(typed) || typed < 0 || typed > 65_535;
  const commit = async (): Promise<void> => {
    setText(null);
    if (text === null || text.trim() === '' || wrong || typed === now) return;
    await settings.change({ serverPort: typed });
    if (port !== null) await server.start(typed);
  };
  const done = (): void => {
    void attempt(notify, `Port ${typed} can’t be used`, commit);
  };
  return (
    <form
      className="server-port"
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
    >
      <label>
        Port
        <TextField
          code
          inputMode="numeric"
          aria-invalid={wrong || undefined}
          title="0 takes any free port"
          value={text ?? String(now)}
          onChange={setText}
          onBlur={done}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText(null);
          }}
        />
      </label>
    </form>
  );
}

/** What runs the project, and the way to another one. */
function RunWith() {
  const { server, notify } = useStudio();
  const command = useServer((state) => state.command);
  const project = useWorkspace((state) => state.workspace?.realPath);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    void attempt(notify, 'How the project is run could not be read', server.readRunMode);
  }, [server, notify, project]);
  return (
    <>
      {command !== null && (
        <code className="server-command" title={command}>
          {command}
        </code>
      )}
      <IconButton
        icon={Settings2}
        label="How the project is run…"
        pressed={command !== null}
        onClick={() => {
          setOpen(true);
        }}
      />
      {open && (
        <RunModeDialog
          command={command}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** Whether the tabs of a browser that show the site follow its code. */
function TabsSwitch() {
  const { server, notify } = useStudio();
  const on = useServer((state) => state.tabs);
  return (
    <IconButton
      icon={RefreshCw}
      label="Reload browser tabs after each save"
      pressed={on}
      onClick={() =>
        void attempt(notify, 'The browser tabs could not be switched', () => server.reloadTabs(!on))
      }
    />
  );
}

function Address({ address }: { readonly address: string }) {
  const { notify } = useStudio();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(address);
    notify({ kind: 'done', title: `Copied ${address}` });
  };
  return (
    <span className="server-address">
      <a href={address} target="_blank" rel="noopener noreferrer">
        {address}
      </a>
      <IconButton
        icon={Copy}
        label="Copy the address"
        onClick={() => void attempt(notify, 'The address was not copied', copy)}
      />
    </span>
  );
}

function BootTime({ status: { bootMilliseconds, generation } }: { readonly status: ServerStatus }) {
  if (bootMilliseconds === null) return null;
  return (
    <span
      className="server-times"
      title="How long the last start or reload took; each of them is a generation"
    >
      Ready in {Math.round(bootMilliseconds).toLocaleString('en')} ms
      <span className="server-generation">generation {generation}</span>
    </span>
  );
}
