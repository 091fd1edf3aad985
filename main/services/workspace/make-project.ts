import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import { DJANGO_REQUIREMENT } from '../../../shared/django/django-series.ts';
import type { JobContext } from '../jobs/job-service.ts';
import type { PythonTools } from '../python/python-service.ts';
import type { ToolResult } from '../python/run-tool.ts';
import { databaseFailure } from './database-failure.ts';
import { writeProjectFiles } from './project-files.ts';
import { removeMarker, writeMarker, type UnfinishedMarker } from './unfinished-marker.ts';

/** One project in the making. */
export interface Making {
  readonly project: NewProject;
  readonly target: string;
  readonly marker: UnfinishedMarker;
  readonly tools: PythonTools;
  readonly job: JobContext;
  readonly templatesFolder: string;
}

const PSYCOPG_REQUIREMENT = 'psycopg[binary]>=3.2,<4';
const DATABASE_TIMEOUT_SECONDS = '10';

/** Fills the folder of a new project step by step; the marker in it goes with the last one. */
export async function makeProject(making: Making): Promise<void> {
  const { job, project, tools, target } = making;
  const environment = join(target, '.venv');
  if (!making.marker.environment) {
    job.step('Making the virtual environment', 0.05);
    await rm(environment, { recursive: true, force: true });
    await tools.makeEnvironment(project.interpreter, environment);
    await writeMarker(target, { ...making.marker, environment: true });
  }
  const python = tools.pythonOf(environment);

  job.step('Installing packages', 0.2);
  const packages = await installPackages(making, python);

  job.step('Writing the files', 0.65);
  await writeProjectFiles({ ...making, python, packages });

  if (project.database.kind === 'postgresql') {
    job.step('Asking the database', 0.7);
    await askDatabase(making, python, project.database.url);
  }
  job.step('Migrating the database', 0.75);
  await manage(making, python, ['migrate', '--no-input']);
  if (project.template === 'example') await manage(making, python, ['loaddata', 'bookshop']);

  if (project.superuser !== null) {
    job.step('Adding the superuser', 0.9);
    await addSuperuser(making, python, project.superuser);
  }
  await removeMarker(target);
  job.step('Done', 1);
}

/** Installs what the project needs; gives the exact versions for `requirements.txt`. */
async function installPackages(making: Making, python: string): Promise<readonly string[]> {
  const { project, tools, target } = making;
  const postgresql = project.database.kind === 'postgresql';
  await tools.install({
    python,
    requirements: [DJANGO_REQUIREMENT, ...(postgresql ? [PSYCOPG_REQUIREMENT] : [])],
    source: project.packages,
    what: postgresql ? 'Django and psycopg could not be installed' : 'Django could not be installed',
    cwd: target,
  });
  const versions = await tools.installedVersions(python);
  const wanted = postgresql ? ['Django', 'psycopg[binary]'] : ['Django'];
  return wanted.map((name) => {
    const version = versions.get(name.replace(/\[.*\]$/u, '').toLowerCase());
    if (version === undefined)
      throw new Failure('tool-failed', `${name} was installed but is not in ${target}. Try again.`);
    return `${name}==${version}`;
  });
}

async function askDatabase(making: Making, python: string, url: string): Promise<void> {
  const script =
    'import django; django.setup(); from django.db import connection; connection.ensure_connection()';
  const result = await making.tools.run({
    python,
    args: ['-c', script],
    cwd: making.target,
    env: {
      DJANGO_SETTINGS_MODULE: `${making.project.name}.settings`,
      PGCONNECT_TIMEOUT: DATABASE_TIMEOUT_SECONDS,
    },
  });
  if (result.code !== 0) throw databaseFailure(url, result.tail);
}

async function addSuperuser(
  making: Making,
  python: string,
  { username, email, password }: NonNullable<NewProject['superuser']>,
): Promise<void> {
  const result = await making.tools.run({
    python,
    args: ['manage.py', 'createsuperuser', '--no-input'],
    cwd: making.target,
    // The environment of this child only: arguments can be read by every user of the machine.
    env: {
      DJANGO_SUPERUSER_USERNAME: username,
      DJANGO_SUPERUSER_EMAIL: email,
      DJANGO_SUPERUSER_PASSWORD: password,
    },
  });
  const taken = result.tail.some((line) => line.includes('already taken')); // by an attempt before this one
  if (!taken) expectSuccess('createsuperuser', result);
}

async function manage(making: Making, python: string, args: readonly string[]): Promise<void> {
  const result = await making.tools.run({ python, args: ['manage.py', ...args], cwd: making.target });
  expectSuccess(args.join(' '), result);
}

function expectSuccess(command: string, { code, tail }: ToolResult): void {
  if (code === 0) return;
  const last = tail.at(-1) ?? 'it gave no reason';
  throw new Failure('tool-failed', `"manage.py ${command}" failed: ${last.replace(/\.$/u, '')}.`, {
    output: tail,
  });
}
