import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder, syncFolder } from './make-folder.ts';

/** Marks our temporary files, so that a later start can tell and remove what a crash left. */
export const TEMPORARY_PREFIX = '.samois-tmp-';

/**
 * Writes a whole file or leaves the old one: temporary file in the same folder, fsync, rename, fsync
 * of the folder (a rename without them can come back as zeros after a power loss). Missing folders
 * are made. `mode` is the permission bits of the new file; its owner is that of the old one, where the system lets
 * us. `lastLook` is called right before the old one is replaced, and keeps it by throwing: writing the new one takes
 * long enough for somebody else to save there.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
  lastLook: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const folder = dirname(path);
  await makeFolder(folder);
  const temporary = join(
    folder,
    `${TEMPORARY_PREFIX}${basename(path).slice(0, 60)}-${randomBytes(6).toString('hex')}`,
  );
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await keepOwner(file, path);
      await file.chmod(mode); // the process's umask must not narrow what the file had
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await lastLook();
    renameSync(temporary, path); // at once: nothing of ours may come between the look and this
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A studio that runs as another user than the owner would otherwise take the file away from them. */
async function keepOwner(file: FileHandle, path: string): Promise<void> {
  const old = await stat(path).catch(() => null); // none, or one behind a folder that can't be looked into
  if (old === null || process.platform === 'win32') return;
  const now = await file.stat();
  if (old.uid === now.uid && old.gid === now.gid) return;
  try {
    await file.chown(old.uid, old.gid);
  } catch (error) {
    // Only the system's administrator may give files away; the text matters more than its owner.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
