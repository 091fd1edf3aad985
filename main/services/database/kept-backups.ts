import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DatabaseBackup } from '../../../shared/contract/database-transfer-calls.ts';

/** The copies of databases that the studio keeps. */
export interface KeptBackups {
  readonly list: (file: string) => Promise<readonly DatabaseBackup[]>;
  /** Where the next copy goes; older ones make room. */
  readonly place: (file: string, reason: string) => Promise<string>;
}

const KEPT = 20;

/** Keeps them in a folder of the studio, a folder a database, the reason in the name. */
export function createKeptBackups(folder: string): KeptBackups {
  const folderOf = (file: string): string => {
    const hash = createHash('sha256').update(file).digest('hex').slice(0, 16);
    return join(folder, `${basename(file).slice(0, 40)}-${hash}`);
  };
  const list: KeptBackups['list'] = async (file) => {
    const names = await readdir(folderOf(file)).catch(() => []); // none was made yet
    const found = await Promise.all(
      // SQLite leaves files of its own beside a copy that it has looked at.
      names
        .filter((name) => name.endsWith('.sqlite3'))
        .map(async (name) => {
          const path = join(folderOf(file), name);
          const { size, mtimeMs } = await stat(path);
          const reason = /^\S+? (.+)\.sqlite3$/.exec(name)?.[1] ?? 'by hand';
          return { path, bytes: size, madeAt: mtimeMs, reason };
        }),
    );
    return found.toSorted((a, b) => b.madeAt - a.madeAt);
  };
  return {
    list,
    place: async (file, reason) => {
      await mkdir(folderOf(file), { recursive: true, mode: 0o700 });
      for (const { path } of (await list(file)).slice(KEPT - 1)) await rm(path, { force: true });
      const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
      return join(folderOf(file), `${time} ${reason}.sqlite3`);
    },
  };
}
