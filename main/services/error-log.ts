import { appendFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './storage/make-folder.ts';

const LARGEST = 1_000_000;

/** Where bugs of the studio are written down; `written` resolves when all of them are. */
export interface ErrorLog {
  readonly report: (error: unknown, during?: string) => void;
  readonly written: () => Promise<void>;
}

/** Appends to a file of at most 1 MB and keeps the one before it; the stacks stay on this machine. */
export function createErrorLog(file: string): ErrorLog {
  let queue: Promise<void> = Promise.resolve();
  const append = async (text: string): Promise<void> => {
    await makeFolder(dirname(file));
    const size = await stat(file).then(
      (found) => found.size,
      () => 0, // there is none yet
    );
    if (size > LARGEST) await rename(file, `${file}.1`);
    await appendFile(file, text, { mode: 0o600 });
  };
  return {
    report: (error, during) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const line = `${new Date().toISOString()} ${during ?? ''}\n${text}\n`;
      // A log that can't be written has nowhere to say so but the terminal.
      queue = queue
        .then(() => append(line))
        .catch(() => {
          process.stderr.write(line);
        });
    },
    written: () => queue,
  };
}
