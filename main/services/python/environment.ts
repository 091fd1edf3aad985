import { basename, dirname } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { childEnvironment } from './child-environment.ts';
import { installFailure } from './install-failure.ts';
import { runTool, type ToolResult } from './run-tool.ts';

/** What making an environment and installing into it works with. */
export interface Installer {
  readonly env: NodeJS.ProcessEnv;
  /** Path of `uv`; null means `venv` and `pip`. */
  readonly uv: string | null;
  /** Where wheels that pip fetched are kept, so that the next project can be made without a network. */
  readonly wheelCache: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** What to install and where it comes from. */
export interface Installation {
  /** Interpreter of the environment. */
  readonly python: string;
  /** Requirements, or `-r` and a file. */
  readonly requirements: readonly string[];
  readonly source: NewProject['packages'];
  /** For the sentence of a failure: "Django could not be installed". */
  readonly what: string;
  /** Folder from which relative paths in requirement files count. */
  readonly cwd: string;
}

/** Makes a virtual environment in a folder that does not exist yet. */
export async function makeEnvironment(installer: Installer, python: string, folder: string): Promise<void> {
  const prompt = basename(dirname(folder));
  const cwd = dirname(folder);
  const result =
    installer.uv === null
      ? await run(installer, cwd, python, ['-I', '-m', 'venv', '--prompt', prompt, folder])
      : await run(installer, cwd, installer.uv, [
          ...[
            'venv',
            '--no-project',
            '--no-python-downloads',
            '--python',
            python,
            '--prompt',
            prompt,
            folder,
          ],
        ]);
  if (result.code !== 0)
    throw installFailure(
      { what: `No virtual environment could be made in ${cwd}`, wheels: null },
      result.tail,
    );
}

/** Installs into an environment; without a network, what was fetched before is used. */
export async function install(installer: Installer, work: Installation): Promise<void> {
  const result = await (installer.uv === null
    ? installWithPip(installer, work)
    : installWithUv(installer, installer.uv, work));
  if (result.code === 0) return;
  throw failureOf(work, result);
}

/** The versions that stand in an environment, by lower-case name. */
export async function installedVersions(
  installer: Pick<Installer, 'env' | 'signal'>,
  python: string,
): Promise<ReadonlyMap<string, string>> {
  const script =
    'import importlib.metadata as m\nfor d in m.distributions(): print(d.metadata["Name"] + "==" + d.version)';
  const result = await runTool({
    command: python,
    args: ['-I', '-c', script],
    cwd: dirname(python),
    env: childEnvironment(installer.env),
    signal: installer.signal,
  });
  if (result.code !== 0)
    throw new Failure('tool-failed', `${python} could not list its packages.`, { output: result.tail });
  const pairs = result.stdout
    .trim()
    .split(/\r?\n/u)
    .map((line) => line.split('=='));
  return new Map(pairs.map(([name = '', version = '']) => [name.toLowerCase(), version]));
}

async function installWithUv(installer: Installer, uv: string, work: Installation): Promise<ToolResult> {
  const args = ['pip', 'install', '--python', work.python];
  if (work.source.kind === 'wheels')
    return run(installer, work.cwd, uv, [...args, ...fromFolder(work.source.folder), ...work.requirements]);
  const online = await run(installer, work.cwd, uv, [...args, ...work.requirements]);
  if (!isUnreachable(work, online)) return online;
  installer.log('The package index could not be reached; trying what uv has kept.');
  const offline = await run(installer, work.cwd, uv, [...args, '--offline', ...work.requirements]);
  return offline.code === 0 ? offline : online;
}

async function installWithPip(installer: Installer, work: Installation): Promise<ToolResult> {
  const pip = async (...args: readonly string[]): Promise<ToolResult> => {
    const all = ['-I', '-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '2', ...args];
    return run(installer, work.cwd, work.python, all);
  };
  const attempt = async (): Promise<ToolResult> => {
    if (work.source.kind === 'wheels')
      return pip('install', ...fromFolder(work.source.folder), ...work.requirements);
    const online = await pip('install', ...work.requirements);
    if (online.code === 0) await keepWheels(installer, work);
    if (!isUnreachable(work, online)) return online;
    installer.log('The package index could not be reached; trying what was fetched before.');
    const kept = await pip('install', ...fromFolder(installer.wheelCache), ...work.requirements);
    return kept.code === 0 ? kept : online;
  };
  const first = await attempt();
  if (first.code === 0 || !first.tail.some((line) => /No module named '?pip\b/u.test(line))) return first;
  installer.log('The environment has no pip; adding it.'); // uv makes environments without one
  const added = await run(installer, work.cwd, work.python, ['-I', '-m', 'ensurepip']);
  return added.code === 0 ? attempt() : added;
}

/** Keeps the wheels of what pip installed from the index. uv's own cache works without a network as it is. */
async function keepWheels(installer: Installer, work: Installation): Promise<void> {
  if (work.requirements.some((requirement) => requirement.startsWith('-'))) return; // may name local projects
  await makeFolder(installer.wheelCache);
  const args = ['-I', '-m', 'pip', '--disable-pip-version-check', '--no-input', '--retries', '0'];
  const kept = await run(installer, work.cwd, work.python, [
    ...args,
    ...['wheel', '--quiet', '--wheel-dir', installer.wheelCache, '--find-links', installer.wheelCache],
    ...work.requirements,
  ]);
  if (kept.code !== 0) installer.log('The packages could not be kept for work without a network.');
}

function fromFolder(folder: string): readonly string[] {
  return ['--no-index', '--find-links', folder];
}

function isUnreachable(work: Installation, result: ToolResult): boolean {
  return result.code !== 0 && failureOf(work, result).detail?.['cause'] === 'no-network';
}

function failureOf(work: Installation, result: ToolResult): Failure {
  const wheels = work.source.kind === 'wheels' ? work.source.folder : null;
  return installFailure({ what: work.what, wheels }, result.tail);
}

function run(
  installer: Installer,
  cwd: string,
  command: string,
  args: readonly string[],
): Promise<ToolResult> {
  return runTool({
    command,
    args,
    cwd,
    env: childEnvironment(installer.env, { NO_COLOR: '1', PIP_PROGRESS_BAR: 'off' }),
    signal: installer.signal,
    onLine: installer.log,
  });
}
