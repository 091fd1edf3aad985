import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Failure } from '../../../shared/contract/failure.ts';
import { makeFolder } from './make-folder.ts';

const PATIENCE_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 5;

/**
 * Does something that no other studio may do at the same time. The lock is SQLite's, on an empty file: the
 * system frees it when its holder ends, however it ends, so none is ever left behind. Where there can't be a
 * lock (a folder that can't be written to), the work itself will say what is wrong.
 */
export async function withStudioLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = await take(path);
  try {
    return await work();
  } finally {
    lock?.close();
  }
}

async function take(path: string): Promise<Database.Database | null> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const lock = await open(path);
    if (lock === null) return null;
    try {
      lock.exec('BEGIN IMMEDIATE');
      return lock;
    } catch (error) {
      lock.close();
      const { code } = error as { readonly code?: string };
      if (code === 'SQLITE_NOTADB')
        await rm(path, { force: true }); // damaged: an empty one takes its place
      else if (code !== 'SQLITE_BUSY') return null;
      if (Date.now() > deadline)
        throw new Failure('not-available', 'Another Samois is still writing. Try again in a moment.');
      await wait(LOOK_MILLISECONDS);
    }
  }
}

async function open(path: string): Promise<Database.Database | null> {
  try {
    await makeFolder(dirname(path));
    return new Database(path, { timeout: 0 });
  } catch {
    return null;
  }
}
