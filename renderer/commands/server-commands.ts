import type { PortConflict } from '../../shared/contract/host-calls.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Studio } from '../stores/studio.ts';
import { withTrust, type Command } from './command.ts';

const serverState = ({ server }: Studio) => server.state.getState();
const isRunning = (studio: Studio): boolean => serverState(studio).status.state !== 'stopped';

/** Starts the user's server; a taken port is answered with an offer of the next free one. */
export const startServer: Command = {
  id: 'server.start',
  enabled: (studio) => withTrust(studio) && !isRunning(studio) && !serverState(studio).busy,
  run: async ({ server, notify }) => {
    try {
      await server.start();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'port-in-use') throw error;
      const conflict = error.detail as Partial<PortConflict> | undefined;
      const free = conflict?.free;
      if (free === undefined) throw error;
      notify({
        kind: 'problem',
        title: 'The server was not started',
        description: error.message,
        action: { label: `Use port ${free}`, onChoose: () => void server.start(free).catch(reportError) },
      });
    }
  },
};

/** Ends the user's server. */
export const stopServer: Command = {
  id: 'server.stop',
  enabled: (studio) => isRunning(studio) && !serverState(studio).busy,
  run: ({ server }) => server.stop(),
};

/** Boots the project anew. */
export const restartServer: Command = {
  id: 'server.restart',
  enabled: (studio) => withTrust(studio) && isRunning(studio) && !serverState(studio).busy,
  run: ({ server }) => server.restart(),
};

/** Shows the user's site in the browser. */
export const browseSite: Command = {
  id: 'server.browse',
  enabled: (studio) => serverState(studio).status.address !== null,
  run: (studio) => {
    const { address } = serverState(studio).status;
    if (address !== null) window.open(address, '_blank', 'noopener');
  },
};
