import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { sourceThreadLimits } from '../../main/services/source/source-thread.ts';
import type { Operation } from '../../shared/django/operations.ts';

/** What the engine is asked to do: take these texts and make a snapshot, or plan an operation. */
export type EngineTask =
  | { readonly kind: 'snapshot'; readonly files: readonly (readonly [path: string, text: string])[] }
  | { readonly kind: 'plan'; readonly operation: Operation }
  | { readonly kind: 'memory' };

/** How long a task took, and the bytes that are in use after it. */
export interface EngineAnswer {
  readonly milliseconds: number;
  readonly heap: number;
  readonly external: number;
}

/** The source engine in a thread of its own, as the studio has it: a new one is as cold as after a start. */
export interface SourceEngine {
  /** Gives the milliseconds that the thread worked. */
  readonly run: (task: EngineTask) => Promise<number>;
  /** Bytes in use in the thread, once what is not in use was given back where that can be asked for. */
  readonly memory: () => Promise<{ readonly heap: number; readonly external: number }>;
  readonly end: () => Promise<unknown>;
}

/** Starts one. */
export function startEngine(): SourceEngine {
  const url = new URL('source-engine-worker.ts', import.meta.url);
  const worker = new Worker(url, { resourceLimits: sourceThreadLimits });
  const ask = async (task: EngineTask): Promise<EngineAnswer> => {
    const answer = once(worker, 'message') as Promise<[EngineAnswer]>;
    worker.postMessage(task);
    return (await answer)[0];
  };
  return {
    run: async (task) => (await ask(task)).milliseconds,
    memory: () => ask({ kind: 'memory' }),
    end: () => worker.terminate(),
  };
}
