import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPendingRequests } from '../../../../renderer/api/pending-requests.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what waits is sent once, in order, and settled by its answer', async () => {
  const requests = createPendingRequests(1000);
  const first = requests.add('a.b', { x: 1 });
  const second = requests.add('c.d', {});
  const sent: string[] = [];
  requests.flush((text) => sent.push(text));
  requests.flush((text) => sent.push(text));
  expect(sent).toEqual(['{"id":1,"name":"a.b","input":{"x":1}}', '{"id":2,"name":"c.d","input":{}}']);
  requests.settle({ id: 2, reply: { ok: true, value: 'two' } });
  requests.settle({ id: 1, reply: { ok: true, value: 'one' } });
  requests.settle({ id: 7, reply: { ok: true, value: 'nobody asked' } });
  expect([await first, await second]).toEqual([
    { ok: true, value: 'one' },
    { ok: true, value: 'two' },
  ]);
});

test('a lost socket fails what was sent and keeps what waits', async () => {
  const requests = createPendingRequests(1000);
  const sent = requests.add('a.b', {});
  requests.flush(() => undefined);
  const waiting = requests.add('c.d', {});
  requests.failSent();
  expect(await sent).toMatchObject({ ok: false, failure: { code: 'not-available' } });
  const later: string[] = [];
  requests.flush((text) => later.push(text));
  expect(later).toHaveLength(1);
  requests.settle({ id: 2, reply: { ok: true, value: null } });
  expect(await waiting).toEqual({ ok: true, value: null });
});

test('waiting ends after a while; what was sent may take its time', async () => {
  const requests = createPendingRequests(1000);
  const sent = requests.add('a.b', {});
  requests.flush(() => undefined);
  const waiting = requests.add('c.d', {});
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waiting).toMatchObject({ ok: false, failure: { code: 'not-available' } });
  await vi.advanceTimersByTimeAsync(600_000);
  requests.settle({ id: 1, reply: { ok: true, value: 'done' } });
  expect(await sent).toEqual({ ok: true, value: 'done' });
});
