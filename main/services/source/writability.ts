import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ANY_WRITE = 0o222;

/**
 * Why a file can't be replaced, in a sentence; null when it can. A rename needs no permission of the
 * file it replaces, so "read-only" has to be asked for, or it would be walked over.
 */
export function writeProblem(path: string, place: string): string | null {
  if (!mayWrite(place)) return `${path} is read-only. Change its permissions to edit it here.`;
  const folder = existingFolder(dirname(place));
  if (!mayWrite(folder)) return `${path} can't be saved: the folder ${folder} is read-only.`;
  return null;
}

/** The nearest folder that exists at or above a place. */
export function existingFolder(place: string): string {
  return statSync(place, { throwIfNoEntry: false }) === undefined ? existingFolder(dirname(place)) : place;
}

function mayWrite(place: string): boolean {
  const facts = statSync(place, { throwIfNoEntry: false });
  if (facts === undefined) return true; // a file that is still to be made: its folder decides
  if ((facts.mode & ANY_WRITE) === 0) return false; // also for root, whom the system would let through
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
