import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import type { RecentWorkspace } from '../../../shared/contract/workspace-calls.ts';
import { createJsonFile } from '../storage/json-file.ts';

const MOST = 20;

const entry = z.strictObject({
  path: z.string(),
  openedAt: z.number(),
  /** The chosen `manage.py`, where there are several; null for the default. */
  project: z.string().nullable(),
  interpreter: z.string().nullable(),
});
type Entry = z.infer<typeof entry>;

/** What the user chose for a workspace the last time. */
export type RememberedChoices = Pick<Entry, 'project' | 'interpreter'>;

/** The workspaces opened lately, and what was chosen for each. */
export interface RecentWorkspaces {
  readonly list: () => Promise<readonly RecentWorkspace[]>;
  readonly choices: (path: string) => Promise<RememberedChoices>;
  readonly remember: (path: string, choices?: Partial<RememberedChoices>) => Promise<void>;
  readonly forget: (path: string) => Promise<void>;
}

/** Keeps them in `recent.json` of the state folder, the latest first. */
export function createRecentWorkspaces(
  stateFolder: string,
  tell?: (sentence: string) => void,
): RecentWorkspaces {
  const file = createJsonFile<Entry[]>(join(stateFolder, 'recent.json'), z.array(entry), [], tell);
  const choicesIn = (entries: readonly Entry[], path: string): RememberedChoices =>
    entries.find((one) => one.path === path) ?? { project: null, interpreter: null };
  return {
    list: async () =>
      Promise.all(
        (await file.read()).map(async ({ path, openedAt }) => ({
          path,
          name: basename(path) || path,
          openedAt,
          exists: await isFolder(path),
        })),
      ),
    choices: async (path) => {
      const { project, interpreter } = choicesIn(await file.read(), path);
      return { project, interpreter };
    },
    remember: async (path, choices = {}) => {
      const change = file.change((entries) => {
        const { project, interpreter } = { ...choicesIn(entries, path), ...choices };
        const others = entries.filter((one) => one.path !== path);
        return [{ path, openedAt: Date.now(), project, interpreter }, ...others].slice(0, MOST);
      });
      await change.catch((error: unknown) => {
        // A project opens also where nothing can be remembered; that much was told.
        if (!(error instanceof Failure)) throw error;
      });
    },
    forget: async (path) => {
      await file.change((entries) => entries.filter((one) => one.path !== path));
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // gone, on a disk that is not mounted, or out of reach
  }
}
