import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { CallParsed } from '../../../shared/contract/contract.ts';
import type { ExportFile, ExportOptions, ExportResult } from '../../../shared/contract/data-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Workspace } from '../../../shared/contract/workspace-calls.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import type { JobContext, JobService } from '../jobs/job-service.ts';
import { TEMPORARY_PREFIX } from '../storage/atomic-write.ts';
import { checkExport, type PythonRunner } from './check-export.ts';
import { deploymentContext, type DeploymentContext, type RuntimeVersions } from './deployment-context.ts';
import { findSecrets } from './find-secrets.ts';
import { collectProjectFiles } from './project-files.ts';
import { renderDeployment, type RunHostJob } from './render-deployment.ts';
import { readRequirements } from './requirements.ts';
import { withoutClashes, writeStage, type ExportPlan } from './stage.ts';
import { checkTarget, deliver, type TargetState } from './targets.ts';

/** What the export service needs from outside. */
export interface ExportServiceDeps {
  readonly jobs: JobService;
  readonly runHostJob: RunHostJob;
  readonly workspace: () => Workspace | null;
  readonly snapshot: () => ProjectSnapshot | null;
  /** Folder that holds `deploy`. */
  readonly resourcesFolder: string;
  /** Runs Python programs; each job has its own, so that a cancel ends what it runs. */
  readonly tools: (job: Pick<JobContext, 'signal' | 'log'>) => Promise<PythonRunner>;
}

/** Writes the project with everything it needs to be deployed. */
export interface ExportService {
  readonly preview: (options: ExportOptions) => Promise<readonly ExportFile[]>;
  /** Refuses a target that must not be written to before the job starts. */
  readonly run: (input: CallParsed<'export.run'>) => Promise<{ readonly jobId: string }>;
}

interface Prepared {
  readonly plan: ExportPlan;
  readonly context: DeploymentContext;
  readonly python: string;
  /** What people should know before they deploy. */
  readonly issues: readonly string[];
}

/** Makes it; nothing happens before the first call. */
export function createExportService(deps: ExportServiceDeps): ExportService {
  const prepare = async (
    options: ExportOptions,
    job: Pick<JobContext, 'signal' | 'log'>,
  ): Promise<Prepared> => {
    const { folder, name, python, settings } = openProject(deps.workspace(), deps.snapshot());
    const runner = await deps.tools(job);
    const [collected, versions] = await Promise.all([
      collectProjectFiles(folder),
      readVersions(runner, python, folder),
    ]);
    const requirements = await readRequirements(collected.files, versions.django);
    const context = await deploymentContext({
      ...{ name, settings, files: collected.files, requirements, versions, options },
    });
    const templates = join(deps.resourcesFolder, 'deploy');
    const deployment = await renderDeployment(deps.runHostJob, templates, context, options, job.signal);
    const { plan, kept } = withoutClashes({ project: collected.files, deployment });
    for (const path of collected.secrets)
      job.log(`${path} was left out: its name says that it holds secrets.`);
    const problem = requirements.problem === null ? [] : [requirements.problem];
    return { plan, context, python, issues: [...problem, ...kept, ...(await findSecrets(collected.files))] };
  };

  const write = async (
    { options, target }: CallParsed<'export.run'>,
    state: TargetState,
    job: JobContext,
  ): Promise<ExportResult> => {
    job.step('Reading the project', 0.05);
    const { plan, context, python, issues } = await prepare(options, job);
    const folder = await stageFolder(target.path, state);
    try {
      job.step('Copying', 0.3);
      const stage = await writeStage(plan, folder, job.signal);
      job.step('Checking the exported project', 0.6);
      const findings = await checkExport(await deps.tools(job), python, folder, context);
      job.signal.throwIfAborted();
      job.step('Writing', 0.9);
      const kept = await deliver(stage, target, state);
      const all = [...findings, ...issues, ...kept];
      for (const issue of all) job.log(issue);
      return { path: target.path, files: stage.manifest.size, issues: all };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    preview: async (options) => {
      const { plan } = await prepare(options, { signal: new AbortController().signal, log: () => undefined });
      return [
        ...plan.deployment.map(({ path, text }): ExportFile => ({
          path,
          bytes: Buffer.byteLength(text),
          origin: 'deployment',
          text,
        })),
        ...plan.project.map(({ path, bytes }): ExportFile => ({
          path,
          bytes,
          origin: 'project',
          text: null,
        })),
      ];
    },
    run: async (input) => {
      const { workspace, name } = openProject(deps.workspace(), deps.snapshot());
      const state = await checkTarget(input.target, workspace);
      return deps.jobs.start(`Exporting ${name}`, (job) => write(input, state, job), 'project');
    },
  };
}

function openProject(workspace: Workspace | null, snapshot: ProjectSnapshot | null) {
  if (workspace === null) throw new Failure('not-available', 'No project is open. Open a folder first.');
  const settings = snapshot?.settings ?? null;
  if (workspace.project === null || settings === null) {
    throw new Failure(
      'not-available',
      workspace.problem ?? 'The settings module of the project could not be found, so it cannot be exported.',
    );
  }
  if (workspace.interpreter === null) {
    throw new Failure('not-available', 'The project has no Python interpreter yet. Choose one first.');
  }
  return {
    workspace: workspace.realPath,
    folder: join(workspace.realPath, workspace.project),
    name: workspace.name,
    python: workspace.interpreter,
    settings,
  };
}

/** Beside the target, where it can be renamed into place; a folder that is updated is written file by file. */
async function stageFolder(target: string, state: TargetState): Promise<string> {
  const sameDisk = state.kind === 'new-folder' || state.kind === 'empty-folder';
  const folder = await mkdtemp(
    sameDisk
      ? join(dirname(target), `${TEMPORARY_PREFIX}${basename(target)}-`)
      : join(tmpdir(), 'samois-export-'),
  );
  await chmod(folder, 0o755); // a temporary folder is for its owner alone, an export is not
  return folder;
}

const PRINT_VERSIONS = `import sys, django; print("%d.%d %s" % (*sys.version_info[:2], django.get_version()))`;

async function readVersions(runner: PythonRunner, python: string, cwd: string): Promise<RuntimeVersions> {
  const result = await runner.run({ python, args: ['-c', PRINT_VERSIONS], cwd });
  const [version, django] = result.stdout.trim().split(' ');
  if (result.code === 0 && version !== undefined && django !== undefined) return { python: version, django };
  throw new Failure(
    'tool-failed',
    'Django could not be found in the environment of the project. Install its requirements first.',
    { output: result.tail.join('\n') },
  );
}
