import { Failure } from '../../../shared/contract/failure.ts';

/** What the system said, where an error or the failure made of it is the system's. */
export function systemCode(error: unknown): string | undefined {
  const { code } = (error instanceof Failure ? (error.detail ?? {}) : error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** What a code of the system means to people: ends a sentence that names the file. */
export function reasonOf(code: string | undefined): string {
  return (code === undefined ? undefined : reasons[code]) ?? `the system says ${String(code)}`;
}

const noPermission = 'the permission to write there is missing';
const tooManyFiles = 'too many files are open; close other programs and try again';
const reasons: Readonly<Record<string, string>> = {
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: 'its disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on that disk is used up',
  EFBIG: 'it is larger than the disk allows',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program has locked it, or it is the place of a mount',
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  EIO: 'the disk reports an error',
  ENOENT: 'its folder was removed',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'a folder has that name',
  EXDEV: 'it would have to go to another disk, where nothing can be moved at once',
};
