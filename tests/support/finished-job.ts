import type { Job } from '../../shared/contract/app-calls.ts';
import { createJobService, type JobService } from '../../main/services/jobs/job-service.ts';

/** A real job service whose jobs can be waited for. */
export interface WatchedJobs {
  readonly jobs: JobService;
  readonly finished: (job: { readonly jobId: string }) => Promise<Job>;
  /** Waits until a job has come to a step. */
  readonly at: (job: { readonly jobId: string }, step: string) => Promise<Job>;
}

/** Bugs inside a job are thrown where its end is waited for. */
export function watchJobs(): WatchedJobs {
  const listeners = new Set<(job: Job) => void>();
  const bugs: unknown[] = [];
  const jobs = createJobService({
    emit: (name) => {
      if (name !== 'job.changed') return;
      for (const job of jobs.list()) for (const listener of listeners) listener(job);
    },
    report: (error) => bugs.push(error),
  });
  const until = (id: string, fits: (job: Job) => boolean): Promise<Job> =>
    new Promise((resolve, reject) => {
      const listener = (job: Job): void => {
        if (job.id !== id || !fits(job)) return;
        listeners.delete(listener);
        if (bugs.length > 0) reject(new Error('A job met a bug.', { cause: bugs[0] }));
        else resolve(job);
      };
      listeners.add(listener);
      const now = jobs.list().find((job) => job.id === id);
      if (now !== undefined) listener(now);
    });
  return {
    jobs,
    finished: ({ jobId }) => until(jobId, (job) => job.state !== 'running'),
    at: ({ jobId }, step) => until(jobId, (job) => job.step === step || job.state !== 'running'),
  };
}
