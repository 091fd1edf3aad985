import { rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Failure } from '../../../shared/contract/failure.ts';
import { checkFile } from './database-file.ts';
import { copyDatabase, withReadHandle, withWriteHandle } from './handles.ts';

/** Copies a database into a new file, whole or not at all; gives its size. */
export async function copyWhole(file: string, to: string): Promise<number> {
  try {
    await copyDatabase(file, to);
    return statSync(to).size;
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/**
 * Writes a copy over the database through SQLite itself, so that whoever has it open sees either the old one or
 * the new one. The journal mode stays what it was.
 */
export async function restoreDatabase(file: string, from: string): Promise<null> {
  checkFile(from);
  const damage = withReadHandle(from, (handle) => handle.first('PRAGMA quick_check(1)')?.[0]);
  if (damage !== 'ok') {
    throw new Failure('refused', `The copy is damaged (${String(damage)}), so it is not put in place.`);
  }
  const mode = withReadHandle(file, journalMode);
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await source.backup(file);
  } finally {
    source.close();
  }
  const now = withReadHandle(file, journalMode);
  if (now !== mode && (mode === 'wal' || now === 'wal')) {
    withWriteHandle(file, (handle) =>
      handle.all(`PRAGMA journal_mode = ${mode === 'wal' ? 'WAL' : 'DELETE'}`),
    );
  }
  return null;
}

/** Rewrites the file without its free pages; gives its new size. */
export function vacuumDatabase(file: string): number {
  withWriteHandle(file, (handle) => handle.all('VACUUM'));
  return statSync(file).size;
}

function journalMode(handle: { readonly first: (sql: string) => readonly unknown[] | null }): string {
  return String(handle.first('PRAGMA journal_mode')?.[0]);
}
