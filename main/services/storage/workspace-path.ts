import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { reasonOf } from './system-reasons.ts';

/** Real folders by their names: of the many paths of one save most stand in the same few. */
export type KnownFolders = Map<string, string>;

/**
 * The real place on disk of a path of the workspace, with every symbolic link resolved. Refuses what
 * leads out of the workspace; the file itself need not exist. `known` is for one look at many paths.
 */
export function resolveInside(root: string, path: string, known: KnownFolders = new Map()): string {
  const parts = path.split('/');
  const odd = parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'));
  if (odd || isAbsolute(path) || (sep === '\\' && /[\\:]/.test(path))) throw outside(path);
  const real = realPathOfExistingPart(`${root}${sep}${parts.join(sep)}`, known);
  if (!isInside(root, real)) throw outside(path, { noText: true });
  return real;
}

/** Whether a real path stands in a real folder; `/proj-evil` does not stand in `/proj`. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether a place leads into a real folder, whatever links are on the way; it need not exist. */
export function leadsInside(root: string, place: string): boolean {
  try {
    return isInside(root, realPathOfExistingPart(place, new Map()));
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

/** The workspace's own name of a path in it, with forward slashes. */
export function workspacePathOf(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

function realPathOfExistingPart(path: string, known: KnownFolders): string {
  try {
    return realpathSync.native(path); // the other one asks the system once a folder of the path
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A link that points nowhere must not be taken for a free name: writing would follow it.
    if (code !== 'ENOENT' || lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      throw unusable(path, code);
    }
    const folder = dirname(path);
    const real = known.get(folder) ?? realPathOfExistingPart(folder, known);
    known.set(folder, real);
    return `${real}${sep}${basename(path)}`;
  }
}

function outside(path: string, facts: Readonly<Record<string, unknown>> = {}): Failure {
  return new Failure('not-allowed', `${path} is not a path inside the open folder.`, { path, ...facts });
}

function unusable(path: string, code: string | undefined): Failure {
  const noText = code === 'ELOOP' || code === 'ENOENT';
  const why = noText ? 'its symbolic link leads nowhere' : reasonOf(code);
  return new Failure('not-allowed', `${path} can't be used: ${why}.`, {
    path,
    ...(noText ? { noText } : { code }),
  });
}
