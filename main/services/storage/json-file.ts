import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { readRegularFile } from './regular-file.ts';
import { setAside } from './set-aside.ts';
import { withStudioLock } from './studio-lock.ts';

/** One small file of the studio's own state: written whole, never half. */
export interface JsonFile<T> {
  readonly read: () => Promise<T>;
  /** Writes are queued: the last one wins, none overlap. Fails with a sentence where it can't be written. */
  readonly write: (value: T) => Promise<void>;
  /** Reads, changes and writes with nothing in between, also by another studio; gives what was written. */
  readonly change: (update: (value: T) => T) => Promise<T>;
}

/**
 * A JSON file checked by a schema. Whatever stands there that is not such a file is set aside as
 * `<name>.damaged` and the default is used, so that the studio always starts; `tell` hears of it in a sentence.
 */
export function createJsonFile<T>(
  path: string,
  schema: z.ZodType<T>,
  initial: T,
  tell: (sentence: string) => void = () => undefined,
): JsonFile<T> {
  let queue: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<T> => {
    const text = textOf(path);
    if (text === null) return initial;
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const place = await setAside(path);
    const aside = place === null ? 'It could not be moved away' : `It was moved to ${place}`;
    tell(`${path} was damaged and is not used. ${aside}; what it remembered starts anew.`);
    return initial;
  };
  const inOrder = <R>(work: () => Promise<R>): Promise<R> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined); // the caller gets the error; the queue goes on
    return next;
  };
  const save = async (value: T): Promise<void> => {
    try {
      await writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`, 0o600);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      const sentence = `Samois can't write ${path} (${code}), so it will not remember this. Check the permissions and the space of that folder.`;
      tell(sentence);
      throw new Failure('refused', sentence, { path, code });
    }
  };
  const alone = <R>(work: () => Promise<R>): Promise<R> =>
    inOrder(() => withStudioLock(join(dirname(path), `.${basename(path)}.lock`), work));
  return {
    read: () => inOrder(read),
    write: (value) => alone(() => save(value)),
    change: (update) =>
      alone(async () => {
        const value = update(await read());
        await save(value);
        return value;
      }),
  };
}

/** Null where there is no file; what can't be read, a folder or a pipe in its place, is no JSON either. */
function textOf(path: string): string | null {
  try {
    const file = readRegularFile(path);
    return file === null ? null : new TextDecoder().decode(file.bytes);
  } catch (error) {
    if (error instanceof Failure) return '';
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON at all: the schema refuses it like any other damage
  }
}
