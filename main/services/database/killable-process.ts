import { Failure } from '../../../shared/contract/failure.ts';
import type { StartModule } from '../module-process.ts';
import { startDatabaseChild, type DatabaseChild, type Ending } from './database-child.ts';
import type { ProcessMessage, RequestInput, RequestKind, RequestOutput } from './database-requests.ts';

/** What became of one request; a defect of the process itself is thrown instead. */
export type Outcome<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'ended'; readonly ending: Ending };

/** Runs requests one after the other in a process that is killed when one takes too long. */
export interface KillableProcess {
  readonly ask: <K extends RequestKind>(
    kind: K,
    input: RequestInput<K>,
    milliseconds: number,
  ) => Promise<Outcome<RequestOutput<K>>>;
  /** Ends the request that is being worked at with `stopped`, and its process; the next one starts a new process. */
  readonly interrupt: () => void;
  /** Kills the process and waits until it is gone; what is asked later is answered with `stopped`. */
  readonly dispose: () => Promise<void>;
}

/** A process that nobody asks is ended, to give its memory back. */
const IDLE_MILLISECONDS = 60_000;

/** Makes one; nothing is started before the first request. */
export function createKillableProcess(module: URL, startModule: StartModule): KillableProcess {
  let child: DatabaseChild | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let busy = false;
  let disposed = false;

  const stop = (): void => {
    child?.kill('stopped');
    child = null;
  };

  const askNow: KillableProcess['ask'] = async (kind, input, milliseconds) => {
    if (disposed) return { kind: 'ended', ending: 'stopped' };
    clearTimeout(idle);
    const used = (child ??= startDatabaseChild(module, startModule));
    busy = true;
    const answer = await used.exchange({ kind, input }, milliseconds);
    busy = false;
    if (typeof answer === 'string') {
      await used.gone;
      if (child === used) child = null;
      return { kind: 'ended', ending: answer };
    }
    idle = setTimeout(stop, IDLE_MILLISECONDS).unref();
    return { kind: 'value', value: valueOf(answer) as RequestOutput<typeof kind> };
  };

  return {
    ask: (kind, input, milliseconds) => {
      const next = queue.then(() => askNow(kind, input, milliseconds));
      queue = next.catch(() => undefined); // the caller gets the error; the queue goes on
      return next;
    },
    interrupt: () => {
      if (busy) stop();
    },
    dispose: async () => {
      disposed = true;
      clearTimeout(idle);
      const gone = child?.gone;
      stop();
      await gone;
      await queue;
    },
  };
}

function valueOf(answer: ProcessMessage): unknown {
  switch (answer.kind) {
    case 'value':
      return answer.value;
    case 'failure':
      throw new Failure(answer.failure.code, answer.failure.message, answer.failure.detail);
    case 'bug':
      throw new Error(`The database process failed:\n${answer.stack}`);
    case 'ready':
      throw new Error('The database process said twice that it is ready.');
  }
}
