import { expect, test } from 'vitest';
import { createServerStore, portConflict, withLog } from '../../../../renderer/stores/server-store.ts';
import { stoppedServer } from '../../../../shared/contract/host-calls.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import type { LogLine } from '../../../../shared/contract/host-calls.ts';
import { createFakeApi } from './fake-api.ts';

const line = (id: number): LogLine => ({
  id,
  time: 0,
  stream: 'stdout',
  level: 'info',
  logger: null,
  text: `line ${id}`,
});
const empty = {
  status: stoppedServer,
  log: [],
  dropped: 0,
  busy: false,
  conflict: null,
  command: null,
  tabs: true,
};

test('lines are not repeated when an event overtakes the answer', () => {
  const { log } = withLog({ ...empty, log: [line(1), line(2)] }, [line(2), line(3)], 0);
  expect(log.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('the oldest lines make room, and the main process says how many there were before', () => {
  const many = Array.from({ length: 10_010 }, (_, index) => line(index));
  const { log, dropped } = withLog(empty, many, 15);
  expect(log).toHaveLength(10_000);
  expect(log[0]?.id).toBe(10);
  expect(dropped).toBe(15);
});

test('the store is busy while the server starts', async () => {
  const api = createFakeApi({ 'server.start': () => ({ ...stoppedServer, state: 'serving', port: 8000 }) });
  const store = createServerStore(api);
  const starting = store.start();
  expect(store.state.getState().busy).toBe(true);
  await starting;
  expect(store.state.getState()).toMatchObject({ busy: false, status: { state: 'serving' } });
});

test('a taken port is known until the next start', async () => {
  const detail = { port: 8000, holder: 'nginx (pid 812)', free: 8001 };
  const api = createFakeApi({
    'server.start': ({ port }) => {
      if (port === undefined) throw new Failure('port-in-use', 'Port 8000 is taken.', detail);
      return { ...stoppedServer, state: 'serving', port };
    },
  });
  const store = createServerStore(api);
  await expect(store.start()).rejects.toThrow('taken');
  expect(store.state.getState()).toMatchObject({ conflict: detail, busy: false });
  await store.start(8001);
  expect(store.state.getState()).toMatchObject({ conflict: null, status: { port: 8001 } });
  expect(portConflict(new Failure('refused', 'No.'))).toBeNull();
});
