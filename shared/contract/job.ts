import type { Job } from './app-calls.ts';
import type { Client } from './client.ts';
import { Failure } from './failure.ts';

/**
 * Follows a job to its end: answers with its value (its type is said at the call that starts it), or
 * throws its failure. `onChange` hears every step on the way.
 */
export function followJob<Value>(
  client: Client,
  jobId: string,
  onChange: (job: Job) => void = () => undefined,
): Promise<Value> {
  const endings: (() => void)[] = [];
  const followed = new Promise<Value>((resolve, reject) => {
    const look = (job: Job): void => {
      onChange(job);
      if (job.state === 'succeeded') resolve(job.value as Value);
      else if (job.state === 'failed') reject(failureOf(job));
      else if (job.state === 'cancelled') reject(new Failure('cancelled', `“${job.title}” was cancelled.`));
    };
    // Events may have passed before this window listened, or while its connection was lost.
    const read = async (): Promise<void> => {
      const jobs = await client.call('job.list', {});
      const job = jobs.find((candidate) => candidate.id === jobId);
      if (job === undefined) throw new Failure('not-found', 'That job is no longer known to the studio.');
      look(job);
    };
    endings.push(
      client.subscribe('job.changed', (job) => {
        if (job.id === jobId) look(job);
      }),
      client.onReconnect(() => {
        read().catch(reject);
      }),
    );
    read().catch(reject);
  });
  return followed.finally(() => {
    for (const end of endings) end();
  });
}

function failureOf(job: Job): Failure {
  if (job.failure !== undefined) return Failure.fromValue(job.failure);
  return new Failure('internal', `“${job.title}” failed without saying why.`);
}
