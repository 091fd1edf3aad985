import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backOut } from './backing-out.ts';
import { makeFolders, syncFolder } from './make-folder.ts';

/** Marks our temporary files, so that a later start can tell and remove what a crash left. */
export const TEMPORARY_PREFIX = '.samois-tmp-';

/** A file that is to be written whole, and the permission bits it is to have. */
export interface NewFile {
  readonly path: string;
  /** Asked for when it is written: of many large ones only a few are in memory. */
  readonly content: () => Promise<string | Uint8Array>;
  readonly mode: number;
}

/** A file that stands whole and durable beside its place, under a name of ours. */
export interface StagedFile {
  /**
   * Puts it in its place, and whatever stood there is gone. At once: nothing of ours may come between a last look and
   * this. Durable when its folder is.
   */
  readonly commit: () => void;
  readonly discard: () => Promise<void>;
}

// Open at the same time; many systems allow a process no more than a few hundred.
const WRITTEN_AT_ONCE = 32;

/**
 * Writes a whole file or leaves the old one: temporary file in the same folder, fsync, rename, fsync
 * of the folder (a rename without them can come back as zeros after a power loss). Missing folders
 * are made. `mode` is the permission bits of the new file; its owner is that of the old one, where the system lets us.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const [staged] = await stageFiles([{ path, content: () => Promise.resolve(content), mode }]);
  try {
    staged?.commit();
  } catch (error) {
    await backOut(error, async () => staged?.discard());
  }
  await syncFolder(dirname(path));
}

/** Writes files beside their places, all or none, and makes the folders they need. What fails names the file. */
export async function stageFiles(files: readonly NewFile[]): Promise<readonly StagedFile[]> {
  await makeFolders(files.map(({ path }) => dirname(path)));
  const staged: StagedFile[] = [];
  try {
    for (let at = 0; at < files.length; at += WRITTEN_AT_ONCE) {
      await stageFew(files.slice(at, at + WRITTEN_AT_ONCE), staged);
    }
  } catch (error) {
    await backOut(error, () => discardAll(staged));
  }
  return staged;
}

/** Removes what was written beside its place and is not wanted. */
export async function discardAll(staged: readonly StagedFile[]): Promise<void> {
  for (const file of staged) await file.discard();
}

/** All are written before the first is made durable: the system then does most of the work once for all of them. */
async function stageFew(files: readonly NewFile[], staged: StagedFile[]): Promise<void> {
  const opened: { readonly handle: FileHandle; readonly path: string }[] = [];
  try {
    for (const file of files) {
      const content = await named(file.path, file.content);
      const temporary = temporaryBeside(file.path);
      staged.push(stagedAs(temporary, file.path));
      await named(file.path, async () => {
        const handle = await open(temporary, 'wx', file.mode);
        opened.push({ handle, path: file.path });
        await keepOwner(handle, file.path);
        await handle.chmod(file.mode); // the process's umask must not narrow what the file had
        await handle.writeFile(content);
      });
    }
    for (const { handle, path } of opened) await named(path, () => handle.sync());
  } finally {
    for (const { handle, path } of opened) await named(path, () => handle.close());
  }
}

function temporaryBeside(path: string): string {
  const name = `${TEMPORARY_PREFIX}${basename(path).slice(0, 60)}-${randomBytes(6).toString('hex')}`;
  return join(dirname(path), name);
}

function stagedAs(temporary: string, path: string): StagedFile {
  return {
    commit: () => {
      try {
        renameSync(temporary, path);
      } catch (error) {
        throw Object.assign(error as Error, { path });
      }
    },
    discard: () => rm(temporary, { force: true }),
  };
}

/** The system names the temporary file, or none; people know the one it is for. */
async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw Object.assign(error as Error, { path });
  }
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
