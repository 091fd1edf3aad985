import { randomUUID } from 'node:crypto';
import type { Job } from '../../../shared/contract/app-calls.ts';
import type { Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';

/** What a running job may do: tell where it is, and hear that it should stop. */
export interface JobContext {
  /** Aborted by `job.cancel` and when the studio ends. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Names the step for people; `progress` is 0 to 1, null where it can't be known. */
  readonly step: (text: string, progress?: number | null) => void;
}

/** Starts, lists and cancels long-running work. */
export interface JobService {
  /** `belongsTo` the project when it may run code of it: then it ends with the project and with its trust. */
  readonly start: (
    title: string,
    run: (context: JobContext) => Promise<unknown>,
    belongsTo?: 'project',
  ) => { jobId: string };
  readonly list: () => readonly Job[];
  readonly log: (jobId: string) => readonly string[];
  readonly cancel: (jobId: string) => null;
  /** Cancels every job that belongs to the project. */
  readonly cancelOfProject: () => void;
  /** Cancels everything and waits until it has ended. */
  readonly dispose: () => Promise<void>;
}

interface Entry {
  job: Job;
  readonly lines: string[];
  readonly abort: AbortController;
  readonly belongsTo: 'project' | undefined;
  readonly done: Promise<void>;
}

const KEPT_LINES = 5000;
const KEPT_JOBS = 50;

/** The only place where jobs live. `report` gets what is a bug and not an expected failure. */
export function createJobService(deps: {
  readonly emit: Emit;
  readonly report: (error: unknown) => void;
}): JobService {
  const entries = new Map<string, Entry>();

  const change = (id: string, patch: Partial<Job>): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entry.job = { ...entry.job, ...patch };
    deps.emit('job.changed', entry.job);
  };

  const forgetOld = (): void => {
    for (const [id, entry] of entries) {
      if (entries.size <= KEPT_JOBS) return;
      if (entry.job.state !== 'running') entries.delete(id);
    }
  };

  const finish = (id: string, signal: AbortSignal, error: unknown): void => {
    change(id, { ...outcome(signal, error), endedAt: Date.now() });
  };

  const outcome = (signal: AbortSignal, error: unknown): Partial<Job> => {
    const failure = error instanceof Failure ? { failure: error.toValue() } : {};
    // The failure of a cancelled job tells what it left behind.
    if (signal.aborted) return { state: 'cancelled', ...failure };
    if (error instanceof Failure) return { state: 'failed', ...failure };
    deps.report(error);
    const reason = error instanceof Error ? error.message : String(error);
    return {
      state: 'failed',
      failure: { code: 'internal', message: `Something went wrong inside the studio: ${reason}` },
    };
  };

  const start: JobService['start'] = (title, run, belongsTo) => {
    const id = randomUUID();
    const abort = new AbortController();
    const lines: string[] = [];
    const context: JobContext = {
      signal: abort.signal,
      log: (line) => {
        lines.push(line);
        if (lines.length > KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
        deps.emit('job.logged', { jobId: id, lines: [line] });
      },
      step: (step, progress = null) => {
        change(id, { step, progress });
      },
    };
    const job: Job = {
      id,
      title,
      state: 'running',
      step: '',
      progress: null,
      startedAt: Date.now(),
      endedAt: null,
    };
    // The first step runs after this call has answered, so that the window knows the id before any event.
    const done = Promise.resolve()
      .then(() => run(context))
      .then(
        (value) => {
          change(id, { state: 'succeeded', endedAt: Date.now(), progress: 1, value });
        },
        (error: unknown) => {
          finish(id, abort.signal, error);
        },
      );
    entries.set(id, { job, lines, abort, belongsTo, done });
    forgetOld();
    deps.emit('job.changed', job);
    return { jobId: id };
  };

  return {
    start,
    list: () => [...entries.values()].map((entry) => entry.job),
    log: (jobId) => {
      const entry = entries.get(jobId);
      if (entry === undefined) throw new Failure('not-found', 'That job is no longer known.');
      return entry.lines;
    },
    cancel: (jobId) => {
      entries.get(jobId)?.abort.abort();
      return null;
    },
    cancelOfProject: () => {
      for (const { abort, belongsTo } of entries.values()) if (belongsTo === 'project') abort.abort();
    },
    dispose: async () => {
      for (const entry of entries.values()) entry.abort.abort();
      await Promise.all([...entries.values()].map((entry) => entry.done));
    },
  };
}
