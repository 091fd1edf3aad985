import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Job } from '../../shared/contract/app-calls.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { Notify } from './notices.ts';

/** Long work that runs or ran, and what it said. */
export interface JobsState {
  /** The newest first. */
  readonly jobs: readonly Job[];
  readonly logs: Readonly<Record<string, readonly string[]>>;
}

/** Follows long work. */
export interface JobsStore {
  readonly state: StoreApi<JobsState>;
  readonly load: () => Promise<void>;
  readonly cancel: (jobId: string) => Promise<void>;
  /** Reads what a job said before this window listened. */
  readonly readLog: (jobId: string) => Promise<void>;
  /** Waits for the end of a job, whichever it is. */
  readonly ended: (jobId: string) => Promise<Job>;
}

const KEPT_LINES = 5000;

/** Makes the store of jobs. */
export function createJobsStore(api: Client, notify: Notify): JobsStore {
  const state = createStore<JobsState>(() => ({ jobs: [], logs: {} }));
  /** Jobs somebody waits for: that one tells the user how they ended. */
  const awaited = new Set<string>();

  api.subscribe('job.changed', (job) => {
    const before = state.getState().jobs.find((known) => known.id === job.id);
    state.setState(({ jobs }) => ({ jobs: withJob(jobs, job) }));
    if (job.state === 'failed' && before?.state === 'running' && !awaited.has(job.id)) {
      notify({ kind: 'problem', title: `${job.title} failed`, description: job.failure?.message });
    }
  });
  api.subscribe('job.logged', ({ jobId, lines }) => {
    state.setState(({ logs }) => ({ logs: withLines(logs, jobId, lines) }));
  });

  return {
    state,
    load: async () => {
      const known = await api.call('job.list', {});
      state.setState(({ jobs }) => ({ jobs: known.reduce(withJob, jobs) }));
    },
    cancel: async (jobId) => {
      await api.call('job.cancel', { jobId });
    },
    readLog: async (jobId) => {
      const lines = await api.call('job.log', { jobId });
      state.setState(({ logs }) => ({ logs: { ...logs, [jobId]: lines } }));
    },
    ended: async (jobId) => {
      awaited.add(jobId);
      const known = await api.call('job.list', {});
      state.setState(({ jobs }) => ({ jobs: known.reduce(withJob, jobs) }));
      return new Promise((resolve) => {
        const look = ({ jobs }: JobsState): boolean => {
          const job = jobs.find(({ id }) => id === jobId);
          if (job === undefined || job.state === 'running') return false;
          resolve(job);
          return true;
        };
        if (look(state.getState())) return;
        const stop = state.subscribe((next) => {
          if (look(next)) stop();
        });
      });
    },
  };
}

/** The list with a job's newest state, the newest job first. An ended job stays ended. */
export function withJob(jobs: readonly Job[], job: Job): readonly Job[] {
  const known = jobs.find(({ id }) => id === job.id);
  if (known === undefined) return [job, ...jobs].sort((one, other) => other.startedAt - one.startedAt);
  if (known.state !== 'running' && job.state === 'running') return jobs;
  return jobs.map((other) => (other.id === job.id ? job : other));
}

/** The logs with new lines at the end of one of them; the oldest lines make room. */
export function withLines(
  logs: JobsState['logs'],
  jobId: string,
  lines: readonly string[],
): JobsState['logs'] {
  return { ...logs, [jobId]: [...(logs[jobId] ?? []), ...lines].slice(-KEPT_LINES) };
}
