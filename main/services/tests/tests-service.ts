import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import {
  noTests,
  type BrokenTestModule,
  type TestItem,
  type TestRunner,
  type TestsStatus,
} from '../../../shared/contract/test-calls.ts';
import type { HostService } from '../host/host-service.ts';
import type { JobService } from '../jobs/job-service.ts';
import { createLineSplitter } from '../line-splitter.ts';
import { readTestReport } from './test-reports.ts';
import { createTestRecord } from './test-record.ts';

/** The calls `tests.*`: the project's own tests, found and run by its own runner. */
export interface TestsService {
  readonly list: () => CallOutput<'tests.list'>;
  readonly find: (input: CallParsed<'tests.find'>) => Promise<null>;
  readonly run: (input: CallParsed<'tests.run'>) => CallOutput<'tests.run'>;
  readonly read: (input: CallParsed<'tests.read'>) => CallOutput<'tests.read'>;
  /** What Python loads of the project is another text by now. */
  readonly codeChanged: () => void;
  /** The project was closed: forgets everything of it. */
  readonly reset: () => void;
  readonly dispose: () => void;
}

const RUNNING_MILLISECONDS = 150;

interface Found {
  readonly runner: TestRunner;
  readonly runners: readonly TestRunner[];
  readonly parallel: boolean;
  readonly tests: readonly TestItem[];
  readonly broken: readonly BrokenTestModule[];
}

/** Has the host find and run tests, and keeps what came of each. */
export function createTestsService(deps: {
  readonly emit: Emit;
  readonly host: HostService;
  readonly jobs: JobService;
}): TestsService {
  const { emit, host, jobs } = deps;
  const record = createTestRecord(emit);
  let status = noTests;
  // What belongs to a project that was closed must not speak of the next one.
  let epoch = 0;

  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    emit('tests.changed', status);
  };
  const change = (patch: Partial<TestsStatus>): void => {
    status = { ...status, ...patch };
    tell();
  };
  /** Tests begin and end by the thousand: what runs is told a few times a second. */
  const changeRunning = (running: readonly string[]): void => {
    status = { ...status, running };
    timer ??= setTimeout(tell, RUNNING_MILLISECONDS);
  };

  const refuseWhileBusy = (): void => {
    if (status.phase !== 'idle') {
      throw new Failure('conflict', 'Tests are being found or run already. Stop them first.');
    }
  };

  const find: TestsService['find'] = async ({ runner }) => {
    refuseWhileBusy();
    const mine = epoch;
    change({ phase: 'finding', failure: null });
    try {
      const { tests, broken, ...found } = await host.job<Found>('tests.find', { runner });
      if (mine !== epoch) return null;
      record.replace(tests, broken);
      change({ ...found, phase: 'idle', stale: false, chosen: [] });
    } catch (error) {
      if (mine === epoch) change({ phase: 'idle', failure: failureValue(error) });
      if (!(error instanceof Failure)) throw error;
    }
    return null;
  };

  const hear = (report: unknown, all: boolean): void => {
    const known = readTestReport(report);
    if (known === null) return;
    if (known.kind === 'phase') change({ phase: known.phase });
    else if (known.kind === 'found') {
      const chosen = record.begin(known.tests, known.broken, all);
      change({ chosen, running: [] });
    } else if (known.kind === 'started') changeRunning([...status.running, known.test]);
    else if (known.kind === 'finished') {
      record.end(known);
      if (status.running.includes(known.test))
        changeRunning(status.running.filter((test) => test !== known.test));
    } else record.endGroup(known);
  };

  const run: TestsService['run'] = (input) => {
    refuseWhileBusy();
    const mine = epoch;
    const started = Date.now();
    change({ phase: 'starting', failure: null, running: [], chosen: [], cancelled: false, stale: false });
    const ended = (patch: Partial<TestsStatus>): void => {
      record.tell();
      if (mine === epoch)
        change({ phase: 'idle', running: [], milliseconds: Date.now() - started, ...patch });
    };
    const { jobId } = jobs.start(
      title(input.labels),
      async ({ signal, log }) => {
        const output = createLineSplitter(log);
        try {
          const value = await host.job('tests.run', input, {
            signal,
            onOutput: output.push,
            onReport: (report) => {
              if (mine === epoch) hear(report, input.labels.length === 0);
            },
          });
          ended({});
          return value;
        } catch (error) {
          const failure = withPlace(error, status.running);
          ended(signal.aborted ? { cancelled: true } : { failure: failureValue(failure) });
          throw failure;
        } finally {
          output.end();
        }
      },
      'project',
    );
    change({ jobId });
    return { jobId };
  };

  return {
    list: () => ({ status, ...record.all() }),
    find,
    run,
    read: ({ test }) => record.detail(test),
    codeChanged: () => {
      if (!status.stale && status.runner !== null) change({ stale: true });
    },
    reset: () => {
      epoch += 1;
      record.clear();
      change(noTests);
    },
    dispose: () => {
      clearTimeout(timer);
      record.dispose();
    },
  };
}

function title(labels: readonly string[]): string {
  if (labels.length === 0) return 'Tests';
  const [first = ''] = labels;
  return labels.length === 1 ? `Tests of ${first}` : `Tests: ${labels.length} chosen`;
}

/** Where the process died, the test that ran is what one has to look at. */
function withPlace(error: unknown, running: readonly string[]): unknown {
  const reason = error instanceof Failure ? error.detail?.['reason'] : undefined;
  if (!(error instanceof Failure) || reason !== 'job-ended' || running.length === 0) return error;
  return new Failure(error.code, `${error.message} It ran ${running.join(', ')}.`, error.detail);
}

function failureValue(error: unknown): TestsStatus['failure'] {
  if (error instanceof Failure) return error.toValue();
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something went wrong inside the studio: ${reason}` };
}
