import { existsSync, rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { TEMPORARY_PREFIX, writeFileAtomically } from '../storage/atomic-write.ts';
import { syncFolder } from '../storage/make-folder.ts';
import type { BlobStore } from './blob-store.ts';
import type { HistoryStep } from './history.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { changedOutside, readOnlyFailure, saveFailed } from './save-failures.ts';
import { decodeText, hashBytes } from './text-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';
import { existingFolder, writeProblem } from './writability.ts';

/** One file of a step: what must stand there, and what shall. Hashes; null is "no file". */
export interface FileWrite {
  readonly path: string;
  /** The real file: a symbolic link is followed, and stays. */
  readonly place: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly mode: number;
}

/** The writes that a step asks for; undo is the same record backwards. `named` says what a file is called now. */
export function writesOf(
  root: string,
  step: HistoryStep,
  named: (path: string) => string = (path) => path,
): readonly FileWrite[] {
  return step.record.files.map(({ path: recorded, before, after, mode }) => {
    const path = named(recorded);
    const [from, to] = step.kind === 'undo' ? [after, before] : [before, after];
    return { path, place: resolveInside(root, path), from, to, mode };
  });
}

/** Refuses when a file is another one by now, or when it could not be written: before anything is. */
export async function checkWrites(writes: readonly FileWrite[], blobs: BlobStore): Promise<void> {
  for (const write of writes) {
    await checkUnchanged(write, blobs);
    const problem = writeProblem(write.path, write.place);
    if (problem !== null) throw readOnlyFailure(write.path, problem);
  }
}

/** Writes all files or none: when one fails, those before it get their old contents back. */
export async function writeAll(writes: readonly FileWrite[], blobs: BlobStore): Promise<void> {
  const done: FileWrite[] = [];
  for (const write of writes) {
    try {
      // Again, as late as can be.
      await writeOne(write, blobs, () => checkUnchanged(write, blobs));
    } catch (error) {
      for (const earlier of done.toReversed()) await takeBack(earlier, blobs);
      throw error instanceof Error && error.name === 'Failure' ? error : saveFailed(write.path, error);
    }
    done.push(write);
  }
}

/** Gives a written file its old content back; false when somebody else has changed it since. */
export async function takeBack(write: FileWrite, blobs: BlobStore): Promise<boolean> {
  const hash = hashAt(write);
  if (hash === write.to) await writeOne({ ...write, from: write.to, to: write.from }, blobs);
  return hash === write.to || hash === write.from;
}

/** The hash of what stands at a place now; null without a file. */
export function hashAt(write: { readonly path: string; readonly place: string }): string | null {
  const file = readRegularFile(write.place, write.path);
  return file === null ? null : hashBytes(file.bytes);
}

/** The folders that a write will have to make, outermost first, as workspace paths. */
export function missingFolders(root: string, paths: readonly string[]): readonly string[] {
  const missing = new Set<string>();
  for (const path of paths) {
    let folder = posix.dirname(path);
    while (folder !== '.' && !missing.has(folder) && !existsSync(join(root, folder))) {
      missing.add(folder);
      folder = posix.dirname(folder);
    }
  }
  return [...missing].sort();
}

/** Removes what a crash has left beside a file that was being written. */
export async function removeTemporary({ place }: FileWrite): Promise<void> {
  const folder = dirname(place);
  const start = `${TEMPORARY_PREFIX}${basename(place).slice(0, 60)}-`;
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const name of names) {
    if (name.startsWith(start)) await rm(join(folder, name), { force: true });
  }
}

async function checkUnchanged(write: FileWrite, blobs: BlobStore): Promise<void> {
  const file = readRegularFile(write.place, write.path);
  const hash = file === null ? null : hashBytes(file.bytes);
  if (hash === write.from) return;
  throw changedOutside({
    path: write.path,
    yours: write.to === null ? null : decodeText(write.path, await blobs.get(write.to)).text,
    theirs: file === null ? null : decodeText(write.path, file.bytes).text,
  });
}

async function writeOne(
  write: FileWrite,
  blobs: BlobStore,
  lastLook: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (write.to !== null) {
    await writeFileAtomically(write.place, await blobs.get(write.to), write.mode, lastLook);
    return;
  }
  await lastLook();
  rmSync(write.place, { force: true }); // at once, as a rename is
  await syncFolder(existingFolder(dirname(write.place)));
}
