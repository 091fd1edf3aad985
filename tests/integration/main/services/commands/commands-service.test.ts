import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  type CommandsService,
  createCommandsService,
} from '../../../../../main/services/commands/commands-service.ts';
import { createJobService, type JobService } from '../../../../../main/services/jobs/job-service.ts';
import type { Job } from '../../../../../shared/contract/app-calls.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';

let project: DjangoProject;
let session: HostSession;
let jobs: JobService;
let commands: CommandsService;
let ran: number;

beforeEach(async () => {
  project = await makeDjangoProject();
  session = openHostSession(project);
  ran = 0;
  jobs = createJobService({ emit: session.emit, report: (error) => session.reports.push(error) });
  commands = createCommandsService({
    host: session.host,
    jobs,
    onRan: () => {
      ran += 1;
    },
  });
});
afterEach(async () => {
  await jobs.dispose();
  await session.end();
  await project.remove();
});

async function finished(jobId: string): Promise<Job> {
  const job = (): Job | undefined => jobs.list().find((one) => one.id === jobId);
  await vi.waitFor(() => expect(job()?.state).not.toBe('running'), { timeout: 60_000 });
  return job() as Job;
}

it('lists commands, describes one, runs it, and has its output in the log', async () => {
  const listed = await commands.list();
  expect(listed.find(({ name }) => name === 'diffsettings')).toMatchObject({ project: false });
  expect(listed.map(({ name }) => name)).not.toContain('runserver');
  const form = await commands.describe({ name: 'diffsettings' });
  expect(form.arguments.find(({ name }) => name === 'output')).toMatchObject({
    flag: '--output',
    kind: 'choice',
    choices: ['hash', 'unified'],
    default: 'hash',
  });
  const { jobId } = commands.run({ name: 'diffsettings', arguments: ['--output=unified'] });
  expect(await finished(jobId)).toMatchObject({ title: 'manage.py diffsettings', state: 'succeeded' });
  expect(jobs.log(jobId).join('\n')).toContain('+ SECRET_KEY');
  expect(ran).toBe(1);
});

it('says why a command failed', async () => {
  const { jobId } = commands.run({ name: 'diffsettings', arguments: ['--output=none'] });
  const job = await finished(jobId);
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'tool-failed' } });
  expect(job.failure?.message).toContain('invalid choice');
  await expect(commands.describe({ name: 'no_such' })).rejects.toMatchObject({ code: 'not-found' });
});
