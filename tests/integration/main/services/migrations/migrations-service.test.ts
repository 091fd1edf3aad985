import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Job } from '../../../../../shared/contract/app-calls.ts';
import { createJobService, type JobService } from '../../../../../main/services/jobs/job-service.ts';
import {
  createMigrationsService,
  type MigrationsService,
} from '../../../../../main/services/migrations/migrations-service.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';
import { type HostSession, openHostSession } from '../../../../support/host-session.ts';

let project: DjangoProject;
let session: HostSession;
let jobs: JobService;
let migrations: MigrationsService;
let written: string[];
let applied: number;

beforeEach(async () => {
  project = await makeDjangoProject();
  session = openHostSession(project);
  written = [];
  applied = 0;
  jobs = createJobService({ emit: session.emit, report: (error) => session.reports.push(error) });
  migrations = createMigrationsService({
    emit: session.emit,
    host: session.host,
    jobs,
    stateFolder: join(dirname(project.folder), 'state'),
    project: () => project.folder,
    onWritten: (places) => written.push(...places),
    onApplied: () => {
      applied += 1;
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

it('plans, makes, previews and applies, and tells the state before and after', async () => {
  const plan = await migrations.plan({ answers: [], ways: [] });
  expect(plan.questions).toEqual([]);
  expect(plan.migrations).toHaveLength(1);
  const [planned] = plan.migrations;
  expect(planned).toMatchObject({ app: 'catalog', name: '0001_initial' });
  expect(planned?.operations[0]).toMatchObject({ description: 'Create model Book', destructive: false });
  expect(planned?.operations[0]?.sql?.join('\n')).toContain('CREATE TABLE "catalog_book"');
  expect(written).toEqual([]);

  const made = await migrations.make({ answers: [], ways: [] });
  expect(made.written).toEqual([planned?.file]);
  expect(written).toEqual(made.written);
  expect(await project.read('catalog/migrations/0001_initial.py')).toBe(planned?.code);

  const before = await migrations.state();
  expect(before.apps.find((app) => app.label === 'catalog')).toMatchObject({
    label: 'catalog',
    project: true,
    migrations: [
      { name: '0001_initial', applied: false, file: planned?.file, missing: false, operations: 1 },
    ],
  });
  expect(before.apps.find((app) => app.label === 'auth')?.project).toBe(false);
  const steps = await migrations.preview({ app: 'catalog' });
  expect(steps).toEqual([
    { app: 'catalog', name: '0001_initial', backwards: false, operations: ['Create model Book'] },
  ]);
  expect((await migrations.sql({ app: 'catalog', name: '0001_initial' })).sql).toContain('CREATE TABLE');

  const { jobId } = migrations.apply({});
  expect(await finished(jobId)).toMatchObject({ state: 'succeeded', title: 'Applying migrations' });
  expect(jobs.log(jobId)).toContain('  Applying catalog.0001_initial... OK');
  expect(applied).toBe(1);
  const after = await migrations.state();
  expect(after.apps.flatMap((app) => app.migrations).every((migration) => migration.applied)).toBe(true);
  expect(session.events.filter((event) => event.name === 'migrations.changed')).toHaveLength(2);

  const back = await finished(migrations.apply({ app: 'catalog', name: 'zero' }).jobId);
  expect(back).toMatchObject({ state: 'succeeded', title: 'Migrating catalog to zero' });
});

it('asks what Django can not know, and takes the answers as text', async () => {
  await migrations.make({ answers: [], ways: [] });
  await project.write(
    'catalog/models.py',
    'from django.db import models\n\n\nclass Book(models.Model):\n    name = models.CharField(max_length=200)\n' +
      '    pages = models.IntegerField()\n',
  );
  const { questions } = await migrations.plan({ answers: [], ways: [] });
  expect(new Set(questions.map((question) => question.kind))).toEqual(
    new Set(['not_null_default', 'rename_field']),
  );
  const rename = questions.find((question) => question.kind === 'rename_field');
  const value = questions.find((question) => question.field === 'pages');
  expect(rename?.options.map((option) => option.value)).toEqual(['true', 'false']);
  expect(value?.default).toBe('0');
  await expect(migrations.make({ answers: [], ways: [] })).rejects.toMatchObject({ code: 'questions-open' });

  const answers = [
    { id: rename?.id ?? '', answer: 'true' },
    { id: value?.id ?? '', answer: '100' },
  ];
  const plan = await migrations.plan({ answers, ways: [] });
  expect(plan.questions).toEqual([]);
  expect(plan.migrations[0]?.operations.map((operation) => operation.description)).toEqual([
    'Rename field title on book to name',
    'Add field pages to book',
  ]);
  await migrations.make({ answers, ways: [] });
  expect(await project.read(`catalog/migrations/${plan.migrations[0]?.name ?? ''}.py`)).toContain(
    'default=100',
  );
});

it('says why a migration failed', async () => {
  await migrations.make({ answers: [], ways: [] });
  await project.write(
    'catalog/migrations/0002_fails.py',
    'from django.db import migrations\n\n\ndef fail(apps, schema_editor):\n    raise ValueError("on purpose")\n\n\n' +
      'class Migration(migrations.Migration):\n    dependencies = [("catalog", "0001_initial")]\n' +
      '    operations = [migrations.RunPython(fail)]\n',
  );
  const job = await finished(migrations.apply({}).jobId);
  expect(job.state).toBe('failed');
  expect(job.failure).toMatchObject({ code: 'project-error', detail: { reason: 'migration-failed' } });
  expect(applied).toBe(1);
});
