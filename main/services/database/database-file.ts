import { closeSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { FileFacts } from './database-requests.ts';

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

/** Refuses what SQLite must not be given: opening a FIFO would wait for ever, a missing file would be made. */
export function checkFile(file: string): void {
  const facts = inspectFile(file);
  if (facts.problem !== null) {
    throw new Failure(facts.exists ? 'not-available' : 'not-found', facts.problem);
  }
}

/** What can be said of a file without opening it as a database. */
export function inspectFile(file: string): FileFacts {
  // The binding trims the name it is given, and would open another file.
  if (!isAbsolute(file) || file.includes('\0') || file.trim() !== file) {
    return missing(`${JSON.stringify(file)} is no path of a database file.`);
  }
  const name = basename(file);
  try {
    const stats = statSync(file);
    return { exists: true, bytes: stats.size, problem: contentProblem(file, name, stats) };
  } catch (error) {
    return missing(systemProblem(name, error));
  }
}

function contentProblem(file: string, name: string, stats: Stats): string | null {
  if (stats.isDirectory()) return `${name} is a folder, not a database file.`;
  if (!stats.isFile()) return `${name} is not an ordinary file, so it can't be a database.`;
  if (stats.size === 0) return null; // a database without tables: what Django makes before the first migration
  try {
    if (firstBytes(file).equals(MAGIC)) return null;
    return `${name} is not a SQLite database, or it is encrypted. Check the path in DATABASES.`;
  } catch (error) {
    return systemProblem(name, error);
  }
}

function firstBytes(file: string): Buffer {
  const start = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return start;
}

function systemProblem(name: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `${name} does not exist yet. Applying the migrations makes it; or check the path in DATABASES.`;
  }
  if (code === 'EACCES' || code === 'EPERM') return `${name} may not be read by this user.`;
  return `${name} can't be read (${code}).`;
}

function missing(problem: string): FileFacts {
  return { exists: false, bytes: null, problem };
}
