const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to it',
  EEXIST: 'something of that name is there already',
  EINVAL: 'the system does not allow that name',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it is not a folder',
  EPERM: 'the system does not permit it',
  EROFS: 'the disk is read-only',
};

/** Why the file system refused, as the end of a sentence. Anything but its own errors is a bug and thrown on. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  return REASONS[error.code] ?? error.message;
}
