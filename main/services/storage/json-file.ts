import { readFile, rename } from 'node:fs/promises';
import type { z } from 'zod';
import { writeFileAtomically } from './atomic-write.ts';

/** One small file of the studio's own state: read once, written whole, never half. */
export interface JsonFile<T> {
  readonly read: () => Promise<T>;
  /** Writes are queued: the last one wins, none overlap. */
  readonly write: (value: T) => Promise<void>;
  /** Reads, changes and writes with nothing in between; gives what was written. */
  readonly change: (update: (value: T) => T) => Promise<T>;
}

/**
 * A JSON file checked by a schema. A damaged file is set aside as `<name>.damaged` and the default
 * is used, so that the studio always starts.
 */
export function createJsonFile<T>(path: string, schema: z.ZodType<T>, initial: T): JsonFile<T> {
  let queue: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<T> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return initial;
      throw error;
    }
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    await rename(path, `${path}.damaged`);
    return initial;
  };
  const inOrder = <R>(work: () => Promise<R>): Promise<R> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined); // the caller gets the error; the queue goes on
    return next;
  };
  const save = (value: T): Promise<void> =>
    writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`, 0o600);
  return {
    read: () => inOrder(read),
    write: (value) => inOrder(() => save(value)),
    change: (update) =>
      inOrder(async () => {
        const value = update(await read());
        await save(value);
        return value;
      }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON at all: the schema refuses it like any other damage
  }
}
