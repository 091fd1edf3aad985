import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SavedQuery } from '../../../shared/contract/database-transfer-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { createJsonFile } from '../storage/json-file.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';

/** Statements that were kept in the project, and what was run in it. */
export interface SavedQueries {
  readonly list: () => Promise<readonly SavedQuery[]>;
  readonly save: (query: SavedQuery) => Promise<null>;
  readonly remove: (name: string) => Promise<null>;
  readonly history: () => Promise<readonly string[]>;
  readonly remember: (sql: string) => Promise<null>;
}

const FOLDER = '.samois/queries';
const HISTORY_KEPT = 200;
const MOST_READ = 500;

const historySchema = z.record(z.string(), z.array(z.string()));

/** Queries are files of the project, to be committed; what was run stays with the studio. */
export function createSavedQueries(deps: {
  readonly workspaceRoot: () => string | null;
  readonly stateFolder: string;
}): SavedQueries {
  const runs = createJsonFile(join(deps.stateFolder, 'sql-history.json'), historySchema, {});
  const root = (): string => {
    const found = deps.workspaceRoot();
    if (found === null) throw new Failure('not-available', 'No folder is open. Open a project first.');
    return found;
  };
  const fileOf = (name: string): string => resolveInside(root(), `${FOLDER}/${name}.sql`);
  return {
    list: async () => {
      const names = await readdir(join(root(), FOLDER)).catch(() => []); // none was kept yet
      return names
        .filter((name) => name.endsWith('.sql'))
        .toSorted()
        .slice(0, MOST_READ)
        .flatMap((name) => {
          const file = readRegularFile(resolveInside(root(), `${FOLDER}/${name}`));
          const sql = file === null ? null : new TextDecoder().decode(file.bytes);
          return sql === null ? [] : [{ name: name.slice(0, -'.sql'.length), sql }];
        });
    },
    save: async ({ name, sql }) => {
      await writeFileAtomically(fileOf(name), sql.endsWith('\n') ? sql : `${sql}\n`);
      return null;
    },
    remove: async (name) => {
      await rm(fileOf(name), { force: true });
      return null;
    },
    history: async () => (await runs.read())[root()] ?? [],
    remember: async (sql) => {
      const key = root();
      await runs.change((all) => {
        const others = (all[key] ?? []).filter((each) => each !== sql);
        return { ...all, [key]: [sql, ...others].slice(0, HISTORY_KEPT) };
      });
      return null;
    },
  };
}
