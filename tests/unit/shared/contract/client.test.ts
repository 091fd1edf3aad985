import { expect, test } from 'vitest';
import type { Job } from '../../../../shared/contract/app-calls.ts';
import { createClient, type Transport } from '../../../../shared/contract/client.ts';
import type { EventMessage } from '../../../../shared/contract/contract.ts';
import { Failure, type Reply } from '../../../../shared/contract/failure.ts';
import { followJob } from '../../../../shared/contract/job.ts';

/** The two ends of a way in one process. */
function createWay(answer: (name: string, input: unknown) => Reply<unknown>) {
  const listeners = new Set<(message: EventMessage) => void>();
  const reconnects = new Set<() => void>();
  const transport: Transport = {
    request: (name, input) => Promise.resolve(answer(name, input)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onReconnect: (listener) => {
      reconnects.add(listener);
      return () => reconnects.delete(listener);
    },
  };
  return {
    client: createClient(transport),
    tell: (message: EventMessage) => {
      for (const listener of listeners) listener(message);
    },
    reconnect: () => {
      for (const listener of reconnects) listener();
    },
    listening: () => listeners.size + reconnects.size,
  };
}

const job: Job = {
  id: 'j1',
  title: 'Creating library',
  state: 'running',
  step: '',
  progress: null,
  startedAt: 1,
  endedAt: null,
};
const changed = (patch: Partial<Job>): EventMessage => ({
  event: 'job.changed',
  payload: { ...job, ...patch },
});

test('a call gives the value of its reply', async () => {
  const { client } = createWay((name, input) => ({ ok: true, value: [name, input] }));
  expect(await client.call('job.log', { jobId: 'j1' })).toEqual(['job.log', { jobId: 'j1' }]);
});

test('a failed call throws the failure again', async () => {
  const failure = { code: 'conflict', message: 'Changed meanwhile.', detail: { row: 3 } } as const;
  const { client } = createWay(() => ({ ok: false, failure }));
  const error = await client.call('app.info', {}).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).toValue()).toEqual(failure);
});

test('a subscription hears its own event until it ends', () => {
  const way = createWay(() => ({ ok: true, value: null }));
  const heard: string[] = [];
  const end = way.client.subscribe('job.changed', (payload) => heard.push(payload.state));
  way.tell(changed({}));
  way.tell({ event: 'migrations.changed', payload: null });
  end();
  way.tell(changed({}));
  expect(heard).toEqual(['running']);
});

test('a followed job gives its value and its steps, and leaves no listener behind', async () => {
  const way = createWay(() => ({ ok: true, value: [job] }));
  const steps: string[] = [];
  const followed = followJob<{ path: string }>(way.client, 'j1', ({ step }) => steps.push(step));
  await Promise.resolve();
  way.tell(changed({ step: 'Installing Django' }));
  way.tell(changed({ id: 'other', state: 'failed' }));
  way.tell(changed({ state: 'succeeded', step: 'Done', value: { path: '/p' } }));
  expect(await followed).toEqual({ path: '/p' });
  expect(steps).toContain('Installing Django');
  expect(way.listening()).toBe(0);
});

test('a job that ended before anybody listened is still followed', async () => {
  const way = createWay(() => ({ ok: true, value: [{ ...job, state: 'succeeded', value: 7 }] }));
  expect(await followJob(way.client, 'j1')).toBe(7);
});

test('a job that ended while the connection was lost is found again', async () => {
  let jobs: Job[] = [job];
  const way = createWay(() => ({ ok: true, value: jobs }));
  const followed = followJob(way.client, 'j1');
  jobs = [{ ...job, state: 'failed', failure: { code: 'tool-failed', message: 'pip said no.' } }];
  way.reconnect();
  await expect(followed).rejects.toMatchObject({ code: 'tool-failed', message: 'pip said no.' });
});

test('a cancelled and an unknown job say so', async () => {
  const cancelled = createWay(() => ({ ok: true, value: [{ ...job, state: 'cancelled' }] }));
  await expect(followJob(cancelled.client, 'j1')).rejects.toMatchObject({ code: 'cancelled' });
  const unknown = createWay(() => ({ ok: true, value: [] }));
  await expect(followJob(unknown.client, 'j1')).rejects.toMatchObject({ code: 'not-found' });
});
