import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { StartModule } from '../services/module-process.ts';

/** Starts a module of ours as a utility process: the fuses of a package forbid to run Electron as Node. */
export const startUtilityModule: StartModule = (module) => {
  const child = utilityProcess.fork(fileURLToPath(module), [], { stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  return {
    send: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    kill: () => {
      // Its own kill asks politely, and a process inside an endless statement does not listen.
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
    gone,
  };
};
