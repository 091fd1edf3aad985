import { stat } from 'node:fs/promises';

/** Notices that database files were written, as long as somebody looks at them. */
export interface ChangeWatch {
  /** The window has just read this database: it is watched for the next minute. */
  readonly looked: (database: string, file: string) => void;
  /** What we have just written ourselves is no news of the next round. */
  readonly wrote: (database: string) => Promise<void>;
  readonly dispose: () => void;
}

interface Watched {
  readonly file: string;
  until: number;
  signature: string | null;
}

const EVERY_MILLISECONDS = 1000;
const LOOKED_MILLISECONDS = 60_000;

/**
 * Asks the file system once a second: a file watcher would follow each of the many writes of a busy
 * application, and a question to SQLite would take a lock.
 */
export function createChangeWatch(changed: (database: string) => void): ChangeWatch {
  const watched = new Map<string, Watched>();
  let timer: NodeJS.Timeout | null = null;

  const round = async (): Promise<void> => {
    for (const [database, entry] of watched) {
      if (entry.until < Date.now()) {
        watched.delete(database);
        continue;
      }
      const signature = await signatureOf(entry.file);
      const before = entry.signature;
      entry.signature = signature;
      if (before !== null && before !== signature) changed(database);
    }
    timer = watched.size === 0 ? null : schedule();
  };
  const schedule = (): NodeJS.Timeout => setTimeout(() => void round(), EVERY_MILLISECONDS).unref();

  return {
    looked: (database, file) => {
      const known = watched.get(database);
      const until = Date.now() + LOOKED_MILLISECONDS;
      if (known?.file === file) known.until = until;
      else watched.set(database, { file, until, signature: null });
      timer ??= schedule();
    },
    wrote: async (database) => {
      const entry = watched.get(database);
      if (entry !== undefined) entry.signature = await signatureOf(entry.file);
    },
    dispose: () => {
      watched.clear();
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

/** Size, time and identity of the file and of the log beside it, in which a WAL database is written first. */
async function signatureOf(file: string): Promise<string> {
  const parts = await Promise.all([file, `${file}-wal`].map(factsOf));
  return parts.join(' ');
}

async function factsOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${String(ino)}/${String(size)}/${String(mtimeNs)}`;
  } catch {
    return 'none'; // not there, or not to be asked: that too is a state that may change
  }
}
