import { describe, expect, it } from 'vitest';
import {
  allCounts,
  rowOf,
  testTree,
  type TestFilter,
} from '../../../../../renderer/features/server/test-tree.ts';
import { countWords, durationWords, phaseWords } from '../../../../../renderer/features/server/test-words.ts';
import { failedLabels } from '../../../../../renderer/stores/tests-store.ts';
import {
  noTests,
  type BrokenTestModule,
  type TestItem,
  type TestOutcome,
} from '../../../../../shared/contract/test-calls.ts';

const all: TestFilter = { search: '', only: 'all' };

function item(id: string, app: string | null): TestItem {
  const [module = '', group = '', name = ''] = id.split('/');
  const label = `${module}.${group}.${name}`;
  return { id: label, label, app, module, group, name, file: `/shop/${module}.py`, line: 1 };
}

const tests = [
  item('shop.tests/BookTest/test_one', 'shop'),
  item('shop.tests/BookTest/test_two', 'shop'),
  item('shop.tests/Unready/test_never', 'shop'),
  item('site.tests/HomeTest/test_home', null),
];
const failure = { type: 'E', message: 'm', file: null, line: null, text: null, traceback: '', frames: [] };
const broken: readonly BrokenTestModule[] = [
  { id: 'cart.tests', label: 'cart.tests', module: 'cart.tests', app: 'cart', file: null, failure },
];

function outcome(test: string, state: TestOutcome['state']): readonly [string, TestOutcome] {
  return [test, { test, state, milliseconds: 1500, reason: null }];
}

const known = {
  tests,
  broken,
  outcomes: new Map([
    outcome('shop.tests.BookTest.test_one', 'passed'),
    outcome('shop.tests.BookTest.test_two', 'failed'),
    outcome('site.tests.HomeTest.test_home', 'expected'),
  ]),
  groups: new Map([['shop.tests.Unready', failure]]),
  waiting: new Set<string>(),
  status: noTests,
};

describe('the tree of the tests', () => {
  it('goes from apps to tests, and each row stands as the gravest below it', () => {
    const rows = testTree(known, all);
    expect(rows.map(({ label, state }) => [label, state])).toEqual([
      ['Beside the apps', 'passed'],
      ['cart', 'error'],
      ['shop', 'error'],
    ]);
    const book = rowOf(rows, 'class:shop.tests.BookTest');
    expect(book).toMatchObject({ state: 'failed', labels: ['shop.tests.BookTest'] });
    expect(rowOf(rows, 'module:shop.tests')?.labels).toEqual(['shop.tests']);
    expect(rowOf(rows, 'class:shop.tests.Unready')).toMatchObject({ state: 'error', failure });
    expect(rowOf(rows, 'module:cart.tests')).toMatchObject({ labels: ['cart.tests'], failure });
    expect(allCounts(rows)).toMatchObject({ total: 5, passed: 2, failed: 3 });
  });

  it('names a class of pytest by the path of its module', () => {
    const one = { ...item('shop/BookTest/test_one', 'shop'), module: 'shop/test_books.py' };
    const rows = testTree({ ...known, tests: [one], broken: [] }, all);
    expect(rowOf(rows, 'class:shop/test_books.py.BookTest')?.labels).toEqual([
      'shop/test_books.py::BookTest',
    ]);
  });

  it('shows what failed, also what never began, and what has a text', () => {
    const failed = testTree(known, { search: '', only: 'failed' });
    expect(failed.map(({ label }) => label)).toEqual(['cart', 'shop']);
    expect(rowOf(failed, 'class:shop.tests.Unready')).not.toBeNull();
    expect(rowOf(failed, 'test:shop.tests.BookTest.test_one')).toBeNull();
    expect(testTree(known, { search: 'HOME', only: 'all' })).toHaveLength(1);
  });

  it('shows what runs and what waits', () => {
    const status = { ...noTests, running: ['shop.tests.BookTest.test_one'] };
    const waiting = new Set(['shop.tests.BookTest.test_two']);
    const rows = testTree({ ...known, outcomes: new Map(), groups: new Map(), waiting, status }, all);
    expect(rowOf(rows, 'app:shop')?.state).toBe('running');
    expect(rowOf(rows, 'test:shop.tests.BookTest.test_two')?.state).toBe('waiting');
  });

  it('runs again what failed, what never began and what can’t be imported', () => {
    expect(failedLabels(known)).toEqual([
      'shop.tests.BookTest.test_two',
      'shop.tests.Unready.test_never',
      'cart.tests',
    ]);
  });
});

it('says counts, times and phases in words', () => {
  expect(countWords({ total: 3, passed: 1200, failed: 1, skipped: 0, milliseconds: 0 })).toBe(
    '1,200 passed · 1 failed',
  );
  expect([0.2, 840, 3210, 125_000].map(durationWords)).toEqual(['<1 ms', '840 ms', '3.2 s', '2 min 5 s']);
  const status = { ...noTests, phase: 'tests', chosen: ['a', 'b'], running: ['b'] } as const;
  expect(phaseWords(status, 1)).toBe('Running 1 of 2: b');
});
