import { basename } from 'node:path';

const FOLDERS = new Set([
  '.eggs',
  '.git',
  '.hg',
  '.idea',
  '.mypy_cache',
  '.nox',
  '.pytest_cache',
  '.ruff_cache',
  '.samois',
  '.svn',
  '.tox',
  '.venv',
  '__pycache__',
  'node_modules',
  'site-packages',
  'venv',
]);

/** What each name means, in the words of the sentence that tells people what was left out. */
const FILES: readonly (readonly [RegExp, LeftOut])[] = [
  [/^\.env(?:\.(?!example$|sample$|template$|dist$).*)?$/, 'secret'],
  [/\.(?:pem|key|p12|pfx|jks|keystore|kdbx)$/i, 'secret'],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)$/, 'secret'],
  [/^\.(?:netrc|pgpass|pypirc|npmrc)$/, 'secret'],
  [/\.(?:sqlite3?|db3?)(?:-journal|-wal|-shm)?$/i, 'data'],
  [/\.(?:pyc|pyo|log|swp)$/, 'waste'],
  [/^\.(?:DS_Store|coverage)$|^Thumbs\.db$/, 'waste'],
];

/** Why a file is no part of an export: it is nobody else's business, local data, or can be made again. */
export type LeftOut = 'secret' | 'data' | 'waste';

/** Whether a folder holds tools' files or other people's packages. */
export function isLeftOutFolder(name: string): boolean {
  return FOLDERS.has(name) || name.endsWith('.egg-info');
}

/** Why this file is left out; null when it is copied. */
export function leftOutFile(path: string): LeftOut | null {
  const folders = path.split('/').slice(0, -1);
  if (folders.some(isLeftOutFolder)) return 'waste';
  return FILES.find(([pattern]) => pattern.test(basename(path)))?.[1] ?? null;
}
