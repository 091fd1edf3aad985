import { constants } from 'node:fs';
import { access, mkdir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { CallParsed } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { FolderEntry, FolderListing } from '../../../shared/contract/workspace-calls.ts';
import { reasonOf } from './file-errors.ts';

/** The folder dialog's view of one folder: its sub-folders, and whether something can be made in it. */
export async function listFolder(input: CallParsed<'workspace.listFolder'>): Promise<FolderListing> {
  const path = absolute(input.path ?? homedir());
  let names: readonly string[];
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
    names = folders.map((entry) => entry.name).filter((name) => input.showHidden || !name.startsWith('.'));
  } catch (error) {
    throw new Failure('not-found', `${path} can't be shown: ${reasonOf(error)}.`, { path });
  }
  const found = await Promise.all(names.map((name) => folderEntry(join(path, name))));
  return {
    path,
    parent: dirname(path) === path ? null : dirname(path),
    writable: await isWritable(path),
    isProject: await hasManagePy(path),
    folders: found.filter((entry) => entry !== null).sort((a, b) => byName.compare(a.name, b.name)),
    places: await places(),
  };
}

/** Makes a folder in the folder dialog; gives its path. */
export async function createFolder(input: CallParsed<'workspace.createFolder'>): Promise<string> {
  const name = input.name.trim();
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/u.test(name))
    throw new Failure('invalid-input', 'A folder name has at least one character and no slash in it.');
  const path = join(absolute(input.parent), name);
  try {
    await mkdir(path);
  } catch (error) {
    throw new Failure('refused', `The folder ${path} could not be made: ${reasonOf(error)}.`, { path });
  }
  return path;
}

/** Whether something can be made in a folder. */
export async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false; // missing, forbidden or on a read-only disk: for the caller the same
  }
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function absolute(path: string): string {
  if (!isAbsolute(path)) throw new Failure('invalid-input', `${path} is not an absolute path.`);
  return resolve(path);
}

/** Null for what is no folder: a link to a file, into nowhere, or into itself. */
async function folderEntry(path: string): Promise<FolderEntry | null> {
  try {
    if (!(await stat(path)).isDirectory()) return null;
  } catch {
    return null;
  }
  return { name: basename(path), path, isProject: await hasManagePy(path) };
}

async function hasManagePy(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, 'manage.py'))).isFile();
  } catch {
    return false;
  }
}

/** Where looking for a folder usually starts: home, what stands in it by custom, the drives. */
async function places(): Promise<readonly FolderEntry[]> {
  const home = homedir();
  const inHome = ['Desktop', 'Documents', 'Projects', 'projects', 'src', 'code', 'dev'].map((name) =>
    join(home, name),
  );
  const roots =
    process.platform === 'win32'
      ? 'CDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `${letter}:\\`)
      : ['/', ...(await inside('/Volumes')), ...(await inside('/mnt')), ...(await inside('/media'))];
  const found = await Promise.all([home, ...inHome, ...roots].map(folderEntry));
  return found
    .filter((entry) => entry !== null)
    .map((entry) => ({ ...entry, name: entry.path === home ? 'Home' : entry.name || entry.path }));
}

async function inside(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []); // no such place on this machine
  return names.map((name) => join(folder, name));
}
