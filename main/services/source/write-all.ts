import { existsSync, unlinkSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { discardAll, type StagedFile, stageFiles, TEMPORARY_PREFIX } from '../storage/atomic-write.ts';
import { backOut, HalfDone } from '../storage/backing-out.ts';
import { syncFolders } from '../storage/make-folder.ts';
import { noTextReason, readRegularFile } from '../storage/regular-file.ts';
import { type KnownFolders, resolveInside } from '../storage/workspace-path.ts';
import type { BlobStore } from './blob-store.ts';
import type { HistoryStep } from './history.ts';
import { changedOutside, readOnlyFailure, saveFailed, theirsOf } from './save-failures.ts';
import { decodeText, hashBytes } from './text-file.ts';
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

/** A written file that could not get its old content back. */
export interface LeftFile {
  readonly path: string;
  /** Why that failed; null where somebody else has changed the file since. */
  readonly failure: Failure | null;
}

/** The writes that a step asks for; undo is the same record backwards. `named` says what a file is called now. */
export function writesOf(
  root: string,
  step: HistoryStep,
  named: (path: string) => string = (path) => path,
): readonly FileWrite[] {
  const folders: KnownFolders = new Map();
  return step.record.files.map(({ path: recorded, before, after, mode }) => {
    const path = named(recorded);
    const [from, to] = step.kind === 'undo' ? [after, before] : [before, after];
    return { path, place: resolveInside(root, path, folders), from, to, mode };
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

/**
 * Writes all files or none: all stand beside their places before the first is replaced, and when one can't be, those
 * before it get their old contents back.
 */
export async function writeAll(writes: readonly FileWrite[], blobs: BlobStore): Promise<void> {
  const begun: FileWrite[] = [];
  try {
    await replaceAll(writes, blobs, async (write) => {
      await checkUnchanged(write, blobs); // again, as late as can be
      begun.push(write);
    });
  } catch (error) {
    await backOut(namingFile(writes, error), async () => {
      for (const { failure } of await takeBack(begun, blobs)) if (failure !== null) throw failure;
    });
  }
}

/** Gives written files their old contents back; answers with those that can't have them. */
export async function takeBack(writes: readonly FileWrite[], blobs: BlobStore): Promise<readonly LeftFile[]> {
  const left: LeftFile[] = [];
  const written: FileWrite[] = [];
  for (const write of writes) {
    try {
      const hash = hashAt(write);
      if (hash === write.to) written.push({ ...write, from: write.to, to: write.from });
      else if (hash !== write.from) left.push({ path: write.path, failure: null });
    } catch (error) {
      const failure = noTextReason(error) === null ? saveFailed(write.path, error) : null;
      left.push({ path: write.path, failure });
    }
  }
  return [...left, ...(await giveBack(written, blobs))];
}

/** All at once; where the old content of one of them is lost, each by itself. */
async function giveBack(writes: readonly FileWrite[], blobs: BlobStore): Promise<readonly LeftFile[]> {
  try {
    await replaceAll(writes, blobs, () => Promise.resolve());
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [only] = writes;
    if (only !== undefined && writes.length === 1) return [{ path: only.path, failure: error }];
    const left: LeftFile[] = [];
    for (const write of writes) left.push(...(await giveBack([write], blobs)));
    return left;
  }
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

/** Removes what a crash has left beside files that were being written. */
export async function removeTemporaries(writes: readonly FileWrite[]): Promise<void> {
  const starts = new Map<string, string[]>();
  for (const { place } of writes) {
    const start = `${TEMPORARY_PREFIX}${basename(place).slice(0, 60)}-`;
    starts.set(dirname(place), [...(starts.get(dirname(place)) ?? []), start]);
  }
  for (const [folder, known] of starts) {
    for (const name of await namesIn(folder)) {
      if (known.some((start) => name.startsWith(start))) await rm(join(folder, name), { force: true });
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

async function checkUnchanged(write: FileWrite, blobs: BlobStore): Promise<void> {
  let bytes: Uint8Array | null = null;
  let noText: string | null = null;
  try {
    bytes = readRegularFile(write.place, write.path)?.bytes ?? null;
  } catch (error) {
    noText = noTextReason(error);
    if (noText === null) throw error;
  }
  if (noText === null && (bytes === null ? null : hashBytes(bytes)) === write.from) return;
  throw changedOutside({
    path: write.path,
    yours: write.to === null ? null : decodeText(write.path, await blobs.get(write.to)).text,
    ...(noText === null ? theirsOf(write.path, bytes) : { theirs: null, noText }),
  });
}

/**
 * Replaces and removes files, `lastLook` at each right before it is: it keeps the file by failing. Folders are made
 * durable at the end, each of them once.
 */
async function replaceAll(
  writes: readonly FileWrite[],
  blobs: BlobStore,
  lastLook: (write: FileWrite) => Promise<void>,
): Promise<void> {
  const staged = await stageAll(writes, blobs);
  try {
    for (const write of writes) {
      await lastLook(write);
      const file = staged.get(write);
      if (file === undefined) removeAtOnce(write.place);
      else file.commit();
    }
    await syncFolders(writes.map(({ place }) => existingFolder(dirname(place))));
  } catch (error) {
    await backOut(error, () => discardAll([...staged.values()]));
  }
}

/** Without a wait, as a rename is. */
function removeAtOnce(place: string): void {
  try {
    unlinkSync(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function stageAll(
  writes: readonly FileWrite[],
  blobs: BlobStore,
): Promise<ReadonlyMap<FileWrite, StagedFile>> {
  const written: FileWrite[] = [];
  const files = [];
  for (const write of writes) {
    const { place, to, mode } = write;
    if (to === null) continue;
    written.push(write);
    files.push({ path: place, content: () => blobs.get(to), mode });
  }
  const staged = await stageFiles(files);
  const pairs = written.map((write, at) => [write, staged[at]] as const);
  return new Map(pairs.filter((pair): pair is [FileWrite, StagedFile] => pair[1] !== undefined));
}

/** What the system said, as a sentence about the file it was about. */
function namingFile(writes: readonly FileWrite[], error: unknown): unknown {
  if (error instanceof HalfDone) return new HalfDone(namingFile(writes, error.failure), error.reason);
  const { path = '' } = error as NodeJS.ErrnoException;
  const about =
    writes.find(({ place }) => place === path) ?? writes.find(({ place }) => place.startsWith(`${path}/`));
  return saveFailed((about ?? writes[0])?.path ?? path, error);
}
