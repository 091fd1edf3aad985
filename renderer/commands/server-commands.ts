import { portConflict } from '../stores/server-store.ts';
import type { Studio } from '../stores/studio.ts';
import { attempt, failureOf } from '../stores/notices.ts';
import { withTrust, type Command } from './command.ts';

const serverState = ({ server }: Studio) => server.state.getState();
const isRunning = (studio: Studio): boolean => serverState(studio).status.state !== 'stopped';

/** Starts the user's server; a taken port is answered with an offer of the next free one. */
export const startServer: Command = {
  id: 'server.start',
  enabled: (studio) => withTrust(studio) && !isRunning(studio) && !serverState(studio).busy,
  run: async ({ server, shell, notify }) => {
    try {
      await server.start();
    } catch (error) {
      const conflict = portConflict(error);
      if (conflict === null || conflict.free === 0) throw error;
      // The server's own view says it in place.
      if (shell.state.getState().view === 'server') return;
      notify({
        kind: 'problem',
        title: 'The server was not started',
        description: failureOf(error).message,
        action: {
          label: `Use port ${conflict.free}`,
          onChoose: () =>
            void attempt(notify, 'The server was not started', () => server.start(conflict.free)),
        },
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

/** Path of the admin's first page as Django resolves it; null where there is none, or it is not known yet. */
function adminPath({ runtime }: Studio): string | null {
  const { lens } = runtime.state.getState();
  const index = lens?.routes.find(({ namespace, name }) => namespace === 'admin' && name === 'index');
  return index?.pattern ?? null;
}

/** Shows the admin of the user's site in the browser. */
export const browseAdmin: Command = {
  id: 'server.browseAdmin',
  enabled: (studio) => serverState(studio).status.address !== null && adminPath(studio) !== null,
  run: (studio) => {
    const { address } = serverState(studio).status;
    const path = adminPath(studio);
    if (address !== null && path !== null) window.open(new URL(path, address), '_blank', 'noopener');
  },
};
