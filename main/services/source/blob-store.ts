import { statSync } from 'node:fs';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { discardAll, type NewFile, stageFiles, TEMPORARY_PREFIX } from '../storage/atomic-write.ts';
import { backOut } from '../storage/backing-out.ts';
import { makeFolder, syncFolder } from '../storage/make-folder.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { setAside } from '../storage/set-aside.ts';
import { hashBytes } from './text-file.ts';

/** File contents by their hash: what undo, local history and a recovery after a crash give back. */
export interface BlobStore {
  /** Durable when it returns, all of them; their hashes in the same order. */
  readonly put: (...contents: readonly Uint8Array[]) => Promise<readonly string[]>;
  /** Cheaper: a power loss may take it. */
  readonly keep: (bytes: Uint8Array) => Promise<void>;
  /** Fails where it is lost or damaged: what is given back is what was put. */
  readonly get: (hash: string) => Promise<Uint8Array>;
  /** In bytes; 0 where it is not there. */
  readonly sizeOf: (hash: string) => number;
  /** Drops what nothing refers to any more. */
  readonly keepOnly: (hashes: ReadonlySet<string>) => Promise<void>;
}

// What goes with a removed folder may be no text.
const LARGEST_BLOB = 64 * 1024 * 1024;
// Another studio may have put a blob that its history does not name yet.
const SPARED_MILLISECONDS = 10 * 60 * 1000;

/** Keeps contents in a folder of the studio's own storage, never in the project. */
export function createBlobStore(folder: string): BlobStore {
  return {
    put: async (...contents) => {
      const hashes = contents.map(hashBytes);
      const missing = new Map<string, NewFile>();
      for (const [at, content] of contents.entries()) {
        const hash = hashes[at] ?? '';
        const path = join(folder, hash);
        if (missing.has(hash) || isIntact(path, hash)) continue;
        missing.set(hash, { path, content: () => Promise.resolve(content), mode: 0o600 });
      }
      for (const { path } of missing.values()) await setAside(path); // whatever has its name
      const staged = await stageFiles([...missing.values()]);
      try {
        for (const blob of staged) blob.commit();
        if (staged.length > 0) await syncFolder(folder);
      } catch (error) {
        await backOut(error, () => discardAll(staged));
      }
      return hashes;
    },
    keep: async (bytes) => {
      const path = join(folder, hashBytes(bytes));
      if (statSync(path, { throwIfNoEntry: false })?.size === bytes.length) return;
      await makeFolder(folder);
      const temporary = join(folder, `${TEMPORARY_PREFIX}${process.pid}`);
      await writeFile(temporary, bytes, { mode: 0o600 });
      await rename(temporary, path);
    },
    get: (hash) => Promise.resolve().then(() => intact(join(folder, hash), hash)),
    sizeOf: (hash) => statSync(join(folder, hash), { throwIfNoEntry: false })?.size ?? 0,
    keepOnly: async (hashes) => {
      await makeFolder(folder);
      const newest = Date.now() - SPARED_MILLISECONDS;
      for (const name of await readdir(folder)) {
        if (hashes.has(name)) continue;
        const path = join(folder, name);
        if ((await stat(path)).mtimeMs < newest) await rm(path, { recursive: true, force: true });
      }
    },
  };
}

function intact(path: string, hash: string): Uint8Array {
  const bytes = readRegularFile(path, path, LARGEST_BLOB)?.bytes;
  if (bytes !== undefined && hashBytes(bytes) === hash) return bytes;
  const what = bytes === undefined ? 'gone' : 'damaged';
  throw new Failure(
    'not-available',
    `What stood there can't be given back: the studio's copy of it, ${path}, is ${what}. Nothing was changed.`,
  );
}

function isIntact(path: string, hash: string): boolean {
  try {
    intact(path, hash);
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
