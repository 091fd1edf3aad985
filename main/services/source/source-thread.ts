import { Worker } from 'node:worker_threads';
import { Failure } from '../../../shared/contract/failure.ts';
import { workerUrl } from '../worker-url.ts';
import type { SourceThreadEvents, WorkerMessage, WorkerStart } from './worker-messages.ts';
import type { WorkspaceSource } from './workspace-source.ts';

/** The worker thread of one open workspace, as the main thread sees it. */
export interface SourceThread {
  readonly call: <K extends keyof WorkspaceSource>(
    name: K,
    ...args: Parameters<WorkspaceSource[K]>
  ) => ReturnType<WorkspaceSource[K]>;
  /** Waits for what is being written, then ends the thread. */
  readonly end: () => Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

// A parser that never returns must not keep the studio open; the journal settles what it was writing.
const END_MILLISECONDS = 5000;

/**
 * Room for what the thread has just made. Reading a large project makes garbage faster than it is looked for: with the
 * room that V8 takes by itself, the process keeps a third more memory than what was read needs, and is no faster.
 */
export const sourceThreadLimits = { maxYoungGenerationSizeMb: 12 } as const;

/** Starts the thread. `onCrash` is called once when it ends without being asked to. */
export function startSourceThread(
  start: WorkerStart,
  events: SourceThreadEvents,
  onCrash: (error: unknown) => void,
): SourceThread {
  const worker = new Worker(workerUrl('source-worker', import.meta.url), {
    workerData: start,
    resourceLimits: sourceThreadLimits,
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let over: Failure | null = null;

  const finish = (failure: Failure): void => {
    over = failure;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const crash = (error: unknown): void => {
    if (over !== null) return;
    finish(
      new Failure(
        'internal',
        'The reader of the source ended unexpectedly and was started again. Try once more.',
      ),
    );
    onCrash(error);
  };

  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'event') {
      (events[message.event] as (payload: unknown) => void)(message.payload);
      return;
    }
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'value') caller?.resolve(message.value as never);
    else if (message.kind === 'bug') caller?.reject(message.error);
    else caller?.reject(new Failure(message.failure.code, message.failure.message, message.failure.detail));
  });
  worker.on('error', crash);
  worker.on('exit', (code) => {
    crash(new Error(`The source worker ended with code ${code}.`));
  });

  const call: SourceThread['call'] = (name, ...args) => {
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    if (over !== null) {
      reject(over);
    } else {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, call: name, args });
    }
    return promise as ReturnType<WorkspaceSource[typeof name]>;
  };

  return {
    call,
    end: async () => {
      if (over === null) {
        const deadline = AbortSignal.timeout(END_MILLISECONDS);
        const late = new Promise((resolve) => {
          deadline.addEventListener('abort', resolve, { once: true });
        });
        await Promise.race([call('close').catch(() => null), late]);
        finish(new Failure('not-available', 'The folder was closed.'));
      }
      await worker.terminate();
    },
  };
}
