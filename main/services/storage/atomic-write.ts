import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Marks our temporary files, so that a later start can tell and remove what a crash left. */
export const TEMPORARY_PREFIX = '.samois-tmp-';

/**
 * Writes a whole file or leaves the old one: temporary file in the same folder, fsync, rename, fsync
 * of the folder (a rename without them can come back as zeros after a power loss). Missing folders
 * are made. `mode` is the permission bits of the new file. `lastLook` is called right before the old one is
 * replaced, and keeps it by throwing: writing the new one takes long enough for somebody else to save there.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
  lastLook: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(
    folder,
    `${TEMPORARY_PREFIX}${basename(path).slice(0, 60)}-${randomBytes(6).toString('hex')}`,
  );
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.chmod(mode); // the process's umask must not narrow what the file had
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await lastLook();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes a rename in this folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
