import { describe, expect, test } from 'vitest';
import { treeMove, treeRows, typedRow, type TreeNode } from '../../../../renderer/ui/tree-rows.ts';

const roots: readonly TreeNode[] = [
  { id: 'a', label: 'accounts', children: [{ id: 'a/m', label: 'models.py' }] },
  { id: 'c', label: 'catalog', children: [] },
  { id: 'm', label: 'manage.py' },
];

describe('rows of a tree', () => {
  test('only open branches show what is in them', () => {
    expect(treeRows(roots, new Set()).map((row) => row.node.id)).toEqual(['a', 'c', 'm']);
    const rows = treeRows(roots, new Set(['a']));
    expect(rows.map((row) => [row.node.id, row.level, row.parent])).toEqual([
      ['a', 1, null],
      ['a/m', 2, 0],
      ['c', 1, null],
      ['m', 1, null],
    ]);
    expect(rows[2]).toMatchObject({ position: 2, siblings: 3, branch: true });
  });

  test('the arrow keys open, enter, leave and close', () => {
    const closed = treeRows(roots, new Set());
    const open = treeRows(roots, new Set(['a']));
    expect(treeMove(closed, 0, 'ArrowRight')).toEqual({ kind: 'toggle', id: 'a' });
    expect(treeMove(open, 0, 'ArrowRight')).toEqual({ kind: 'focus', index: 1 });
    expect(treeMove(open, 1, 'ArrowLeft')).toEqual({ kind: 'focus', index: 0 });
    expect(treeMove(open, 0, 'ArrowLeft')).toEqual({ kind: 'toggle', id: 'a' });
    expect(treeMove(open, 3, 'ArrowRight')).toBeNull();
  });

  test('the ends hold', () => {
    const rows = treeRows(roots, new Set());
    expect(treeMove(rows, 0, 'ArrowUp')).toEqual({ kind: 'focus', index: 0 });
    expect(treeMove(rows, 0, 'End')).toEqual({ kind: 'focus', index: 2 });
    expect(treeMove(rows, 2, 'PageDown')).toEqual({ kind: 'focus', index: 2 });
  });

  test('Enter activates a leaf and toggles a branch', () => {
    const rows = treeRows(roots, new Set());
    expect(treeMove(rows, 2, 'Enter')).toEqual({ kind: 'activate', id: 'm' });
    expect(treeMove(rows, 1, 'Enter')).toEqual({ kind: 'toggle', id: 'c' });
    expect(treeMove(rows, 1, 'x')).toBeNull();
  });

  test('typed letters find the next row; several letters may stay on the same one', () => {
    const rows = treeRows(roots, new Set());
    expect(typedRow(rows, 0, 'm')).toBe(2);
    expect(typedRow(rows, 2, 'ma')).toBe(2);
    expect(typedRow(rows, 2, 'a')).toBe(0);
    expect(typedRow(rows, 0, 'z')).toBe(-1);
  });
});
