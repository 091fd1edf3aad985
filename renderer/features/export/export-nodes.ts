import type { ReactNode } from 'react';
import type { ExportFile } from '../../../shared/contract/data-calls.ts';
import type { TreeNode } from '../../ui/tree-rows.ts';

interface Branch {
  readonly branches: Map<string, Branch>;
  readonly files: ExportFile[];
}

/** The files as a tree: folders first; the project's own files are muted, folders with written ones open. */
export function exportNodes(
  files: readonly ExportFile[],
  icons: { readonly file: ReactNode; readonly folder: ReactNode },
): { readonly roots: readonly TreeNode[]; readonly openAtFirst: ReadonlySet<string> } {
  const openAtFirst = new Set<string>();
  const root: Branch = { branches: new Map(), files: [] };
  for (const file of files) {
    const folders = file.path.split('/').slice(0, -1);
    let branch = root;
    folders.forEach((name, depth) => {
      const below = branch.branches.get(name) ?? { branches: new Map<string, Branch>(), files: [] };
      branch.branches.set(name, below);
      branch = below;
      if (file.origin === 'deployment') openAtFirst.add(folders.slice(0, depth + 1).join('/'));
    });
    branch.files.push(file);
  }
  const nodes = ({ branches, files: own }: Branch, above: string): readonly TreeNode[] => [
    ...[...branches].sort(byName).map(([name, branch]) => {
      const id = `${above}${name}`;
      return {
        id,
        label: name,
        icon: icons.folder,
        muted: !openAtFirst.has(id),
        children: nodes(branch, `${id}/`),
      };
    }),
    ...[...own]
      .sort((one, other) => one.path.localeCompare(other.path))
      .map(({ path, origin }) => ({
        id: path,
        label: path.slice(above.length),
        icon: icons.file,
        muted: origin === 'project',
      })),
  ];
  return { roots: nodes(root, ''), openAtFirst };
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other);
}
