import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TEMPORARY_PREFIX } from '../storage/atomic-write.ts';

const ignoredNames = new Set([
  '.git',
  '.hg',
  '.svn',
  '.eggs',
  '.idea',
  '.mypy_cache',
  '.nox',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '.venv',
  '__pycache__',
  'node_modules',
  'site-packages',
]);

/** Folders that hold tools' files or other people's packages, told by what makes them one. */
export function isIgnoredFolder(path: string): boolean {
  return (
    ignoredNames.has(basename(path)) ||
    existsSync(join(path, 'pyvenv.cfg')) ||
    existsSync(join(path, 'conda-meta'))
  );
}

/** Files that come and go beside a write: our own temporary ones, and SQLite's. */
export function isPassingFile(path: string): boolean {
  return basename(path).startsWith(TEMPORARY_PREFIX) || /-(?:journal|wal|shm)$/.test(path);
}
