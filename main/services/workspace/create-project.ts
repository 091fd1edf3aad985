import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallParsed } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { FieldProblem, NewProject, Workspace } from '../../../shared/contract/workspace-calls.ts';
import type { JobContext, JobService } from '../jobs/job-service.ts';
import type { PythonService } from '../python/python-service.ts';
import type { TrustService } from '../trust/trust-service.ts';
import { checkNewProject } from './check-new-project.ts';
import { reasonOf } from './file-errors.ts';
import { makeProject } from './make-project.ts';
import type { RecentWorkspaces } from './recent-workspaces.ts';
import { readMarker, writeMarker, type UnfinishedMarker } from './unfinished-marker.ts';

/** Makes new projects, and clears away what was left of one that failed. */
export interface ProjectCreation {
  readonly checkNew: (input: NewProject) => Promise<readonly FieldProblem[]>;
  readonly create: (input: NewProject) => { readonly jobId: string };
  readonly removeUnfinished: (input: CallParsed<'workspace.removeUnfinished'>) => Promise<null>;
}

/** The value of a job of `create` is `{ path }`; the project is trusted then, but not opened yet. */
export function createProjectCreation(deps: {
  readonly templatesFolder: string;
  readonly jobs: JobService;
  readonly python: Pick<PythonService, 'inspect' | 'tools'>;
  readonly trust: Pick<TrustService, 'grant'>;
  readonly recent: Pick<RecentWorkspaces, 'remember' | 'forget'>;
  readonly opened: () => Workspace | null;
}): ProjectCreation {
  const underWay = new Set<string>();

  const checkNew: ProjectCreation['checkNew'] = async (project) => {
    const target = join(project.parent, project.name);
    if (underWay.has(target)) return [{ field: 'name', message: `${target} is being made right now.` }];
    return checkNewProject(project, deps.python.inspect);
  };

  const make = async (project: NewProject, job: JobContext): Promise<{ readonly path: string }> => {
    job.step('Checking', 0);
    const problems = await checkNew(project);
    if (problems.length > 0)
      throw new Failure('invalid-input', problems.map(({ message }) => message).join(' '), { problems });
    const target = join(project.parent, project.name);
    underWay.add(target);
    try {
      const marker = await beginFolder(project, target);
      await deps.recent.remember(target); // so that the welcome page shows it even after a crash
      const tools = await deps.python.tools(job);
      await makeProject({ project, target, marker, tools, job, templatesFolder: deps.templatesFolder });
      await deps.trust.grant(target);
      return { path: target };
    } catch (error) {
      if (!(error instanceof Failure) || (await readMarker(target)) === null) throw error;
      const left = `What was made is kept in ${target}: try again to continue there, or remove it.`;
      throw new Failure(error.code, `${error.message} ${left}`, { ...error.detail, path: target });
    } finally {
      underWay.delete(target);
    }
  };

  const removeUnfinished: ProjectCreation['removeUnfinished'] = async ({ path }) => {
    const real = await realpath(path).catch(() => null); // gone already
    if (real === null || (await readMarker(real)) === null)
      throw new Failure(
        'refused',
        `${path} is not a project whose making was interrupted, so it is not removed.`,
      );
    if (underWay.has(path) || underWay.has(real))
      throw new Failure('refused', `${path} is being made right now. Cancel that first.`);
    if (deps.opened()?.realPath === real)
      throw new Failure('refused', `${path} is open. Close it before it is removed.`);
    try {
      await rm(real, { recursive: true, maxRetries: 3 });
    } catch (error) {
      throw new Failure('refused', `${path} could not be removed whole: ${reasonOf(error)}.`, { path });
    }
    await deps.recent.forget(path);
    return null;
  };

  return {
    checkNew,
    create: (project) => deps.jobs.start(`Creating ${project.name}`, (job) => make(project, job)),
    removeUnfinished,
  };
}

/** Makes the folder, or takes up the one that was left with its environment, if that is of the same Python. */
async function beginFolder(project: NewProject, target: string): Promise<UnfinishedMarker> {
  const { interpreter, template } = project;
  const left = await readMarker(target);
  const environment = left !== null && left.environment && left.interpreter === interpreter;
  try {
    if (left === null) await mkdir(target);
    const marker = { interpreter, template, environment };
    await writeMarker(target, marker);
    return marker;
  } catch (error) {
    throw new Failure('refused', `The folder ${target} could not be made: ${reasonOf(error)}.`, { target });
  }
}
