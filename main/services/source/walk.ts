import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceProblem } from '../../../shared/django/project-model.ts';
import { isIgnoredFolder, isPassingFile } from './ignored-folders.ts';
import { isInside, workspacePathOf } from '../storage/workspace-path.ts';

/** More files than this are no project any more, and the studio says so. */
export const MOST_FILES = 200_000;

/** What stands in a folder of the workspace. */
export interface Walk {
  /** Workspace path → what it is. */
  readonly entries: ReadonlyMap<string, 'file' | 'folder'>;
  /** Real workspace path → the paths of links to it inside the workspace. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly SourceProblem[];
}

/** A folder still to be looked into: its name in the workspace and where it really is. */
interface Open {
  readonly path: string;
  readonly place: string;
}

/**
 * Lists the workspace, or the part of it below `start`. Links are followed only to places inside the
 * workspace, and to each of them once, so that no loop and no flood of names comes of them.
 */
export function walkWorkspace(root: string, start = '', most = MOST_FILES): Walk {
  const entries = new Map<string, 'file' | 'folder'>();
  const links = new Map<string, string[]>();
  const problems: SourceProblem[] = [];
  const followed = new Set<string>();
  const open: Open[] = [{ path: start, place: start === '' ? root : join(root, start) }];

  const followLink = (path: string, place: string): void => {
    const target = linkTarget(root, place);
    if (target === null || isIgnoredFolder(target.real)) return;
    const real = workspacePathOf(root, target.real);
    links.set(real, [...(links.get(real) ?? []), path]);
    entries.set(path, target.kind);
    if (target.kind !== 'folder' || followed.has(real) || `${path}/`.startsWith(`${real}/`)) return;
    followed.add(real);
    open.push({ path, place: target.real });
  };

  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of listFolder(folder, problems)) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      const place = join(folder.place, entry.name);
      if (entry.isSymbolicLink()) {
        followLink(path, place);
      } else if (entry.isDirectory()) {
        if (isIgnoredFolder(place)) continue;
        entries.set(path, 'folder');
        open.push({ path, place });
      } else if (entry.isFile() && !isPassingFile(path)) {
        entries.set(path, 'file');
      }
      if (entries.size >= most) {
        const message =
          `The folder holds more than ${most.toLocaleString('en')} files; the rest is not shown. ` +
          'Open the folder of the project itself.';
        return { entries, links, problems: [...problems, { message, place: null, severity: 'error' }] };
      }
    }
  }
  return { entries, links, problems };
}

/** What one path of the workspace is now, and where it really is; null when there is nothing to look at. */
export function lookAt(root: string, path: string): { kind: 'file' | 'folder'; real: string } | null {
  if (isPassingFile(path)) return null;
  const place = join(root, path);
  const kind = kindOf(place);
  if (kind !== 'link') return kind === null ? null : { kind, real: path };
  const target = linkTarget(root, place);
  return target === null ? null : { kind: target.kind, real: workspacePathOf(root, target.real) };
}

function kindOf(place: string): 'file' | 'folder' | 'link' | null {
  try {
    const facts = lstatSync(place);
    if (facts.isSymbolicLink()) return 'link';
    if (facts.isFile()) return 'file';
    return facts.isDirectory() && !isIgnoredFolder(place) ? 'folder' : null;
  } catch {
    return null; // gone, or behind a folder that can't be read: the walk has named that one
  }
}

function listFolder(folder: Open, problems: SourceProblem[]): readonly Dirent[] {
  try {
    return readdirSync(folder.place, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return []; // removed since its name was read
    const message = `The folder ${folder.path || '.'} can't be read (${String(code)}) and is left out.`;
    problems.push({ message, place: null, severity: 'warning' });
    return [];
  }
}

function linkTarget(root: string, place: string): { real: string; kind: 'file' | 'folder' } | null {
  try {
    const real = realpathSync(place);
    if (!isInside(root, real)) return null;
    const facts = statSync(real);
    if (facts.isFile()) return { real, kind: 'file' };
    return facts.isDirectory() ? { real, kind: 'folder' } : null;
  } catch {
    return null; // leads nowhere, or in a circle
  }
}
