import { readdir, readFile } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import type { Candidate } from './inspect-interpreter.ts';
import { ENVIRONMENT_NAMES, pythonOf, readVirtualEnvironment } from './virtual-environment.ts';

/** The machine, as far as looking for interpreters depends on it. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** Environments kept in the opened folder or in the project inside it. */
export async function inFolders(folders: readonly string[]): Promise<readonly Candidate[]> {
  const places = folders.flatMap((folder) => ENVIRONMENT_NAMES.map((name) => ({ folder, name })));
  const found = await Promise.all(
    places.map(async ({ folder, name }) => {
      const environment = await readVirtualEnvironment(join(folder, name));
      if (environment === null) return [];
      const reason = `environment ${name} of ${basename(folder)}`;
      return [{ path: environment.python, source: 'venv' as const, reason }];
    }),
  );
  return found.flat();
}

/** The environment of the shell that started the studio. */
export function active({ env, platform }: Machine): readonly Candidate[] {
  const folder = env['VIRTUAL_ENV'];
  if (folder === undefined || folder === '') return [];
  return [{ path: pythonOf(folder, platform), source: 'venv', reason: 'active environment (VIRTUAL_ENV)' }];
}

/** The folders of PATH; relative ones depend on the working directory and are left out. */
export function foldersOfPath(env: NodeJS.ProcessEnv): readonly string[] {
  return [...new Set((env['PATH'] ?? env['Path'] ?? '').split(delimiter))].filter((folder) =>
    isAbsolute(folder),
  );
}

/** Every python of every folder of PATH, in its order. */
export async function onPath({ env, platform }: Machine): Promise<readonly Candidate[]> {
  const folders = foldersOfPath(env);
  const seen = new Set<string>();
  const found: Candidate[] = [];
  for (const folder of folders) {
    for (const name of await pythonsIn(folder, platform)) {
      const reason = seen.has(name) ? `${name} in ${folder} on PATH` : `first ${name} on PATH`;
      seen.add(name);
      found.push({ path: join(folder, name), source: 'path', reason });
    }
  }
  return found;
}

/** Versions that pyenv or pyenv-win installed. */
export async function ofPyenv({ env, home, platform }: Machine): Promise<readonly Candidate[]> {
  const windows = platform === 'win32';
  const root = env['PYENV_ROOT'] ?? (windows ? join(home, '.pyenv', 'pyenv-win') : join(home, '.pyenv'));
  const versions = await namesIn(join(root, 'versions'));
  return versions.map((name) => ({
    path: join(root, 'versions', name, windows ? 'python.exe' : 'bin/python'),
    source: 'pyenv',
    reason: `pyenv version ${name}`,
  }));
}

/** Interpreters that uv downloaded; see "Storage" in uv's documentation. */
export async function ofUv({ env, home, platform }: Machine): Promise<readonly Candidate[]> {
  const windows = platform === 'win32';
  const data = windows
    ? join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'uv', 'data')
    : join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'uv');
  const root = env['UV_PYTHON_INSTALL_DIR'] ?? join(data, 'python');
  const names = (await namesIn(root)).filter((name) => !name.startsWith('.'));
  return names.map((name) => ({
    path: join(root, name, windows ? 'python.exe' : 'bin/python'),
    source: 'uv',
    reason: `installed by uv (${name})`,
  }));
}

/** Conda environments: those conda lists, those of the usual places, and the active one. */
export async function ofConda({ env, home, platform }: Machine): Promise<readonly Candidate[]> {
  const listed = await readFile(join(home, '.conda', 'environments.txt'), 'utf8').catch(() => ''); // no conda here
  const roots = ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', 'micromamba'].map((name) =>
    join(home, name),
  );
  const inside = await Promise.all(
    roots.map(async (root) => [
      root,
      ...(await namesIn(join(root, 'envs'))).map((name) => join(root, 'envs', name)),
    ]),
  );
  const prefixes = [env['CONDA_PREFIX'] ?? '', ...listed.split(/\r?\n/u), ...inside.flat(), '/opt/conda'];
  return [...new Set(prefixes.map((prefix) => prefix.trim()).filter((prefix) => prefix !== ''))].map(
    (prefix) => ({
      path: platform === 'win32' ? join(prefix, 'python.exe') : join(prefix, 'bin', 'python'),
      source: 'conda',
      reason: `conda environment ${basename(prefix)}`,
    }),
  );
}

/** Homebrew's own pythons, on a Mac and on Linux. */
export async function ofHomebrew({ platform }: Machine): Promise<readonly Candidate[]> {
  if (platform === 'win32') return [];
  const prefixes = ['/opt/homebrew', '/usr/local', '/home/linuxbrew/.linuxbrew'];
  const found = await Promise.all(
    prefixes.map(async (prefix) => {
      const formulas = (await namesIn(join(prefix, 'opt'))).filter((name) => /^python@3\.\d+$/u.test(name));
      return formulas.map((name) => ({
        path: join(prefix, 'opt', name, 'bin', name.replace('@', '')),
        source: 'homebrew' as const,
        reason: `Homebrew ${name}`,
      }));
    }),
  );
  return found.flat();
}

/** What the operating system brings. */
export async function ofSystem({ platform }: Machine): Promise<readonly Candidate[]> {
  if (platform === 'win32') return [];
  // Without the command line tools, macOS answers /usr/bin/python3 with a dialog that offers to install them.
  const ready =
    platform !== 'darwin' ||
    (await namesIn('/Library/Developer/CommandLineTools/usr/bin')).includes('python3');
  const folders = ready ? ['/usr/bin', '/usr/local/bin'] : ['/usr/local/bin'];
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await pythonsIn(folder, platform)).map((name) => ({
        path: join(folder, name),
        source: 'system' as const,
        reason: `${name} in ${folder}`,
      })),
    ),
  );
  return found.flat();
}

/** Reads what `py -0p` prints: ` -V:3.12 *  C:\Python312\python.exe`, or ` -3.12-64  C:\…` from older launchers. */
export function fromPyLauncher(output: string): readonly Candidate[] {
  return output.split(/\r?\n/u).flatMap((line) => {
    const [, version, path] = /^\s*-(?:V:)?(\S+)\s+(?:\*\s+)?(\S.*\.exe)\s*$/iu.exec(line) ?? [];
    if (version === undefined || path === undefined) return [];
    return [{ path, source: 'py-launcher', reason: `py launcher, ${version}` }];
  });
}

async function pythonsIn(folder: string, platform: NodeJS.Platform): Promise<readonly string[]> {
  const wanted = platform === 'win32' ? /^python3?\.exe$/iu : /^python(?:3(?:\.\d+)?)?$/u;
  const names = (await namesIn(folder)).filter((name) => wanted.test(name));
  // python3 first: it is what people mean, and often the only one of its kind.
  return names.sort(
    (a, b) => Number(b.startsWith('python3')) - Number(a.startsWith('python3')) || (a < b ? -1 : 1),
  );
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []); // a place that is not there holds no interpreter
}
