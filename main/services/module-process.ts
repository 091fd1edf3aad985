import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A module of ours that runs in a process of its own. */
export interface ModuleProcess {
  /** A message to a process that is gone is lost; `gone` tells. */
  readonly send: (message: object) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Ends it at once, whatever it does. */
  readonly kill: () => void;
  readonly gone: Promise<void>;
}

/**
 * Starts a module. How depends on the shell: a packaged Electron does not run as Node, so `fork` is not
 * for it.
 */
export type StartModule = (module: URL) => ModuleProcess;

/** Starts a module as a child of plain Node. */
export const forkModule: StartModule = (module) => {
  const child = fork(fileURLToPath(module), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      if (child.pid === undefined) resolve(); // it could not be started at all
    });
  });
  return {
    send: (message) => {
      child.send(message, () => undefined); // a failed send is the end, which `gone` tells
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    gone,
  };
};
