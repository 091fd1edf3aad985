import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CallParsed } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Interpreter, Workspace } from '../../../shared/contract/workspace-calls.ts';
import type { JobContext, JobService } from '../jobs/job-service.ts';
import { childEnvironment } from './child-environment.ts';
import { chooseInterpreter } from './choose-interpreter.ts';
import { install, installedVersions, makeEnvironment, type Installation } from './environment.ts';
import { findInterpreters, findUv } from './find-interpreters.ts';
import { inspectInterpreter } from './inspect-interpreter.ts';
import type { Machine } from './interpreter-places.ts';
import { findRequirements } from './requirements.ts';
import { runTool, type ToolResult } from './run-tool.ts';
import { environmentOf, pythonOf } from './virtual-environment.ts';

/** What a job does with Python: all of it is logged by the job and ends with it. */
export interface PythonTools {
  /** Makes a virtual environment; gives its interpreter. */
  readonly makeEnvironment: (python: string, folder: string) => Promise<string>;
  readonly pythonOf: (environment: string) => string;
  readonly install: (work: Installation) => Promise<void>;
  readonly installedVersions: (python: string) => Promise<ReadonlyMap<string, string>>;
  readonly run: (work: {
    readonly python: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
  }) => Promise<ToolResult>;
}

/** Finds interpreters, makes environments and installs packages. */
export interface PythonService {
  readonly interpreters: () => Promise<readonly Interpreter[]>;
  readonly inspect: (input: CallParsed<'python.inspect'>) => Promise<Interpreter>;
  readonly installRequirements: () => { readonly jobId: string };
  /** The interpreter a project most likely means; runs nothing. */
  readonly choose: (folders: readonly string[]) => Promise<string | null>;
  readonly tools: (job: Pick<JobContext, 'signal' | 'log'>) => Promise<PythonTools>;
}

/** `opened` and `useInterpreter` are the workspace service's, which in turn needs this one. */
export function createPythonService(deps: {
  readonly stateFolder: string;
  readonly jobs: JobService;
  readonly opened: () => Workspace | null;
  /** The opened folder, if it is not trusted at this moment: nothing in it may be started. */
  readonly untrusted: () => Promise<string | null>;
  /** Makes an interpreter that of the open project, and ends what ran with the one before. */
  readonly useInterpreter: (path: string) => Promise<unknown>;
  readonly machine?: Machine;
}): PythonService {
  const machine = deps.machine ?? { env: process.env, home: homedir(), platform: process.platform };

  const uv = async (): Promise<string | null> => findUv({ ...machine, untrusted: await deps.untrusted() });

  const inspect: PythonService['inspect'] = async ({ path }) =>
    inspectInterpreter(
      { path, source: 'given', reason: 'given by hand' },
      { env: machine.env, hasUv: (await uv()) !== null, untrusted: await deps.untrusted() },
    );

  const tools: PythonService['tools'] = async ({ signal, log }) => {
    const wheelCache = join(deps.stateFolder, 'wheels');
    const installer = { env: machine.env, uv: await uv(), wheelCache, signal, log };
    return {
      makeEnvironment: async (python, folder) => {
        await makeEnvironment(installer, python, folder);
        return pythonOf(folder, machine.platform);
      },
      pythonOf: (environment) => pythonOf(environment, machine.platform),
      install: (work) => install(installer, work),
      installedVersions: (python) => installedVersions(installer, python),
      run: ({ python, args, cwd, env }) =>
        runTool({ command: python, args, cwd, env: childEnvironment(machine.env, env), signal, onLine: log }),
    };
  };

  const installRequirements = (): { readonly jobId: string } => {
    const workspace = deps.opened();
    if (workspace === null) throw new Failure('not-found', 'No project is open.');
    const work = async (job: JobContext): Promise<{ readonly python: string }> => {
      const requirements = await findRequirements(foldersOf(workspace));
      const packages = await tools(job);
      job.step('Looking at the environment');
      const python = await environmentFor(workspace, packages, job);
      job.step(`Installing from ${requirements.file}`);
      await packages.install({
        python,
        requirements: requirements.args,
        source: { kind: 'index' },
        what: `What ${requirements.file} names could not be installed`,
        cwd: requirements.folder,
      });
      // Also when it is the same as before: what runs has not seen the new packages.
      if (deps.opened()?.realPath === workspace.realPath) await deps.useInterpreter(python);
      return { python };
    };
    // Building a package may run the project's code: it ends with the project and with its trust.
    return deps.jobs.start(`Installing what ${workspace.name} needs`, work, 'project');
  };

  /** Packages never go into a Python that other programs use: without an environment, the project gets one. */
  const environmentFor = async (
    workspace: Workspace,
    work: PythonTools,
    job: JobContext,
  ): Promise<string> => {
    const python = workspace.interpreter;
    if (python === null)
      throw new Failure('not-available', 'The project has no Python interpreter yet. Choose one first.');
    if ((await environmentOf(python)) !== null) return python;
    const folder = join(projectFolder(workspace), '.venv');
    job.log(`${python} belongs to no project; making the environment ${folder} from it.`);
    return work.makeEnvironment(python, folder);
  };

  return {
    interpreters: async () => {
      const workspace = deps.opened();
      const folders = workspace === null ? [] : foldersOf(workspace);
      return findInterpreters({ ...machine, folders, untrusted: await deps.untrusted() });
    },
    inspect,
    installRequirements,
    choose: (folders) => chooseInterpreter(machine, folders),
    tools,
  };
}

function projectFolder(workspace: Workspace): string {
  return join(workspace.realPath, workspace.project ?? '');
}

/** Where requirements and environments are looked for: beside `manage.py` first, then in the opened folder. */
function foldersOf(workspace: Workspace): readonly string[] {
  return [...new Set([projectFolder(workspace), workspace.realPath])];
}
