import type { StartModule } from '../module-process.ts';
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
export function startDatabaseChild(module: URL, startModule: StartModule): DatabaseChild {
  const child = startModule(module);
  let ended: Ending | null = null;
  let settle: ((message: ProcessMessage | Ending) => void) | null = null;

  const kill = (ending: Ending): void => {
    ended ??= ending;
    child.kill();
  };
  const { gone } = child;
  void gone.then(() => {
    ended ??= 'died';
    settle?.(ended);
  });
  child.onMessage((message) => {
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
      if (ended === null) child.send(message);
      return answer;
    },
    kill,
    gone,
  };
}
