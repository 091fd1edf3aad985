import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { Failure } from '../../../shared/contract/failure.ts';
import { reasonOf } from './system-reasons.ts';

/** Larger files are named but never loaded. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** The bytes of a file and its permission bits. */
export interface RegularFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly modified: number;
}

// A pipe would block the open until somebody writes to it; Windows has neither the flag nor the danger.
const READ = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/** Reads a regular file, null where there is none. Pipes, devices and folders are refused unopened. */
export function readRegularFile(path: string, name = path, largest = LARGEST_FILE): RegularFile | null {
  let file: number;
  try {
    file = openSync(path, READ);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unreadable(name, code);
  }
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) throw noTextFile(`${name} is ${kindOf(facts)}, no regular file, and is left alone.`);
    if (facts.size > largest) throw tooLarge(name, facts.size);
    return { bytes: readFileSync(file), mode: facts.mode & 0o7777, modified: facts.mtimeMs };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw unreadable(name, (error as NodeJS.ErrnoException).code);
  } finally {
    closeSync(file);
  }
}

/** Why a path holds no text that could be shown, in a sentence; null where an error is about something else. */
export function noTextReason(error: unknown): string | null {
  return error instanceof Failure && error.detail?.['noText'] === true ? error.message : null;
}

function noTextFile(sentence: string): Failure {
  return new Failure('refused', sentence, { noText: true });
}

function kindOf(facts: Stats): string {
  if (facts.isDirectory()) return 'a folder';
  if (facts.isFIFO()) return 'a pipe';
  return 'a device';
}

function tooLarge(name: string, size: number): Failure {
  const megabytes = Math.round(size / 1024 / 1024);
  return noTextFile(`${name} has ${megabytes} MB; the studio opens text files up to 5 MB.`);
}

function unreadable(name: string, code: string | undefined): Failure {
  if (code === 'ENXIO') return noTextFile(`${name} is a socket, no regular file, and is left alone.`);
  const why = code === 'EACCES' || code === 'EPERM' ? 'the permission to read it is missing' : reasonOf(code);
  return new Failure('refused', `${name} can't be read: ${why}.`, { path: name, code });
}
