import type { ReactNode } from 'react';

/** One entry of a tree; `children` makes it a branch, even when the list is empty. */
export interface TreeNode {
  readonly id: string;
  /** Its accessible name, and what typing letters searches. */
  readonly label: string;
  readonly icon?: ReactNode;
  /** Behind the label: a badge, a count. */
  readonly detail?: ReactNode;
  readonly children?: readonly TreeNode[];
  /** Grey: outside of what the studio works on. */
  readonly muted?: boolean;
}

/** A visible row of a tree. */
export interface TreeRow {
  readonly node: TreeNode;
  readonly level: number;
  readonly branch: boolean;
  readonly open: boolean;
  readonly parent: number | null;
  readonly position: number;
  readonly siblings: number;
}

/** The rows that are visible with these branches open, from top to bottom. */
export function treeRows(roots: readonly TreeNode[], open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (nodes: readonly TreeNode[], level: number, parent: number | null): void => {
    nodes.forEach((node, index) => {
      const isOpen = node.children !== undefined && open.has(node.id);
      const branch = node.children !== undefined;
      rows.push({
        node,
        level,
        branch,
        open: isOpen,
        parent,
        position: index + 1,
        siblings: nodes.length,
      });
      if (isOpen) add(node.children ?? [], level + 1, rows.length - 1);
    });
  };
  add(roots, 1, null);
  return rows;
}

/** What a key press means in a tree. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'toggle'; readonly id: string }
  | { readonly kind: 'activate'; readonly id: string };

/** The keys of the tree pattern of the ARIA Authoring Practices Guide; null for keys that are not its own. */
export function treeMove(rows: readonly TreeRow[], current: number, key: string): TreeMove | null {
  const row = rows[current];
  const to = (index: number): TreeMove => ({
    kind: 'focus',
    index: Math.min(Math.max(index, 0), rows.length - 1),
  });
  switch (key) {
    case 'ArrowDown':
      return to(current + 1);
    case 'ArrowUp':
      return to(current - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'PageDown':
      return to(current + 15);
    case 'PageUp':
      return to(current - 15);
    case 'ArrowRight':
      if (row?.branch !== true) return null;
      return row.open ? to(current + 1) : { kind: 'toggle', id: row.node.id };
    case 'ArrowLeft':
      if (row === undefined) return null;
      if (row.open) return { kind: 'toggle', id: row.node.id };
      return row.parent === null ? null : to(row.parent);
    case 'Enter':
    case ' ':
      if (row === undefined) return null;
      return { kind: row.branch ? 'toggle' : 'activate', id: row.node.id };
    default:
      return null;
  }
}

/** The next row below `current` whose label starts with what was typed; -1 when none does. */
export function typedRow(rows: readonly TreeRow[], current: number, typed: string): number {
  const wanted = typed.toLowerCase();
  for (let step = typed.length > 1 ? 0 : 1; step <= rows.length; step += 1) {
    const index = (current + step) % rows.length;
    if (rows[index]?.node.label.toLowerCase().startsWith(wanted) === true) return index;
  }
  return -1;
}
