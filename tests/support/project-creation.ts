import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createPythonService } from '../../main/services/python/python-service.ts';
import { createTrustService } from '../../main/services/trust/trust-service.ts';
import { createProjectCreation } from '../../main/services/workspace/create-project.ts';
import { createRecentWorkspaces } from '../../main/services/workspace/recent-workspaces.ts';
import type { NewProject } from '../../shared/contract/workspace-calls.ts';
import { watchJobs } from './finished-job.ts';
import { testPython, testWheels } from './python-environment.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The environment of this process, with one `uv` on PATH or none. */
export function environmentWithUv(programs: string | null): NodeJS.ProcessEnv {
  const folders = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !existsSync(join(folder, 'uv')));
  return { ...process.env, PATH: [...(programs === null ? [] : [programs]), ...folders].join(delimiter) };
}

/** Real services that make projects, with a state folder of their own. */
export async function projectCreation(env = environmentWithUv(null)) {
  const folder = await temporaryFolder();
  const stateFolder = join(folder, 'state');
  const watched = watchJobs();
  const trust = createTrustService({ stateFolder });
  const recent = createRecentWorkspaces(stateFolder);
  const python = createPythonService({
    stateFolder,
    jobs: watched.jobs,
    opened: () => null,
    untrusted: () => Promise.resolve(null),
    useInterpreter: () => Promise.resolve(),
    machine: { env, home: homedir(), platform: process.platform },
  });
  const creation = createProjectCreation({
    templatesFolder: join(import.meta.dirname, '..', '..', 'resources', 'templates'),
    jobs: watched.jobs,
    python,
    trust,
    recent,
    opened: () => null,
  });
  return { ...watched, folder, stateFolder, trust, recent, python, creation };
}

/** A filled form: a blank project from the wheels of the suites, so that no network is needed. */
export function newProject(parent: string, change: Partial<NewProject> = {}): NewProject {
  return {
    name: 'shop',
    parent,
    interpreter: testPython,
    template: 'blank',
    database: { kind: 'sqlite' },
    packages: { kind: 'wheels', folder: testWheels },
    superuser: null,
    ...change,
  };
}
