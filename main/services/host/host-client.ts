import { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import { type HostEvent, readHostEvent } from './host-events.ts';
import { hostEnded, hostFailure, toFailure } from './host-failures.ts';
import { type HostExit, type HostTarget, startHostProcess } from './host-process.ts';

/** What a job may be given beside its parameters. */
export interface JobOptions {
  /** Cancels the job. */
  readonly signal?: AbortSignal;
  /** Hears what the job prints, in pieces that are not lines. */
  readonly onOutput?: (text: string) => void;
  /** Hears what the job tells while it runs. */
  readonly onReport?: (report: unknown) => void;
  /** Gets the way to tell the running job something. */
  readonly onBegin?: (tell: (message: unknown) => Promise<unknown>) => void;
}

/** One running host, spoken to in calls. */
export interface HostClient {
  readonly call: (name: string, params?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly job: (
    name: string,
    params: Readonly<Record<string, unknown>>,
    options?: JobOptions,
  ) => Promise<unknown>;
  readonly exited: Promise<HostExit>;
  readonly end: () => Promise<void>;
}

const reply = z.union([
  z.object({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number(), ok: z.literal(false), failure: hostFailure }),
]);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onOutput: ((text: string) => void) | undefined;
  readonly onReport: ((report: unknown) => void) | undefined;
}

const HELLO_MILLISECONDS = 20_000;
const PROTOCOL = 1;

/** Starts a host and waits until it answers, or until `signal` says that nobody wants it any more. */
export async function startHostClient(options: {
  readonly target: HostTarget;
  readonly hostFolder: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly onEvent: (event: HostEvent) => void;
  readonly report: (error: unknown) => void;
  readonly signal: AbortSignal;
}): Promise<HostClient> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: Failure | null = null;

  const onMessage = (message: unknown): void => {
    const event = readHostEvent(message);
    if (event !== null) {
      if (event.event === 'job.output') waiting.get(event.id)?.onOutput?.(event.text);
      else if (event.event === 'job.report') waiting.get(event.id)?.onReport?.(event.report);
      else options.onEvent(event);
      return;
    }
    const answer = reply.safeParse(message);
    if (!answer.success) return; // an event of a newer host
    const caller = waiting.get(answer.data.id);
    waiting.delete(answer.data.id);
    if (answer.data.ok) caller?.resolve(answer.data.value);
    else caller?.reject(toFailure(answer.data.failure));
  };

  const host = await startHostProcess({ ...options, onMessage });
  const exited = host.exited.then((exit) => {
    ended = hostEnded(exit);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    return exit;
  });

  const ask = (
    name: string,
    params: Readonly<Record<string, unknown>>,
    { onOutput, onReport }: JobOptions = {},
  ): { readonly id: number; readonly answer: Promise<unknown> } => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    lastId += 1;
    if (ended === null) {
      waiting.set(lastId, { resolve, reject, onOutput, onReport });
      host.send({ id: lastId, call: name, params });
    } else {
      reject(ended);
    }
    return { id: lastId, answer: promise };
  };

  const call: HostClient['call'] = (name, params = {}) => ask(name, params).answer;

  const job: HostClient['job'] = async (name, params, options = {}) => {
    const { signal } = options;
    if (signal?.aborted === true) throw new Failure('cancelled', 'This was cancelled before it began.');
    const { id, answer } = ask('job.run', { job: name, params }, options);
    options.onBegin?.((message) => call('job.tell', { id, message }));
    const cancel = (): void => {
      // A job that has just ended can't be cancelled; its own reply tells what came of it.
      call('job.cancel', { id }).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };

  const client: HostClient = { call, job, exited, end: host.end };
  try {
    await greet(client, options.signal);
  } catch (error) {
    await host.kill(); // it has not begun with anything that could be ended in order
    throw error;
  }
  return client;
}

async function greet(client: HostClient, signal: AbortSignal): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(new Failure('cancelled', 'The project was closed, or is not trusted any more.'));
  };
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  const timer = setTimeout(() => {
    reject(new Failure('host-failed', 'The Python process that runs the project does not answer.'));
  }, HELLO_MILLISECONDS);
  try {
    const hello = await Promise.race([client.call('hello'), late]);
    const { protocol } = z.object({ protocol: z.number() }).parse(hello);
    if (protocol !== PROTOCOL) throw new Error(`The host speaks protocol ${protocol}, not ${PROTOCOL}.`);
  } finally {
    signal.removeEventListener('abort', abort);
    clearTimeout(timer);
  }
}
