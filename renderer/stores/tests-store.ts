import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { ProjectFailure } from '../../shared/contract/host-calls.ts';
import {
  noTests,
  type BrokenTestModule,
  type TestDetail,
  type TestItem,
  type TestOutcome,
  type TestRunner,
  type TestsStatus,
} from '../../shared/contract/test-calls.ts';

/** The project's tests, what came of each, and the one in sight. */
export interface TestsState {
  readonly status: TestsStatus;
  readonly tests: readonly TestItem[];
  readonly broken: readonly BrokenTestModule[];
  readonly outcomes: ReadonlyMap<string, TestOutcome>;
  /** Why classes and modules could not begin, by their name. */
  readonly groups: ReadonlyMap<string, ProjectFailure>;
  /** Names of tests that the run is not done with. */
  readonly waiting: ReadonlySet<string>;
  /** The row of the tree that is chosen. */
  readonly shown: string | null;
  readonly detail: TestDetail | null;
  readonly parallel: boolean;
  readonly keepDatabase: boolean;
}

/** Finds, runs and follows the project's tests. */
export interface TestsStore {
  readonly state: StoreApi<TestsState>;
  /** Makes sure that the tests are known; for views that show them. */
  readonly need: () => Promise<void>;
  readonly find: (runner?: TestRunner) => Promise<void>;
  /** Runs what the labels name; all tests where there are none. */
  readonly run: (labels: readonly string[]) => Promise<void>;
  /** The last run once more, with an answer to the test database that is in its way. */
  readonly runAgain: (database: 'delete' | 'keep') => Promise<void>;
  readonly runFailed: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly show: (row: string, test: string | null) => Promise<void>;
  readonly choose: (options: Partial<Pick<TestsState, 'parallel' | 'keepDatabase'>>) => void;
  readonly clear: () => void;
}

const nothing: Omit<TestsState, 'parallel' | 'keepDatabase'> = {
  status: noTests,
  tests: [],
  broken: [],
  outcomes: new Map(),
  groups: new Map(),
  waiting: new Set(),
  shown: null,
  detail: null,
};

/** Makes the store of the tests. */
export function createTestsStore(api: Client): TestsStore {
  const state = createStore<TestsState>(() => ({ ...nothing, parallel: false, keepDatabase: false }));
  let wanted = false;
  let lastLabels: readonly string[] = [];

  api.subscribe('tests.changed', (status) => {
    state.setState(status.phase === 'idle' ? { status, waiting: new Set<string>() } : { status });
  });
  api.subscribe('tests.found', ({ tests, broken, chosen }) => {
    state.setState(({ outcomes, groups }) => ({
      tests,
      broken,
      ...withoutChosen(tests, outcomes, groups, chosen),
    }));
  });
  api.subscribe('tests.ended', (ended) => {
    state.setState((before) => {
      const outcomes = new Map(before.outcomes);
      const groups = new Map(before.groups);
      const waiting = new Set(before.waiting);
      for (const outcome of ended.outcomes) outcomes.set(outcome.test, outcome);
      for (const { test } of ended.outcomes) waiting.delete(test);
      for (const { group, failure } of ended.groups) groups.set(group, failure);
      return { outcomes, groups, waiting };
    });
    const { detail } = state.getState();
    if (detail !== null && ended.outcomes.some(({ test }) => test === detail.test)) void read(detail.test);
  });

  const read = async (test: string): Promise<void> => {
    const { shown } = state.getState();
    const detail = await api.call('tests.read', { test });
    if (state.getState().shown === shown) state.setState({ detail });
  };

  const list = async (): Promise<void> => {
    const { status, tests, broken, outcomes, groups } = await api.call('tests.list', {});
    const done = new Set(outcomes.map(({ test }) => test));
    state.setState({
      status,
      tests,
      broken,
      outcomes: new Map(outcomes.map((outcome) => [outcome.test, outcome])),
      groups: new Map(groups.map(({ group, failure }) => [group, failure])),
      waiting: new Set(status.phase === 'idle' ? [] : status.chosen.filter((test) => !done.has(test))),
    });
  };

  api.onReconnect(() => {
    if (wanted) void list(); // events may have passed
  });

  const find: TestsStore['find'] = async (runner) => {
    await api.call('tests.find', runner === undefined ? {} : { runner });
  };

  const start = async (labels: readonly string[], overwrite: boolean, keep?: boolean): Promise<void> => {
    const { parallel, keepDatabase, status } = state.getState();
    lastLabels = labels;
    await api.call('tests.run', {
      ...(status.runner === null ? {} : { runner: status.runner }),
      labels: [...labels],
      parallel: parallel && status.parallel,
      keepDatabase: keep ?? keepDatabase,
      overwrite,
    });
  };

  return {
    state,
    need: async () => {
      if (wanted) return;
      wanted = true;
      await list();
      const { runner, phase } = state.getState().status;
      if (runner === null && phase === 'idle') await find();
    },
    find,
    run: (labels) => start(labels, false),
    runAgain: (database) => start(lastLabels, database === 'delete', database === 'keep' ? true : undefined),
    runFailed: () => start(failedLabels(state.getState()), false),
    stop: async () => {
      const { jobId } = state.getState().status;
      if (jobId !== null) await api.call('job.cancel', { jobId });
    },
    show: async (row, test) => {
      state.setState({ shown: row, detail: null });
      if (test !== null) await read(test);
    },
    choose: (options) => {
      state.setState(options);
    },
    clear: () => {
      wanted = false;
      lastLabels = [];
      state.setState(nothing);
    },
  };
}

/** What runs the tests again that failed, and those that never began because their class did not. */
export function failedLabels({
  tests,
  broken,
  outcomes,
  groups,
}: Pick<TestsState, 'tests' | 'broken' | 'outcomes' | 'groups'>): readonly string[] {
  const labels = tests
    .filter((test) => {
      const state = outcomes.get(test.id)?.state;
      if (state === 'failed' || state === 'error') return true;
      return state === undefined && (groups.has(test.module) || groups.has(classOf(test)));
    })
    .map(({ label, module }) => label ?? module);
  return [...new Set([...labels, ...broken.map(({ label }) => label)])];
}

/** The name of a test's class, as a failure of its set-up gives it. */
export function classOf({ module, group }: Pick<TestItem, 'module' | 'group'>): string {
  return `${module}.${group ?? ''}`;
}

function withoutChosen(
  tests: readonly TestItem[],
  outcomes: TestsState['outcomes'],
  groups: TestsState['groups'],
  chosen: readonly string[],
): Pick<TestsState, 'outcomes' | 'groups' | 'waiting'> {
  const waiting = new Set(chosen);
  const kept = new Map(outcomes);
  const keptGroups = new Map(groups);
  for (const id of waiting) kept.delete(id);
  for (const test of tests) {
    if (!waiting.has(test.id)) continue;
    keptGroups.delete(test.module);
    keptGroups.delete(classOf(test));
  }
  return { outcomes: kept, groups: keptGroups, waiting };
}
