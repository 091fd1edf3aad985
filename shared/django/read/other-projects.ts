import { folderOf } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';

/**
 * Folders of the other projects of the workspace: those with a `manage.py` that is neither the project's
 * own nor above it. Their models have the same labels and names only too often.
 */
export function otherProjects(files: ProjectFiles, manage: string | null): readonly string[] {
  if (manage === null) return [];
  const own = `${folderOf(manage)}/`;
  return files
    .paths()
    .filter((path) => path.endsWith('/manage.py'))
    .map(folderOf)
    .filter((folder) => !own.startsWith(`${folder}/`));
}

/** Whether a file stands in one of these folders. */
export function isInFolders(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}
