import { Failure } from '../../../shared/contract/failure.ts';
import { type HostClient, type JobOptions, startHostClient } from './host-client.ts';
import type { HostEvent } from './host-events.ts';
import { hostEnded } from './host-failures.ts';
import type { HostTarget } from './host-process.ts';

/** The Python side of the open project: started when it is first needed, one at a time. */
export interface HostService {
  /** Starts the host when it is not running; fails with a sentence when it can't or must not. */
  readonly ensure: () => Promise<void>;
  /** A call of the protocol; starts the host when needed. */
  readonly call: (name: string, params?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Runs one of the host's jobs; the caller knows the shape of its value. */
  readonly job: <T>(
    name: string,
    params?: Readonly<Record<string, unknown>>,
    options?: JobOptions,
  ) => Promise<T>;
  readonly isRunning: () => boolean;
  /** Somebody asks for it by hand: crashes of before do not count any more. */
  readonly forgiveCrashes: () => void;
  /** Hears every event; the function that comes back ends it. */
  readonly onEvent: (listener: (event: HostEvent) => void) => () => void;
  /** Ends the host and everything it runs: the project was closed, or is not trusted any more. */
  readonly stop: () => Promise<null>;
  readonly dispose: () => Promise<void>;
}

const CRASHES_A_MINUTE = 5;
const MINUTE = 60_000;

interface Running {
  readonly target: HostTarget;
  readonly client: Promise<HostClient>;
  /** Ends it also while it has not answered yet: its interpreter may load what never comes to an end. */
  readonly unwanted: AbortController;
}

/** Keeps at most one host. `target` names its project, or fails where none may run. */
export function createHostService(deps: {
  /** Folder of the host's `run.py`. */
  readonly hostFolder: string;
  /** The environment of everything the project runs; without what belongs to other projects. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** The open project, trusted and with an interpreter; throws a `Failure` that says what is missing. */
  readonly target: () => Promise<HostTarget>;
  /** Hears of what is a bug and not an expected failure. */
  readonly report: (error: unknown) => void;
}): HostService {
  const listeners = new Set<(event: HostEvent) => void>();
  let running: Running | null = null;
  let crashes: number[] = [];
  let stops = 0;
  let disposed = false;

  const tell = (event: HostEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const recentCrashes = (): number => {
    // Not by the clock, which may be set back.
    crashes = crashes.filter((time) => performance.now() - time < MINUTE);
    return crashes.length;
  };

  const onExit = (started: Running, client: HostClient): void => {
    client.exited.then((exit) => {
      if (running !== started) return; // it was asked to
      running = null;
      crashes.push(performance.now());
      const { message } = hostEnded(exit);
      if (exit.stderr !== '') deps.report(new Error(`The host ended: ${exit.stderr}`));
      tell({ event: 'lost', message, final: recentCrashes() >= CRASHES_A_MINUTE });
    }, deps.report);
  };

  const start = (target: HostTarget): Running => {
    if (recentCrashes() >= CRASHES_A_MINUTE) throw crashesTooOften();
    const { hostFolder, environment, report } = deps;
    const unwanted = new AbortController();
    const client = startHostClient({
      target,
      signal: unwanted.signal,
      hostFolder,
      environment,
      report,
      onEvent: (event) => {
        if (running === started) tell(event);
      },
    });
    const started: Running = { target, client, unwanted };
    running = started;
    client.then(
      (host) => {
        onExit(started, host);
      },
      () => {
        if (running === started) running = null; // whoever waits for it is told why
      },
    );
    return started;
  };

  const stop = async (): Promise<null> => {
    const ending = running;
    running = null;
    stops += 1;
    if (ending === null) return null;
    ending.unwanted.abort();
    const client = await ending.client.catch(() => null); // one that never started needs no end
    await client?.end();
    tell({ event: 'ended' });
    return null;
  };

  const client = async (): Promise<HostClient> => {
    for (;;) {
      if (disposed) throw new Failure('not-available', 'The studio is closing.');
      const before = stops;
      const target = await deps.target();
      // Meanwhile the project may have been closed: what was asked for before a stop is not started after it.
      if (before !== stops) continue;
      if (running === null) return start(target).client;
      if (isSame(running.target, target)) return running.client;
      await stop();
    }
  };

  return {
    ensure: async () => {
      await client();
    },
    call: async (name, params) => (await client()).call(name, params),
    job: async <T>(name: string, params = {}, options: JobOptions = {}) =>
      (await (await client()).job(name, params, options)) as T,
    isRunning: () => running !== null,
    forgiveCrashes: () => {
      crashes = [];
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
    dispose: async () => {
      disposed = true;
      listeners.clear();
      await stop();
    },
  };
}

function isSame(left: HostTarget, right: HostTarget): boolean {
  return (
    left.interpreter === right.interpreter &&
    left.projectFolder === right.projectFolder &&
    left.settingsModule === right.settingsModule
  );
}

function crashesTooOften(): Failure {
  return new Failure(
    'host-failed',
    `The Python process that runs the project ended ${CRASHES_A_MINUTE} times within a minute and is not started ` +
      'again by itself. Look at the log, then press Start.',
  );
}
