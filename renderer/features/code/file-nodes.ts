import type { SourceEntry } from '../../../shared/contract/source-calls.ts';

/** A file or folder with what is in it. */
export interface FileNode {
  readonly path: string;
  readonly name: string;
  /** null for a file. */
  readonly children: readonly FileNode[] | null;
}

interface Building {
  readonly path: string;
  readonly name: string;
  readonly children: Map<string, Building> | null;
}

/** The tree of a flat list of entries: folders first, then files, each by name. */
export function fileNodes(entries: readonly SourceEntry[]): readonly FileNode[] {
  const root = new Map<string, Building>();
  for (const entry of entries) {
    const parts = entry.path.split('/');
    let level = root;
    parts.forEach((name, index) => {
      const path = parts.slice(0, index + 1).join('/');
      const isFolder = index < parts.length - 1 || entry.kind === 'folder';
      const known = level.get(name) ?? {
        path,
        name,
        children: isFolder ? new Map<string, Building>() : null,
      };
      level.set(name, known);
      level = known.children ?? new Map<string, Building>();
    });
  }
  return sorted(root);
}

const collator = new Intl.Collator('en', { numeric: true });

function sorted(level: ReadonlyMap<string, Building>): readonly FileNode[] {
  return [...level.values()]
    .map(({ path, name, children }) => ({ path, name, children: children && sorted(children) }))
    .sort(
      (one, other) =>
        Number(one.children === null) - Number(other.children === null) ||
        collator.compare(one.name, other.name),
    );
}

/** The folders that lead to a file: what must be open for it to be in sight. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
