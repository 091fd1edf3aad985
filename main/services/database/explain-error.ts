import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../../../shared/contract/failure.ts';

/** Turns what SQLite says into a sentence for people; null when it is a defect of ours. */
export function explainError(error: unknown, file: string): Failure | null {
  if (error instanceof Failure) return error;
  if (!(error instanceof Database.SqliteError)) return null;
  const found = EXPLANATIONS.find(([code]) => error.code.startsWith(code));
  if (found === undefined) return null;
  const [, code, explain] = found;
  return new Failure(code, explain(basename(file), error.message), { sqlite: error.code });
}

type Explanation = readonly [
  code: string,
  failure: ConstructorParameters<typeof Failure>[0],
  explain: (name: string, message: string) => string,
];

const EXPLANATIONS: readonly Explanation[] = [
  [
    'SQLITE_BUSY_RECOVERY',
    'not-available',
    (name) => `${name} is being repaired by another program after a crash. Try again in a moment.`,
  ],
  [
    'SQLITE_BUSY',
    'not-available',
    (name) =>
      `${name} is locked: another program is writing to it. Try again in a moment; edits that were not written are kept.`,
  ],
  [
    'SQLITE_NOTADB',
    'not-available',
    (name) => `${name} is not a SQLite database, or it is encrypted. Check the path in DATABASES.`,
  ],
  [
    'SQLITE_CORRUPT',
    'not-available',
    (name, message) =>
      `${name} is damaged (${message}). Restore it from a backup, or make it anew by migrating.`,
  ],
  [
    'SQLITE_READONLY_ROLLBACK',
    'not-available',
    (name) =>
      `A program ended in the middle of writing to ${name}. Start your server once: SQLite then undoes the unfinished part.`,
  ],
  [
    'SQLITE_READONLY',
    'not-available',
    (name) => `${name} may not be written here: the file or its folder is read-only for this user.`,
  ],
  [
    'SQLITE_CANTOPEN',
    'not-available',
    (name) => `${name} can't be opened. Check that the file and its folder may be read by this user.`,
  ],
  [
    'SQLITE_IOERR',
    'not-available',
    (name, message) =>
      `Reading ${name} failed (${message}). The disk may be faulty, or the file was cut while it was open.`,
  ],
  [
    'SQLITE_FULL',
    'not-available',
    (name) => `The disk is full, so ${name} could not be written. Nothing was changed.`,
  ],
  [
    'SQLITE_CONSTRAINT_FOREIGNKEY',
    'refused',
    () => 'The edit would leave a row that points to nothing (foreign key). Nothing was written.',
  ],
  [
    'SQLITE_CONSTRAINT',
    'refused',
    (_, message) => `The table refuses the edit: ${message}. Nothing was written.`,
  ],
  ['SQLITE_TOOBIG', 'refused', () => 'A value is larger than SQLite can take. Nothing was written.'],
  ['SQLITE_NOMEM', 'not-available', (name) => `There is not enough memory to read this part of ${name}.`],
  ['SQLITE_SCHEMA', 'not-available', (name) => `The tables of ${name} were changed meanwhile. Try again.`],
  [
    // A view, a trigger or a generated column that calls what only the application knows.
    'SQLITE_ERROR',
    'not-available',
    (name, message) => `SQLite can't do this in ${name}: ${message}.`,
  ],
  ['SQLITE_', 'not-available', (name, message) => `SQLite could not read ${name}: ${message}.`],
];
