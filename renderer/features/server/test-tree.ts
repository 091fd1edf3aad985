import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import type { TestItem } from '../../../shared/contract/test-calls.ts';
import { classOf, type TestsState } from '../../stores/tests-store.ts';

/** How a row of the tests stands; of several the gravest counts. */
export type TestRowState = 'none' | 'waiting' | 'running' | 'passed' | 'skipped' | 'failed' | 'error';

/** How many tests below a row ended how. */
export interface TestCounts {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly milliseconds: number;
}

/** A row of the tree: an app, a module, a class or a test. */
export interface TestRow {
  readonly id: string;
  readonly kind: 'app' | 'module' | 'class' | 'test';
  readonly label: string;
  readonly state: TestRowState;
  readonly counts: TestCounts;
  /** What runs it. */
  readonly labels: readonly string[];
  readonly test: TestItem | null;
  /** Why it could not begin. */
  readonly failure: ProjectFailure | null;
  readonly children: readonly TestRow[];
}

/** Which tests are shown. */
export interface TestFilter {
  readonly search: string;
  readonly only: 'all' | 'failed' | 'skipped';
}

type Known = Pick<TestsState, 'tests' | 'broken' | 'outcomes' | 'groups' | 'waiting' | 'status'>;

const gravity: readonly TestRowState[] = [
  ...(['none', 'skipped', 'passed', 'waiting', 'failed', 'error', 'running'] as const),
];

/** The tests as a tree of apps, modules and classes; what a filter leaves out is not in it. */
export function testTree(known: Known, filter: TestFilter): readonly TestRow[] {
  const running = new Set(known.status.running);
  const rows = known.tests.map((test) => testRow(test, known, running));
  const shown = rows.filter((row) => fits(row, filter, known));
  const broken = brokenRows(known).filter((row) => fits(row, filter, known));
  const owners = new Map(known.broken.map(({ id, app }) => [`module:${id}`, app]));
  const apps = grouped(
    [...shown, ...broken],
    (row) => row.test?.app ?? (row.test === null ? (owners.get(row.id) ?? null) : null),
  );
  return apps
    .map(([app, members]) => appRow(app, members, known))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** The counts of all tests. */
export function allCounts(rows: readonly TestRow[]): TestCounts {
  const sum = (part: keyof TestCounts): number => rows.reduce((total, { counts }) => total + counts[part], 0);
  return {
    total: sum('total'),
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    milliseconds: sum('milliseconds'),
  };
}

/** The row with this id, wherever it stands. */
export function rowOf(rows: readonly TestRow[], id: string | null): TestRow | null {
  for (const row of rows) {
    if (row.id === id) return row;
    const found = rowOf(row.children, id);
    if (found !== null) return found;
  }
  return null;
}

function testRow(test: TestItem, known: Known, running: ReadonlySet<string>): TestRow {
  const outcome = known.outcomes.get(test.id);
  const state = running.has(test.id)
    ? 'running'
    : outcome !== undefined
      ? stateOf(outcome.state)
      : known.waiting.has(test.id)
        ? 'waiting'
        : 'none';
  const is = (wanted: boolean): number => (wanted ? 1 : 0);
  return {
    id: `test:${test.id}`,
    kind: 'test',
    label: test.name,
    state,
    counts: {
      total: 1,
      passed: is(state === 'passed'),
      failed: is(state === 'failed' || state === 'error'),
      skipped: is(state === 'skipped'),
      milliseconds: outcome?.milliseconds ?? 0,
    },
    labels: [test.label ?? test.module],
    test,
    failure: null,
    children: [],
  };
}

function stateOf(state: 'passed' | 'expected' | 'skipped' | 'failed' | 'error'): TestRowState {
  return state === 'expected' ? 'passed' : state;
}

function brokenRows({ broken }: Known): readonly TestRow[] {
  return broken.map(({ id, label, module, failure }) => ({
    id: `module:${id}`,
    kind: 'module',
    label: module,
    state: 'error',
    counts: { total: 1, passed: 0, failed: 1, skipped: 0, milliseconds: 0 },
    labels: [label],
    test: null,
    failure,
    children: [],
  }));
}

function appRow(app: string | null, members: readonly TestRow[], known: Known): TestRow {
  const broken = members.filter(({ test }) => test === null);
  const modules = grouped(
    members.filter(({ test }) => test !== null),
    ({ test }) => test?.module ?? '',
  ).map(([module, tests]) => moduleRow(module, tests, known));
  const children = [...broken, ...modules].sort((one, other) => one.label.localeCompare(other.label));
  const labels = children.flatMap((row) => row.labels);
  return branch(`app:${app ?? ''}`, 'app', app ?? 'Beside the apps', labels, children, null);
}

function moduleRow(module: string, tests: readonly TestRow[], known: Known): TestRow {
  const children = grouped(tests, ({ test }) => test?.group ?? null).flatMap(([group, members]) =>
    group === null ? members : [classRow(module, group, members, known)],
  );
  const failure = known.groups.get(module) ?? null;
  return branch(`module:${module}`, 'module', module, [module], children, failure);
}

function classRow(module: string, group: string, tests: readonly TestRow[], known: Known): TestRow {
  const name = classOf({ module, group });
  // pytest names it by the path of its module, Django by a dot.
  const first = tests[0]?.test?.label ?? null;
  const label = module.endsWith('.py') ? `${module}::${group}` : name;
  const labels = first === null ? [module] : [label];
  return branch(`class:${name}`, 'class', group, labels, tests, known.groups.get(name) ?? null);
}

function branch(
  id: string,
  kind: TestRow['kind'],
  label: string,
  labels: readonly string[],
  children: readonly TestRow[],
  failure: ProjectFailure | null,
): TestRow {
  const worst = children.reduce<TestRowState>(
    (state, row) => (gravity.indexOf(row.state) > gravity.indexOf(state) ? row.state : state),
    'none',
  );
  const counts = allCounts(children);
  // Its tests were never run: none of them says so.
  const failed = failure === null ? counts.failed : counts.failed + 1;
  const state = failure === null || worst === 'running' ? worst : 'error';
  return { id, kind, label, state, counts: { ...counts, failed }, labels, test: null, failure, children };
}

function fits(row: TestRow, { search, only }: TestFilter, { groups }: Known): boolean {
  const words = search.trim().toLowerCase();
  const text = `${row.test?.module ?? ''} ${row.test?.group ?? ''} ${row.label}`.toLowerCase();
  if (!text.includes(words)) return false;
  if (only === 'all') return true;
  if (only === 'skipped') return row.state === 'skipped';
  const { test } = row;
  return row.counts.failed > 0 || (test !== null && (groups.has(test.module) || groups.has(classOf(test))));
}

function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): readonly (readonly [K, readonly T[]])[] {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups];
}
