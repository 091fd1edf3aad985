import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createJobService, type JobService } from '../../../../../main/services/jobs/job-service.ts';
import { createTestsService, type TestsService } from '../../../../../main/services/tests/tests-service.ts';
import type { CallParsed } from '../../../../../shared/contract/contract.ts';
import type { TestsStatus } from '../../../../../shared/contract/test-calls.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';

const TESTS = `import time
from django.test import SimpleTestCase


class BookTest(SimpleTestCase):
    def test_fine(self):
        print("a word")

    def test_wrong(self):
        self.assertEqual(1, 2)


class SlowTest(SimpleTestCase):
    def test_slow(self):
        while __import__("os").path.exists("wait"):
            time.sleep(0.01)
`;
const BOOKS = 'catalog.tests.BookTest';

let project: DjangoProject;
let session: HostSession;
let jobs: JobService;
let tests: TestsService;

beforeAll(async () => {
  project = await makeDjangoProject();
  await project.write('catalog/tests.py', TESTS);
  session = openHostSession(project);
  jobs = createJobService({ emit: session.emit, report: (error) => session.reports.push(error) });
  tests = createTestsService({ emit: session.emit, host: session.host, jobs });
});
afterAll(async () => {
  await jobs.dispose();
  tests.dispose();
  await session.end();
  await project.remove();
});

const input: CallParsed<'tests.run'> = {
  labels: [],
  parallel: false,
  keepDatabase: false,
  overwrite: false,
};

async function idle(): Promise<void> {
  await vi.waitFor(() => expect(tests.list().status.phase).toBe('idle'), { timeout: 60_000 });
}

it('finds tests, runs all, and some of them again', async () => {
  await tests.find({});
  expect(tests.list().tests.map(({ id }) => id)).toEqual([
    `${BOOKS}.test_fine`,
    `${BOOKS}.test_wrong`,
    'catalog.tests.SlowTest.test_slow',
  ]);
  const { jobId } = tests.run(input);
  expect(() => tests.run(input)).toThrow('already');
  await idle();
  const states = (): Record<string, string> =>
    Object.fromEntries(tests.list().outcomes.map(({ test, state }) => [test, state]));
  expect(states()).toEqual({
    [`${BOOKS}.test_fine`]: 'passed',
    [`${BOOKS}.test_wrong`]: 'failed',
    'catalog.tests.SlowTest.test_slow': 'passed',
  });
  expect(tests.read({ test: `${BOOKS}.test_fine` })?.output).toBe('a word\n');
  expect(tests.read({ test: `${BOOKS}.test_wrong` })?.failures[0]?.failure.message).toBe('1 != 2');
  expect(jobs.log(jobId).join('\n')).toContain('Ran 3 tests');

  await project.write('catalog/tests.py', TESTS.replace('(1, 2)', '(2, 2)'));
  tests.codeChanged();
  expect(tests.list().status.stale).toBe(true);
  tests.run({ ...input, labels: [`${BOOKS}.test_wrong`] });
  await idle();
  expect(tests.list().status).toMatchObject({ stale: false, chosen: [`${BOOKS}.test_wrong`] });
  expect(states()[`${BOOKS}.test_wrong`]).toBe('passed');
  expect(tests.list().tests).toHaveLength(3);
  const ended = session.events.filter(({ name }) => name === 'tests.ended');
  expect(ended.length).toBeGreaterThan(0);
});

it('names the test that runs, and is stopped', async () => {
  await project.write('wait', '');
  const { jobId } = tests.run({ ...input, labels: ['catalog.tests.SlowTest'] });
  const running = (): TestsStatus['running'] => tests.list().status.running;
  await vi.waitFor(() => expect(running()).toEqual(['catalog.tests.SlowTest.test_slow']), {
    timeout: 60_000,
  });
  jobs.cancel(jobId);
  await idle();
  expect(tests.list().status).toMatchObject({ cancelled: true, failure: null, running: [] });
  expect(session.reports).toEqual([]);
});
