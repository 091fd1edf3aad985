import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const DEEPEST = 6;
/** More folders than any sane project has before its manage.py; keeps a mistaken "open /" short. */
const MOST_FOLDERS = 5000;
const SKIPPED = new Set(['node_modules', '__pycache__', 'site-packages', 'dist', 'build', 'venv', 'env']);

/**
 * Every folder with a `manage.py`, relative to the workspace with `/` between names, the nearest to the
 * root first. Symbolic links are not followed, so a loop of them ends here and nothing outside is read.
 */
export async function findProjects(workspace: string): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [''];
  let visited = 0;
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level.sort()) {
      if ((visited += 1) > MOST_FOLDERS) return found;
      const entries = await foldersAndFiles(join(workspace, folder));
      if (entries.files.has('pyvenv.cfg')) continue;
      if (entries.files.has('manage.py')) found.push(folder);
      for (const name of entries.folders)
        if (!name.startsWith('.') && !SKIPPED.has(name))
          next.push(folder === '' ? name : `${folder}/${name}`);
    }
    level = next;
  }
  return found;
}

async function foldersAndFiles(
  folder: string,
): Promise<{ readonly files: ReadonlySet<string>; readonly folders: readonly string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []); // forbidden: nothing to find there
  return {
    files: new Set(entries.filter((entry) => entry.isFile()).map((entry) => entry.name)),
    folders: entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
  };
}
