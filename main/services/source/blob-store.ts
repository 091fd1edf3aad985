import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { hashBytes } from './text-file.ts';

/** File contents by their hash: what undo and a recovery after a crash give back. */
export interface BlobStore {
  /** Durable when it returns. */
  readonly put: (bytes: Uint8Array) => Promise<string>;
  readonly get: (hash: string) => Promise<Uint8Array>;
  /** Drops what nothing refers to any more. */
  readonly keepOnly: (hashes: ReadonlySet<string>) => Promise<void>;
}

// Another studio may have put a blob that its history does not name yet.
const SPARED_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Keeps contents in a folder of the studio's own storage, never in the project. */
export function createBlobStore(folder: string): BlobStore {
  return {
    put: async (bytes) => {
      const hash = hashBytes(bytes);
      const path = join(folder, hash);
      if (!existsSync(path)) await writeFileAtomically(path, bytes, 0o600);
      return hash;
    },
    get: async (hash) => new Uint8Array(await readFile(join(folder, hash))),
    keepOnly: async (hashes) => {
      await mkdir(folder, { recursive: true });
      const newest = Date.now() - SPARED_MILLISECONDS;
      for (const name of await readdir(folder)) {
        if (hashes.has(name)) continue;
        const path = join(folder, name);
        if ((await stat(path)).mtimeMs < newest) await rm(path, { force: true });
      }
    },
  };
}
