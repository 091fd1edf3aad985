import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';
import { saveFailed } from './save-failures.ts';
import type { FileSave } from './workspace-saves.ts';

/** What goes with a folder: the files in it, and itself with the folders in it, outermost first. */
export interface FolderRemoval {
  readonly files: readonly FileSave[];
  readonly folders: readonly string[];
}

// Undo must be able to give every file back, so what is larger is not taken away.
const LARGEST_KEPT = 64 * 1024 * 1024;

/** Everything that goes with these folders and is not in `known` already; fails where it could not come back. */
export function removalOf(
  root: string,
  folders: readonly string[],
  known: ReadonlySet<string>,
): FolderRemoval {
  const files: FileSave[] = [];
  const found: string[] = [];
  const open = [...folders];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    found.push(folder);
    for (const entry of listFolder(root, folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== '__pycache__') open.push(path); // Python makes it anew
      } else if (!entry.isFile()) {
        throw new Failure(
          'refused',
          `${path} is a link or no regular file, which undo could not give back. Remove it yourself first.`,
          { path },
        );
      } else if (!known.has(path)) {
        const file = readRegularFile(join(root, path), path, LARGEST_KEPT);
        if (file !== null) files.push({ path, before: file.bytes, after: null, mode: file.mode });
      }
    }
  }
  return { files, folders: found.sort() };
}

function listFolder(root: string, folder: string) {
  try {
    return readdirSync(resolveInside(root, folder), { withFileTypes: true });
  } catch (error) {
    throw error instanceof Failure ? error : saveFailed(folder, error);
  }
}
