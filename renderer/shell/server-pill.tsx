import { ExternalLink, Play, RotateCw, Square } from 'lucide-react';
import { CommandButton, CommandIcon } from '../commands/command-button.tsx';
import { useCommand } from '../commands/use-command.ts';
import type { ServerStatus } from '../../shared/contract/host-calls.ts';
import { useServer } from '../stores/studio-context.tsx';
import { Tooltip } from '../ui/tooltip.tsx';

/** Whether the user's server runs, with what can be done about it. */
export function ServerPill() {
  const status = useServer((state) => state.status);
  const view = useCommand('view.server');
  if (status.state === 'stopped') {
    return (
      <CommandButton command="server.start" icon={Play} small>
        Start server
      </CommandButton>
    );
  }
  return (
    <>
      <Tooltip label="Show the server" shortcut={view.shortcut}>
        <button type="button" className="server-pill" onClick={view.run}>
          <span className={`state-dot state-dot-${status.state}`} aria-hidden />
          <span className="truncate">{status.state === 'broken' ? 'Broken' : serverWords(status)}</span>
        </button>
      </Tooltip>
      <CommandIcon command="server.browse" icon={ExternalLink} />
      <CommandIcon command="server.restart" icon={RotateCw} />
      <CommandIcon command="server.stop" icon={Square} />
    </>
  );
}

/** The state of the server in two or three words. */
export function serverWords(status: ServerStatus): string {
  switch (status.state) {
    case 'stopped':
      return 'Server stopped';
    case 'booting':
      return 'Starting…';
    case 'serving':
      return `Serving on port ${status.port ?? '?'}`;
    case 'broken':
      return status.lastGood ? 'Broken, last good code serves' : 'Broken';
  }
}
