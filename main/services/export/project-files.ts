import { execFile } from 'node:child_process';
import { lstat, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { isLeftOutFolder, leftOutFile } from './left-out.ts';

const execute = promisify(execFile);

/** One file of the project that is copied. */
export interface ProjectFile {
  /** In the export, with `/` between folders. */
  readonly path: string;
  readonly source: string;
  readonly bytes: number;
  readonly executable: boolean;
}

/** The project's own files, and those that must not leave this machine. */
export interface ProjectFiles {
  readonly files: readonly ProjectFile[];
  /** Files with secrets in them, which were left out. */
  readonly secrets: readonly string[];
}

/** Everything of a project that belongs to its source: what git ignores, local data and secrets do not. */
export async function collectProjectFiles(folder: string): Promise<ProjectFiles> {
  const names = (await gitFiles(folder)) ?? (await walk(folder, ''));
  const files: ProjectFile[] = [];
  const secrets: string[] = [];
  for (const path of [...new Set(names)].toSorted()) {
    const reason = leftOutFile(path);
    if (reason === 'secret') secrets.push(path);
    if (reason !== null) continue;
    const file = await regularFile(folder, path);
    if (file !== null) files.push(file);
  }
  return { files, secrets };
}

/** Asks git, which alone reads every `.gitignore` rightly; null where there is no git. */
async function gitFiles(folder: string): Promise<readonly string[] | null> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const inside = await git(folder, list);
  const names = inside ?? (await withoutRepository(folder, list));
  if (names === null) return null;
  const expanded = names.map(async (name) => {
    // A submodule, or a repository inside this one, is listed as a folder.
    const facts = await lstat(join(folder, name)).catch(() => null);
    return facts?.isDirectory() === true ? walk(folder, name.replace(/\/$/, '')) : [name];
  });
  return (await Promise.all(expanded)).flat();
}

/** A project that is in no repository has its `.gitignore` too: an empty repository elsewhere reads it. */
async function withoutRepository(folder: string, list: readonly string[]): Promise<readonly string[] | null> {
  const repository = await mkdtemp(join(tmpdir(), 'samois-export-'));
  try {
    if ((await git(repository, ['init', '--quiet', '--bare', repository])) === null) return null;
    return await git(folder, [`--git-dir=${repository}`, `--work-tree=${folder}`, ...list]);
  } finally {
    await rm(repository, { recursive: true, force: true });
  }
}

async function git(cwd: string, args: readonly string[]): Promise<readonly string[] | null> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
  try {
    const { stdout } = await execute('git', args, { cwd, env, maxBuffer: 256 * 1024 * 1024 });
    return stdout.split('\0').filter((name) => name !== '');
  } catch {
    return null; // no git, no repository, or one that belongs to somebody else
  }
}

async function walk(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'pyvenv.cfg' || entry.name === 'conda-meta')) return [];
  const found = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return isLeftOutFolder(entry.name) ? [] : walk(root, path);
  });
  return (await Promise.all(found)).flat();
}

/** A link is copied as what it points to, as long as that stands in the project itself. */
async function regularFile(folder: string, path: string): Promise<ProjectFile | null> {
  const source = join(folder, path);
  const facts = await stat(source).catch(() => null); // a tracked file that was deleted, or a dead link
  if (facts?.isFile() !== true) return null;
  const inside = relative(await realpath(folder), await realpath(source));
  if (inside === '..' || inside.startsWith(`..${sep}`)) return null;
  return { path, source, bytes: facts.size, executable: (facts.mode & 0o100) !== 0 };
}
