import { copyFile, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { backOut } from '../storage/backing-out.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { setAside } from '../storage/set-aside.ts';

/** What stood in a log, and where it was put when not all of it could be read; null when it could. */
export interface ReadLines<T> {
  readonly items: readonly T[];
  readonly damaged: { readonly place: string | null } | null;
}

const LARGEST_LOG = 256 * 1024 * 1024;

/** Reads a log of one JSON value a line; a damaged one gives what can be read of it, and is kept. */
export async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<ReadLines<T>> {
  const lines = linesOf(path);
  if (lines === null) return { items: [], damaged: { place: await setAside(path) } };
  const parsed = lines.map((line) => schema.safeParse(parseLine(line)).data);
  const items = parsed.filter((item) => item !== undefined);
  // The last line may be cut by a crash: what it is about never returned.
  if (!parsed.slice(0, -1).includes(undefined)) return { items, damaged: null };
  await copyFile(path, `${path}.damaged`).catch(() => undefined); // what can't be kept twice is kept once
  return { items, damaged: { place: `${path}.damaged` } };
}

/** Adds values at the end of a log, all or none; durable when it returns. */
export async function appendLines(path: string, items: readonly unknown[]): Promise<void> {
  await makeFolder(dirname(path));
  const file = await open(path, 'a', 0o600);
  try {
    const { size } = await file.stat();
    try {
      await file.writeFile(textOf(items));
      await file.sync();
    } catch (error) {
      // What comes later must not stand behind half a line.
      await backOut(Object.assign(error as Error, { path }), () => file.truncate(size));
    }
  } finally {
    await file.close();
  }
}

/** Writes a log anew. */
export async function rewriteLines(path: string, items: readonly unknown[]): Promise<void> {
  await writeFileAtomically(path, textOf(items), 0o600);
}

/** Null for what is no file that can be read. */
function linesOf(path: string): readonly string[] | null {
  try {
    const file = readRegularFile(path, path, LARGEST_LOG);
    return file === null ? [] : new TextDecoder().decode(file.bytes).split('\n');
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function textOf(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
