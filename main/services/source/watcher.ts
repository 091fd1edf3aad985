import { join } from 'node:path';
import { watch } from 'chokidar';
import { isIgnoredFolder, isPassingFile } from './ignored-folders.ts';

/** Sees what others change in the workspace. */
export interface WorkspaceWatcher {
  readonly close: () => Promise<void>;
}

// Long enough for "truncate, then write" to be one change, too short to be felt.
const GATHER_MILLISECONDS = 10;

/**
 * Watches a folder with the ignore rule of the walk. `onChange` gets absolute paths, gathered for a few
 * milliseconds; `onReady` is called once, when everything that happens from then on is seen.
 */
export function watchWorkspace(
  root: string,
  on: {
    readonly onChange: (paths: readonly string[]) => void;
    readonly onReady: () => void;
    readonly onProblem: (error: unknown) => void;
  },
): WorkspaceWatcher {
  let gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const paths = [...gathered];
    gathered = new Set();
    on.onChange(paths);
  };
  const note = (path: string): void => {
    gathered.add(path);
    timer ??= setTimeout(flush, GATHER_MILLISECONDS);
  };

  const watcher = watch(root, {
    followSymlinks: false,
    ignoreInitial: true,
    ignorePermissionErrors: true,
    ignored: (path, stats) =>
      path !== root && (isPassingFile(path) || (stats?.isDirectory() === true && isIgnoredFolder(path))),
  });
  watcher.on('all', (_event, path) => {
    note(path);
  });
  // Changes that follow each other closely are throttled above; the hint of the system is not, and
  // whoever gets it compares contents anyway.
  watcher.on('raw', (event, name, details) => {
    if (event !== 'change' || typeof name !== 'string') return;
    const path = join((details as { readonly watchedPath: string }).watchedPath, name);
    if (!isPassingFile(path)) note(path);
  });
  watcher.on('ready', on.onReady);
  watcher.on('error', on.onProblem);
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
