import { lstatSync, renameSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { backOut } from '../storage/backing-out.ts';
import { makeFolder, makeFolders, syncFolders } from '../storage/make-folder.ts';
import { type KnownFolders, resolveInside } from '../storage/workspace-path.ts';
import type { HistoryStep } from './history.ts';
import { readOnlyFailure, saveFailed } from './save-failures.ts';
import { writeProblem } from './writability.ts';

/** A folder that goes to another place with all that is in it. */
export interface FolderMove {
  readonly from: string;
  readonly to: string;
}

/** The moves of a step, in the order they are made; those of an undo lead back. */
export function movesOf({ kind, record }: HistoryStep): readonly FolderMove[] {
  return kind === 'undo' ? reversed(record.moves) : record.moves;
}

/** The moves that take others back. */
export function reversed(moves: readonly FolderMove[]): readonly FolderMove[] {
  return moves.toReversed().map(({ from, to }) => ({ from: to, to: from }));
}

/** What a path is called once the moves are made. */
export function pathAfter(moves: readonly FolderMove[], path: string): string {
  return moves.reduce((now, { from, to }) => {
    return now === from || now.startsWith(`${from}/`) ? to + now.slice(from.length) : now;
  }, path);
}

/** Refuses moves that can't be made, before anything is written. */
export function checkMoves(root: string, moves: readonly FolderMove[]): void {
  for (const [at, move] of moves.entries()) {
    const back = reversed(moves.slice(0, at)); // the ones before it are not made yet
    const now = { from: pathAfter(back, move.from), to: pathAfter(back, move.to) };
    checkMove(root, now, move);
    for (const path of [now.from, now.to]) {
      const problem = writeProblem(path, placeOf(root, path));
      if (problem !== null) throw readOnlyFailure(path, problem);
    }
  }
}

/** Refuses to take folders away where the system would keep them. */
export function checkRemovals(root: string, folders: readonly string[]): void {
  for (const folder of folders) {
    const problem = writeProblem(folder, resolveInside(root, folder));
    if (problem !== null) throw readOnlyFailure(folder, problem);
  }
}

/** Makes all moves or none; durable when it returns. */
export async function moveFolders(root: string, moves: readonly FolderMove[]): Promise<void> {
  const begun: FolderMove[] = [];
  for (const move of moves) {
    begun.push(move);
    try {
      await moveOne(root, move);
    } catch (error) {
      const failure = error instanceof Failure ? error : saveFailed(move.from, error);
      await backOut(failure, async () => {
        for (const made of begun.toReversed()) {
          // The last one may have been made, and could not be made durable.
          if (isMoved(root, made)) await moveOne(root, { from: made.to, to: made.from });
        }
      });
    }
  }
}

/** How many of the moves, made one after the other, were made: each is looked for by the names of its own moment. */
export function madeMoves(root: string, moves: readonly FolderMove[]): number {
  return moves.findLastIndex((move) => isMoved(root, move)) + 1;
}

/** Whether a move was made: what it moved stands at its end and not at its start. */
function isMoved(root: string, { from, to }: FolderMove): boolean {
  return isThere(root, to) && !isThere(root, from);
}

/** Both places of a move are taken: somebody else has made one of them. */
export function isUnclear(root: string, { from, to }: FolderMove): boolean {
  return isThere(root, to) && isThere(root, from);
}

/** Makes folders that are not there. */
export async function makeFoldersInside(root: string, folders: readonly string[]): Promise<void> {
  const known: KnownFolders = new Map();
  await makeFolders(folders.map((folder) => resolveInside(root, folder, known)));
}

/** Removes folders that hold nothing but what Python has compiled for itself; outermost first. */
export async function removeEmptyFolders(root: string, folders: readonly string[]): Promise<void> {
  const above = new Set<string>();
  for (const folder of folders.toReversed()) {
    const place = resolveInside(root, folder);
    if (!(await isRemoved(place))) continue;
    above.delete(place);
    above.add(dirname(place));
  }
  await syncFolders(above);
}

/** False for a folder that holds something, or that the system keeps: an empty one is nobody's loss. */
async function isRemoved(place: string): Promise<boolean> {
  if (await rmdirIfEmpty(place)) return true;
  const names = await readdir(place).catch(() => []); // a folder that can't be looked into stays
  if (names.length !== 1 || names[0] !== '__pycache__') return false; // somebody has put something into it
  await rm(join(place, '__pycache__'), { recursive: true, force: true });
  return rmdirIfEmpty(place);
}

const KEPT_BY = new Set(['ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM', 'EBUSY', 'EROFS', 'ENOTDIR']);

async function rmdirIfEmpty(place: string): Promise<boolean> {
  try {
    await rmdir(place);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code !== undefined && KEPT_BY.has(code)) return false;
    throw error;
  }
}

async function moveOne(root: string, move: FolderMove): Promise<void> {
  const [from, to] = [placeOf(root, move.from), placeOf(root, move.to)];
  await makeFolder(dirname(to));
  checkMove(root, move, move); // the system took its time with the folders above
  renameSync(from, to);
  await syncFolders([dirname(to), dirname(from)]);
}

function checkMove(root: string, now: FolderMove, named: FolderMove): void {
  if (!isThere(root, now.from)) {
    throw new Failure(
      'conflict',
      `The folder ${named.from} was removed or renamed by another program, so it can't become ${named.to}. Nothing was written.`,
      { path: named.from },
    );
  }
  // A rename would silently take the place of an empty folder.
  if (isThere(root, now.to)) {
    throw new Failure(
      'conflict',
      `${named.to} exists already, so the folder ${named.from} can't become it. Nothing was written.`,
      { path: named.to },
    );
  }
}

function isThere(root: string, path: string): boolean {
  try {
    return lstatSync(placeOf(root, path), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

/** Where a name stands: of a link, the link and not what it leads to. */
function placeOf(root: string, path: string): string {
  const folder = posix.dirname(path);
  if (folder === '.') return join(root, basename(resolveNamed(root, path)));
  return join(resolveInside(root, folder), posix.basename(path));
}

/** A name in the root itself, once it is known to be one. */
function resolveNamed(root: string, path: string): string {
  if (/^\.{1,2}$|[/\\\0]/.test(path) || path === '')
    throw new Failure('not-allowed', `${path} is no folder of ${root}.`);
  return path;
}
