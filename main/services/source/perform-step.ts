import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { backOut } from '../storage/backing-out.ts';
import { noTextReason } from '../storage/regular-file.ts';
import { systemCode } from '../storage/system-reasons.ts';
import type { BlobStore } from './blob-store.ts';
import {
  checkMoves,
  checkRemovals,
  isUnclear,
  madeMoves,
  makeFoldersInside,
  moveFolders,
  movesOf,
  pathAfter,
  removeEmptyFolders,
  reversed,
} from './folder-moves.ts';
import type { HistoryStep } from './history.ts';
import { changedOutside } from './save-failures.ts';
import { decodeText } from './text-file.ts';
import {
  checkWrites,
  type FileWrite,
  hashAt,
  removeTemporaries,
  takeBack,
  writeAll,
  writesOf,
} from './write-all.ts';

/** Refuses a step that meets other files than it was made for, or places it can't write: before anything is. */
export async function checkStep(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  checkMoves(root, movesOf(step));
  await checkWrites(await writesNow(root, step, blobs), blobs);
  if (step.kind !== 'undo') checkRemovals(root, step.record.removedFolders);
}

/** The writes of a step by the names of now; fails with both texts where a link has taken the place of a file. */
async function writesNow(root: string, step: HistoryStep, blobs: BlobStore): Promise<readonly FileWrite[]> {
  try {
    return writesOf(root, step, namedNow(step));
  } catch (error) {
    const noText = noTextReason(error);
    const named = error instanceof Failure ? error.detail?.['path'] : undefined;
    const file = step.record.files.find(({ path }) => {
      const now = namedNow(step)(path);
      return named === now || named === join(root, now);
    });
    if (noText === null || file === undefined) throw error;
    const to = step.kind === 'undo' ? file.before : file.after;
    const yours = to === null ? null : decodeText(file.path, await blobs.get(to)).text;
    throw changedOutside({ path: namedNow(step)(file.path), yours, theirs: null, noText });
  }
}

/** Does all of a step or none of it. Files are written where they stand before any folder has moved. */
export async function performStep(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  await (step.kind === 'undo' ? performBackwards(root, step, blobs) : performForwards(root, step, blobs));
}

async function performForwards(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  const { madeFolders, removedFolders, moves } = step.record;
  const writes = writesOf(root, step);
  try {
    await writeAll(writes, blobs);
    await orElse(
      () => moveFolders(root, moves),
      () => takeAllBack(writes, blobs),
    );
    await orElse(
      () => removeEmptyFolders(root, removedFolders),
      async () => {
        await makeFoldersInside(root, removedFolders);
        await moveFolders(root, reversed(moves));
        await takeAllBack(writes, blobs);
      },
    );
  } catch (error) {
    await backOut(error, () => removeEmptyFolders(root, madeFolders));
  }
}

async function performBackwards(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  const { madeFolders, removedFolders, moves } = step.record;
  try {
    await makeFoldersInside(root, removedFolders);
    await moveFolders(root, movesOf(step));
    const writes = writesOf(root, step);
    await orElse(
      () => writeAll(writes, blobs),
      () => moveFolders(root, moves),
    );
    await orElse(
      () => removeEmptyFolders(root, madeFolders),
      async () => {
        await makeFoldersInside(root, madeFolders);
        await takeAllBack(writes, blobs);
        await moveFolders(root, moves);
      },
    );
  } catch (error) {
    await backOut(error, () => removeEmptyFolders(root, removedFolders));
  }
}

async function orElse(work: () => Promise<void>, takeBack: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await backOut(error, takeBack);
  }
}

/** Leaves alone what another program has changed since. */
async function takeAllBack(writes: readonly FileWrite[], blobs: BlobStore): Promise<void> {
  for (const { failure } of await takeBack(writes, blobs)) if (failure !== null) throw failure;
}

/**
 * Settles a step that a crash has cut: true when all of it was done, else what was done of it is taken back. `tell`
 * hears of each file that could not be decided.
 */
export async function settleStep(
  root: string,
  step: HistoryStep,
  blobs: BlobStore,
  tell: (sentence: string) => void,
): Promise<boolean> {
  const { record } = step;
  const { madeFolders, removedFolders } = record;
  if (isDone(root, step)) {
    await removeEmptyFolders(root, step.kind === 'undo' ? madeFolders : removedFolders);
    return true;
  }
  for (const move of record.moves.filter((one) => isUnclear(root, one))) {
    tell(
      `${move.from} and ${move.to} are both there: “${record.title}” was interrupted, and another program has made ` +
        'one of them. They were left as they are; look at them before you go on.',
    );
  }
  // Files are written where they stand when no folder has moved; taken back, the folders move on with what is in them.
  await removeTemporaries(writesOf(root, step));
  await removeTemporaries(writesOf(root, step, (path) => pathAfter(record.moves, path)));
  const moves = movesOf(step);
  const made = moves.slice(0, madeMoves(root, moves));
  // An undo has moved all folders back before it writes, or it has written nothing.
  if (step.kind !== 'undo') await moveFolders(root, reversed(made));
  if (step.kind !== 'undo' || made.length === moves.length) await takeFilesBack(root, step, blobs, tell);
  if (step.kind === 'undo') {
    await moveFolders(root, reversed(made));
    await removeEmptyFolders(root, removedFolders);
  } else {
    await makeFoldersInside(root, removedFolders);
    await removeEmptyFolders(root, madeFolders);
  }
  return false;
}

async function takeFilesBack(
  root: string,
  step: HistoryStep,
  blobs: BlobStore,
  tell: (sentence: string) => void,
): Promise<void> {
  for (const { path, failure } of await takeBack(writesOf(root, step), blobs)) {
    // What the system refuses now it may allow later.
    if (failure !== null && systemCode(failure) !== undefined) throw failure;
    tell(
      failure?.message ??
        `${path} was changed by another program while “${step.record.title}” was being saved and the studio ` +
          'ended. It was left as it is; look at it before you go on.',
    );
  }
}

function isDone(root: string, step: HistoryStep): boolean {
  const moves = movesOf(step);
  if (madeMoves(root, moves) < moves.length || moves.some((move) => isUnclear(root, move))) return false;
  try {
    const writes = writesOf(root, step, (path) => (step.kind === 'undo' ? path : pathAfter(moves, path)));
    return writes.every((write) => hashAt(write) === write.to);
  } catch (error) {
    if (error instanceof Failure && systemCode(error) === undefined) return false; // no text, so not what we wrote
    throw error;
  }
}

/** What the files of a step are called before it: undo meets them where the folders have moved to. */
function namedNow({ kind, record }: HistoryStep): (path: string) => string {
  return (path) => (kind === 'undo' ? pathAfter(record.moves, path) : path);
}
