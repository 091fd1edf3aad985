import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, so that they are there after a power loss too. Node's own recursive way never
 * returns where the system says of a folder in one that exists that it does not exist, as it does below `/proc`.
 */
export async function makeFolder(path: string): Promise<void> {
  await makeFolders([path]);
}

/** Makes many folders at the price of a few: all are made before the first of them is made durable. */
export async function makeFolders(paths: Iterable<string>): Promise<void> {
  const missing = await missingOf(paths);
  for (const folder of missing) {
    await mkdir(folder).catch((error: unknown) => {
      // Somebody else was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  await syncFolders(missing.map((folder) => dirname(folder)));
}

/** Makes renames and new names in these folders durable, each folder once. */
export async function syncFolders(folders: Iterable<string>): Promise<void> {
  for (const folder of new Set(folders)) await syncFolder(folder);
}

/** Makes a rename or a new name in this folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    throw Object.assign(error as Error, { path: folder });
  } finally {
    await handle.close();
  }
}

/** The folders that are not there and those above them that are not, the outermost first. */
async function missingOf(paths: Iterable<string>): Promise<readonly string[]> {
  const missing = new Set<string>();
  const there = new Set<string>();
  for (const path of paths) {
    for (let folder = path; !missing.has(folder) && !there.has(folder); folder = dirname(folder)) {
      ((await isFolder(folder)) ? there : missing).add(folder);
    }
  }
  return [...missing].sort((one, other) => one.length - other.length);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && path !== dirname(path)) return false;
    throw error;
  }
  throw Object.assign(new Error(`${path} is no folder.`), { code: 'ENOTDIR', path });
}
