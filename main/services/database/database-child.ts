import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessMessage, RequestMessage } from './database-requests.ts';

/** Why a process gave no answer. */
export type Ending = 'too-slow' | 'died' | 'stopped';

/** One process that runs SQLite for us. */
export interface DatabaseChild {
  /** Sends a request and waits for its answer; the process is killed when that takes too long. */
  readonly exchange: (message: RequestMessage, milliseconds: number) => Promise<ProcessMessage | Ending>;
  readonly kill: (ending: Ending) => void;
  readonly gone: Promise<void>;
}

/** Node takes a while to start on a busy machine; this is no time of a statement. */
const START_MILLISECONDS = 30_000;

/** Starts a process; `module` is what it runs. */
export function startDatabaseChild(module: URL): DatabaseChild {
  const child = fork(fileURLToPath(module), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let ended: Ending | null = null;
  let settle: ((message: ProcessMessage | Ending) => void) | null = null;

  const kill = (ending: Ending): void => {
    ended ??= ending;
    child.kill('SIGKILL');
  };
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      if (child.pid === undefined) resolve(); // it could not be started at all
    });
  });
  void gone.then(() => {
    ended ??= 'died';
    settle?.(ended);
  });
  child.on('message', (message) => {
    settle?.(message as ProcessMessage);
  });

  const next = async (milliseconds: number): Promise<ProcessMessage | Ending> => {
    if (ended !== null) return ended;
    const timer = setTimeout(() => {
      kill('too-slow');
    }, milliseconds);
    try {
      return await new Promise<ProcessMessage | Ending>((resolve) => {
        settle = resolve;
      });
    } finally {
      clearTimeout(timer);
      settle = null;
    }
  };
  const ready = next(START_MILLISECONDS);

  return {
    exchange: async (message, milliseconds) => {
      const first = await ready;
      if (typeof first === 'string') return first;
      const answer = next(milliseconds);
      if (ended === null) child.send(message, () => undefined); // a failed send is the end, which `gone` tells
      return answer;
    },
    kill,
    gone,
  };
}
