import type { Emit } from '../../../shared/contract/contract.ts';
import type {
  BrokenTestModule,
  TestDetail,
  TestGroupFailure,
  TestItem,
  TestOutcome,
  TestsReport,
} from '../../../shared/contract/test-calls.ts';
import type { TestReport } from './test-reports.ts';

type Finished = Extract<TestReport, { kind: 'finished' }>;

/** The tests of the project and what came of each; tells it in batches. */
export interface TestRecord {
  /** These are all tests. */
  readonly replace: (tests: readonly TestItem[], broken: readonly BrokenTestModule[]) => void;
  /** These will be run, and may be `all`; gives the names of those that will. */
  readonly begin: (
    tests: readonly TestItem[],
    broken: readonly BrokenTestModule[],
    all: boolean,
  ) => readonly string[];
  readonly end: (report: Finished) => void;
  readonly endGroup: (failure: TestGroupFailure) => void;
  readonly detail: (test: string) => TestDetail | null;
  readonly all: () => Omit<TestsReport, 'status'>;
  /** Tells now what waits to be told. */
  readonly tell: () => void;
  readonly clear: () => void;
  readonly dispose: () => void;
}

// Ten thousand tests a minute must not be ten thousand events.
const BATCH_MILLISECONDS = 60;

/** Makes an empty record. */
export function createTestRecord(emit: Emit): TestRecord {
  let tests: readonly TestItem[] = [];
  let broken: readonly BrokenTestModule[] = [];
  const details = new Map<string, TestDetail>();
  const groups = new Map<string, TestGroupFailure>();
  let outcomes: TestOutcome[] = [];
  let failedGroups: TestGroupFailure[] = [];
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (outcomes.length === 0 && failedGroups.length === 0) return;
    emit('tests.ended', { outcomes, groups: failedGroups });
    outcomes = [];
    failedGroups = [];
  };
  const tellSoon = (): void => {
    timer ??= setTimeout(tell, BATCH_MILLISECONDS);
  };

  const begin: TestRecord['begin'] = (chosenTests, chosenBroken, all) => {
    tell();
    const chosen = [...chosenTests, ...chosenBroken].map(({ id }) => id);
    tests = all ? chosenTests : merged(tests, chosenTests);
    const found = new Set(chosenTests.map(({ module }) => module));
    // A module that can be imported again is not broken any more.
    const stillBroken = broken.filter(({ module }) => !found.has(module));
    broken = all ? chosenBroken : merged(stillBroken, chosenBroken);
    if (all) details.clear();
    for (const test of chosen) details.delete(test);
    for (const { module, group } of chosenTests) {
      groups.delete(module);
      groups.delete(`${module}.${group ?? ''}`);
    }
    emit('tests.found', { tests, broken, chosen });
    return chosen;
  };

  return {
    replace: (allTests, allBroken) => {
      tests = allTests;
      broken = allBroken;
      const known = new Set([...tests, ...broken].map(({ id }) => id));
      for (const test of details.keys()) if (!known.has(test)) details.delete(test);
      emit('tests.found', { tests, broken, chosen: [] });
    },
    begin,
    end: ({ test, state, milliseconds, output, reason, failures }) => {
      const before = details.get(test);
      const outcome = { test, state, milliseconds: before?.milliseconds ?? milliseconds, reason };
      details.set(test, { ...outcome, failures, output: output ?? before?.output ?? '' });
      outcomes.push(outcome);
      tellSoon();
    },
    endGroup: ({ group, failure }) => {
      groups.set(group, { group, failure });
      failedGroups.push({ group, failure });
      tellSoon();
    },
    detail: (test) => details.get(test) ?? null,
    all: () => ({
      tests,
      broken,
      outcomes: [...details.values()].map(({ test, state, milliseconds, reason }) => ({
        ...{ test, state, milliseconds, reason },
      })),
      groups: [...groups.values()],
    }),
    tell,
    clear: () => {
      tests = [];
      broken = [];
      details.clear();
      groups.clear();
      outcomes = [];
      failedGroups = [];
      emit('tests.found', { tests, broken, chosen: [] });
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}

function merged<T extends { readonly id: string }>(before: readonly T[], newer: readonly T[]): readonly T[] {
  const fresh = new Map(newer.map((one) => [one.id, one]));
  const kept = before.map((one) => {
    const replacement = fresh.get(one.id);
    fresh.delete(one.id);
    return replacement ?? one;
  });
  return [...kept, ...fresh.values()];
}
