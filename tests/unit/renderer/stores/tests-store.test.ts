import { expect, it, vi } from 'vitest';
import { createTestsStore } from '../../../../renderer/stores/tests-store.ts';
import { noTests, type TestItem, type TestOutcome } from '../../../../shared/contract/test-calls.ts';
import { createFakeApi } from './fake-api.ts';

const one: TestItem = {
  ...{
    id: 'a.T.one',
    label: 'a.T.one',
    app: 'a',
    module: 'a',
    group: 'T',
    name: 'one',
    file: null,
    line: null,
  },
};
const passed: TestOutcome = { test: 'a.T.one', state: 'passed', milliseconds: 2, reason: null };
const found = { ...noTests, runner: 'django' as const, runners: ['django' as const], parallel: true };

it('looks for tests once somebody shows them, and follows a run', async () => {
  const run = vi.fn(() => ({ jobId: 'job' }));
  const api = createFakeApi({
    'tests.list': () => ({ status: noTests, tests: [], broken: [], outcomes: [], groups: [] }),
    'tests.find': () => null,
    'tests.run': run,
  });
  const store = createTestsStore(api);
  await store.need();
  await store.need();
  expect(api.called).toEqual(['tests.list', 'tests.find']);
  api.tell('tests.changed', found);
  api.tell('tests.found', { tests: [one], broken: [], chosen: [] });
  store.choose({ parallel: true });
  await store.run(['a.T']);
  const sent = { runner: 'django', labels: ['a.T'], parallel: true, keepDatabase: false, overwrite: false };
  expect(run).toHaveBeenLastCalledWith(sent);

  api.tell('tests.changed', { ...found, phase: 'tests', jobId: 'job', chosen: ['a.T.one'] });
  api.tell('tests.found', { tests: [one], broken: [], chosen: ['a.T.one'] });
  expect(store.state.getState().waiting).toEqual(new Set(['a.T.one']));
  api.tell('tests.ended', { outcomes: [passed], groups: [] });
  expect(store.state.getState().waiting.size).toBe(0);
  expect(store.state.getState().outcomes.get('a.T.one')).toEqual(passed);
  // The next run begins: what came of it before is not its result.
  api.tell('tests.found', { tests: [one], broken: [], chosen: ['a.T.one'] });
  expect(store.state.getState().outcomes.size).toBe(0);

  await store.runAgain('delete');
  expect(run).toHaveBeenLastCalledWith({ ...sent, overwrite: true });
  await store.runAgain('keep');
  expect(run).toHaveBeenLastCalledWith({ ...sent, keepDatabase: true });
});

it('reads the state again after the connection was lost', async () => {
  const api = createFakeApi({
    'tests.list': () => ({ status: found, tests: [one], broken: [], outcomes: [passed], groups: [] }),
  });
  const store = createTestsStore(api);
  await store.need();
  store.state.setState({ outcomes: new Map() });
  api.reconnect();
  await vi.waitFor(() => expect(store.state.getState().outcomes.size).toBe(1));
});
