import { z } from 'zod';
import { call } from './call.ts';
import type { FailureValue } from './failure.ts';
import type { ProjectFailure } from './host-calls.ts';

/** What runs the tests of a project. */
export type TestRunner = 'django' | 'pytest';

/** One test of the project. */
export interface TestItem {
  readonly id: string;
  /** What runs it alone; null where only its module can be run. */
  readonly label: string | null;
  /** Label of the app that its code belongs to. */
  readonly app: string | null;
  /** Dotted for Django's runner, a path for pytest. */
  readonly module: string;
  /** Its class. */
  readonly group: string | null;
  readonly name: string;
  /** Absolute. */
  readonly file: string | null;
  readonly line: number | null;
}

/** A module of tests that can't be imported. */
export interface BrokenTestModule {
  readonly id: string;
  readonly label: string;
  readonly module: string;
  readonly app: string | null;
  readonly file: string | null;
  readonly failure: ProjectFailure;
}

/** How a test ended: `expected` is a failure that the test is marked to have. */
export type TestOutcomeState = 'passed' | 'expected' | 'skipped' | 'failed' | 'error';

/** How one test ended, in a line. */
export interface TestOutcome {
  readonly test: string;
  readonly state: TestOutcomeState;
  readonly milliseconds: number;
  /** Why it was skipped, or why its failure is expected. */
  readonly reason: string | null;
}

/** All that is known of one test that has run. */
export interface TestDetail extends TestOutcome {
  /** What it printed; of much only the beginning and the end. */
  readonly output: string;
  /** `title` names the subtest. */
  readonly failures: readonly { readonly title: string | null; readonly failure: ProjectFailure }[];
}

/** What a class or a module does around its tests failed. */
export interface TestGroupFailure {
  readonly group: string;
  readonly failure: ProjectFailure;
}

/** How far the finding or running of tests is. */
export interface TestsStatus {
  readonly phase: 'idle' | 'finding' | 'starting' | 'databases' | 'tests' | 'cleanup';
  /** Null until tests were found first. */
  readonly runner: TestRunner | null;
  readonly runners: readonly TestRunner[];
  /** Whether the runner can use several processes. */
  readonly parallel: boolean;
  /** The tests of the run, whether they have ended or not. */
  readonly chosen: readonly string[];
  readonly running: readonly string[];
  /** The job of the run, or of the last one. */
  readonly jobId: string | null;
  readonly milliseconds: number | null;
  readonly cancelled: boolean;
  /** Why the last finding or run came to nothing. */
  readonly failure: FailureValue | null;
  /** Code was changed since the tests were found and run. */
  readonly stale: boolean;
}

/** Before anybody asked for tests. */
export const noTests: TestsStatus = {
  phase: 'idle',
  runner: null,
  runners: [],
  parallel: false,
  chosen: [],
  running: [],
  jobId: null,
  milliseconds: null,
  cancelled: false,
  failure: null,
  stale: false,
};

/** Everything that is known of the tests. */
export interface TestsReport {
  readonly status: TestsStatus;
  readonly tests: readonly TestItem[];
  readonly broken: readonly BrokenTestModule[];
  readonly outcomes: readonly TestOutcome[];
  readonly groups: readonly TestGroupFailure[];
}

const runner = z.enum(['django', 'pytest']).optional();

export const testCalls = {
  'tests.list': call<TestsReport>()('none', z.strictObject({})),
  /** Finds them anew, and runs none; what goes wrong stands in the status. */
  'tests.find': call<null>()('project', z.strictObject({ runner })),
  /** A job; its log is what the runner prints. Without labels all tests are run. */
  'tests.run': call<{ readonly jobId: string }>()(
    'project',
    z.strictObject({
      runner,
      labels: z.array(z.string().max(2000)).max(20_000),
      parallel: z.boolean(),
      keepDatabase: z.boolean(),
      /** Delete a test database that is left over from another run. */
      overwrite: z.boolean(),
    }),
  ),
  /** Null where it has not run. */
  'tests.read': call<TestDetail | null>()('none', z.strictObject({ test: z.string().max(2000) })),
} as const;

/** What is told of tests unasked. */
export interface TestEvents {
  readonly 'tests.changed': TestsStatus;
  /** The tests are these by now; outcomes of the chosen ones are of before. */
  readonly 'tests.found': {
    readonly tests: readonly TestItem[];
    readonly broken: readonly BrokenTestModule[];
    readonly chosen: readonly string[];
  };
  readonly 'tests.ended': {
    readonly outcomes: readonly TestOutcome[];
    readonly groups: readonly TestGroupFailure[];
  };
}
