import { Failure } from '../../../shared/contract/failure.ts';
import type { ChangedOutside } from '../../../shared/contract/source-calls.ts';

/** Somebody else's change stands where we wanted to write: both texts go to the window, neither is lost. */
export function changedOutside(detail: ChangedOutside): Failure {
  const what = detail.theirs === null ? 'was removed' : 'was changed';
  return new Failure(
    'changed-outside',
    `${detail.path} ${what} by another program since it was read. Nothing was written; compare both and decide.`,
    { ...detail },
  );
}

/** What the system said about a write, in a sentence that names the file. */
export function saveFailed(path: string, error: unknown): Failure {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return new Failure('refused', `${path} was not saved: ${reasonOf(code)}. No file was changed.`, {
    path,
    code,
  });
}

/** What a code of the system means to people. */
export function reasonOf(code: string): string {
  return reasons[code] ?? `the system says ${code}`;
}

/** The file or its folder says that it must not be written. */
export function readOnlyFailure(path: string, sentence: string): Failure {
  return new Failure('refused', sentence, { path });
}

const noPermission = 'the permission to write there is missing';
const reasons: Readonly<Record<string, string>> = {
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: 'its disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on that disk is used up',
  EFBIG: 'it is larger than the disk allows',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program has locked it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk reports an error',
  ENOENT: 'its folder was removed',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'a folder has that name',
};
