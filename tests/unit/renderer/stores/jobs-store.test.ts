import { expect, test } from 'vitest';
import { createJobsStore, withJob, withLines } from '../../../../renderer/stores/jobs-store.ts';
import type { Notice } from '../../../../renderer/stores/notices.ts';
import type { Job } from '../../../../shared/contract/app-calls.ts';
import { createFakeApi } from './fake-api.ts';

const job = (id: string, state: Job['state'], startedAt = 0): Job => ({
  id,
  title: `Job ${id}`,
  state,
  step: '',
  progress: null,
  startedAt,
  endedAt: null,
});

test('the newest job stands first, and an ended one stays ended', () => {
  const jobs = withJob(withJob([], job('a', 'running', 1)), job('b', 'running', 2));
  expect(jobs.map(({ id }) => id)).toEqual(['b', 'a']);
  const ended = withJob(jobs, job('a', 'failed', 1));
  expect(withJob(ended, job('a', 'running', 1))).toBe(ended);
});

test('logs grow at their end and lose their oldest lines', () => {
  const logs = withLines({ a: ['1'] }, 'a', ['2']);
  expect(logs['a']).toEqual(['1', '2']);
  const many = withLines(
    logs,
    'a',
    Array.from({ length: 6000 }, (_, index) => String(index)),
  );
  expect(many['a']).toHaveLength(5000);
  expect(many['a']?.at(-1)).toBe('5999');
});

test('waiting for a job hears its end, also when it ended before', async () => {
  const api = createFakeApi({ 'job.list': () => [job('b', 'succeeded')] });
  const store = createJobsStore(api, () => undefined);
  expect((await store.ended('b')).state).toBe('succeeded');
  const waiting = store.ended('a');
  api.tell('job.changed', job('a', 'running'));
  api.tell('job.changed', job('a', 'cancelled'));
  expect((await waiting).state).toBe('cancelled');
});

test('a failure is told, but not where somebody waits for the job', async () => {
  const notices: Notice[] = [];
  const api = createFakeApi({ 'job.list': () => [] });
  const store = createJobsStore(api, (notice) => notices.push(notice));
  const waiting = store.ended('a');
  for (const id of ['a', 'b']) {
    api.tell('job.changed', job(id, 'running'));
    api.tell('job.changed', job(id, 'failed'));
  }
  await waiting;
  expect(notices.map(({ title }) => title)).toEqual(['Job b failed']);
});
