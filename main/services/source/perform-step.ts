import { Failure } from '../../../shared/contract/failure.ts';
import type { BlobStore } from './blob-store.ts';
import {
  checkMoves,
  isMoved,
  isUnclear,
  makeFolders,
  moveFolders,
  movesOf,
  pathAfter,
  removeEmptyFolders,
  reversed,
} from './folder-moves.ts';
import type { HistoryStep } from './history.ts';
import { checkWrites, hashAt, removeTemporary, takeBack, writeAll, writesOf } from './write-all.ts';

/** Refuses a step that meets other files than it was made for, or places it can't write: before anything is. */
export async function checkStep(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  checkMoves(root, movesOf(step));
  await checkWrites(writesOf(root, step, namedNow(step)), blobs);
}

/** Does all of a step or none of it. Files are written where they stand before any folder has moved. */
export async function performStep(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  await (step.kind === 'undo' ? performBackwards(root, step, blobs) : performForwards(root, step, blobs));
}

async function performForwards(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  const { madeFolders, removedFolders } = step.record;
  const writes = writesOf(root, step);
  try {
    await writeAll(writes, blobs);
    try {
      await moveFolders(root, movesOf(step));
    } catch (error) {
      for (const write of writes.toReversed()) await takeBack(write, blobs);
      throw error;
    }
  } catch (error) {
    await removeEmptyFolders(root, madeFolders);
    throw error;
  }
  await removeEmptyFolders(root, removedFolders);
}

async function performBackwards(root: string, step: HistoryStep, blobs: BlobStore): Promise<void> {
  const { madeFolders, removedFolders, moves } = step.record;
  try {
    await makeFolders(root, removedFolders);
    await moveFolders(root, movesOf(step));
    try {
      await writeAll(writesOf(root, step), blobs);
    } catch (error) {
      await moveFolders(root, moves);
      throw error;
    }
  } catch (error) {
    await removeEmptyFolders(root, removedFolders);
    throw error;
  }
  await removeEmptyFolders(root, madeFolders);
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
  if (isDone(root, step)) {
    await removeEmptyFolders(root, step.kind === 'undo' ? record.madeFolders : record.removedFolders);
    return true;
  }
  for (const move of record.moves.filter((one) => isUnclear(root, one))) {
    tell(
      `${move.from} and ${move.to} are both there: “${record.title}” was interrupted, and another program has made ` +
        'one of them. They were left as they are; look at them before you go on.',
    );
  }
  // Files are written while no folder has moved, so that is where they are taken back.
  for (const move of reversed(record.moves.filter((one) => isMoved(root, one))))
    await moveFolders(root, [move]);
  for (const write of writesOf(root, step)) {
    await removeTemporary(write);
    if (await takeBack(write, blobs)) continue;
    tell(
      `${write.path} was changed by another program while “${record.title}” was being saved and the studio ` +
        'ended. It was left as it is; look at it before you go on.',
    );
  }
  if (step.kind === 'undo') {
    await moveFolders(root, record.moves);
    await removeEmptyFolders(root, record.removedFolders);
  } else {
    await makeFolders(root, record.removedFolders);
    await removeEmptyFolders(root, record.madeFolders);
  }
  return false;
}

function isDone(root: string, step: HistoryStep): boolean {
  const { moves } = step.record;
  const forwards = step.kind !== 'undo';
  if (!moves.every((move) => isMoved(root, move) === forwards && !isUnclear(root, move))) return false;
  try {
    const writes = writesOf(root, step, (path) => (forwards ? pathAfter(moves, path) : path));
    return writes.every((write) => hashAt(write) === write.to);
  } catch (error) {
    if (error instanceof Failure) return false; // not to be read, so not what we wrote
    throw error;
  }
}

/** What the files of a step are called before it: undo meets them where the folders have moved to. */
function namedNow({ kind, record }: HistoryStep): (path: string) => string {
  return (path) => (kind === 'undo' ? pathAfter(record.moves, path) : path);
}
