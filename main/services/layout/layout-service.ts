import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { ModelPlace } from '../../../shared/contract/source-calls.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { mergeLayout, readLayout, writeLayout, type ModelPlaces } from './layout-file.ts';

interface LayoutServiceDeps {
  /** The real path of the open folder; null when none is open. */
  readonly workspaceRoot: () => string | null;
}

/** Remembers where the user put the models, in `.samois/layout.json` of the workspace. */
export interface LayoutService {
  /** Answers `layout.read`. */
  readonly read: () => Promise<ModelPlaces>;
  /** Answers `layout.write`. */
  readonly write: (input: {
    readonly positions: Readonly<Record<string, ModelPlace | null>>;
  }) => Promise<null>;
}

/** Makes the service of the canvas positions. */
export function createLayoutService({ workspaceRoot }: LayoutServiceDeps): LayoutService {
  let queue: Promise<unknown> = Promise.resolve();

  const fileOf = (): string => {
    const root = workspaceRoot();
    if (root === null) throw new Failure('not-available', 'No folder is open. Open a project first.');
    return join(root, '.samois', 'layout.json');
  };

  const merge = async (file: string, changes: Readonly<Record<string, ModelPlace | null>>): Promise<null> => {
    const before = await textOf(file);
    const after = writeLayout(mergeLayout(readLayout(before), changes));
    if (after === before) return null;
    try {
      await writeFileAtomically(file, after);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure(
        'tool-failed',
        `The places of the models could not be remembered in ${file}: ${reason}`,
      );
    }
    return null;
  };

  return {
    read: async () => readLayout(await textOf(fileOf())),
    write: ({ positions }) => {
      const file = fileOf();
      // One after another: each reads what the one before has written.
      const next = queue.then(() => merge(file, positions));
      queue = next.catch(() => undefined); // the caller gets the failure; the queue goes on
      return next;
    },
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw error;
  }
}
