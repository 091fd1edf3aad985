import { Failure } from '../../../shared/contract/failure.ts';
import type { ModelPlace } from '../../../shared/contract/source-calls.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';
import { mergeLayout, readLayout, writeLayout, type ModelPlaces } from './layout-file.ts';

interface LayoutServiceDeps {
  /** The real path of the open folder; null when none is open. */
  readonly workspaceRoot: () => string | null;
}

/** Remembers where the user put the models, in `.samois/layout.json` of the workspace. */
export interface LayoutService {
  /** Answers `layout.read`. */
  readonly read: () => ModelPlaces;
  /** Answers `layout.write`. */
  readonly write: (input: {
    readonly positions: Readonly<Record<string, ModelPlace | null>>;
  }) => Promise<null>;
}

/** Makes the service of the canvas positions. */
export function createLayoutService({ workspaceRoot }: LayoutServiceDeps): LayoutService {
  let queue: Promise<unknown> = Promise.resolve();

  const openRoot = (): string => {
    const root = workspaceRoot();
    if (root === null) throw new Failure('not-available', 'No folder is open. Open a project first.');
    return root;
  };

  const merge = async (root: string, changes: Readonly<Record<string, ModelPlace | null>>): Promise<null> => {
    try {
      const file = fileOf(root);
      const before = textOf(file);
      const after = writeLayout(mergeLayout(readLayout(before), changes));
      if (after !== before) await writeFileAtomically(file, after);
      return null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure('tool-failed', `The places of the models could not be remembered: ${reason}`);
    }
  };

  return {
    read: () => {
      const root = openRoot();
      try {
        return readLayout(textOf(fileOf(root)));
      } catch (error) {
        if (error instanceof Failure) return {}; // safe to lose: the canvas lays out anew
        throw error;
      }
    },
    write: async ({ positions }) => {
      const root = openRoot();
      // One after another: each reads what the one before has written.
      const next = queue.then(() => merge(root, positions));
      queue = next.catch(() => undefined); // the caller gets the failure; the queue goes on
      return next;
    },
  };
}

/** In a stranger's project `.samois` may be a link to somewhere else, and the file a pipe. */
function fileOf(root: string): string {
  return resolveInside(root, '.samois/layout.json');
}

function textOf(file: string): string {
  const found = readRegularFile(file);
  return found === null ? '' : new TextDecoder().decode(found.bytes);
}
