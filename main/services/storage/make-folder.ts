import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const SYNCED = 8;

/**
 * Makes a folder and those above it, so that they are there after a power loss too. Node's own recursive way never
 * returns where the system says of a folder in one that exists that it does not exist, as it does below `/proc`.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing = await missingAbove(path);
  for (const folder of missing.toReversed()) {
    await mkdir(folder).catch((error: unknown) => {
      // Somebody else was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  // A few are made durable one by one; of very many, file systems with a journal write the inner ones with the first.
  for (const folder of missing.slice(-SYNCED)) await syncFolder(dirname(folder));
}

/** Makes a rename or a new name in this folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder that is not there and those above it that are not, the innermost first. */
async function missingAbove(path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let folder = path; !(await isFolder(folder)); folder = dirname(folder)) missing.push(folder);
  return missing;
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
