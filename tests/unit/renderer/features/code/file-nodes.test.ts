import { expect, test } from 'vitest';
import { fileNodes, foldersAbove, type FileNode } from '../../../../../renderer/features/code/file-nodes.ts';

const outline = (nodes: readonly FileNode[]): readonly unknown[] =>
  nodes.map((node) => (node.children === null ? node.name : [node.name, ...outline(node.children)]));

test('folders come first, names in the order people expect', () => {
  const nodes = fileNodes([
    { path: 'manage.py', kind: 'file' },
    { path: 'a', kind: 'folder' },
    { path: 'a/0010.py', kind: 'file' },
    { path: 'a/0002.py', kind: 'file' },
    { path: 'empty', kind: 'folder' },
    { path: 'deep/er/x.py', kind: 'file' },
  ]);
  expect(outline(nodes)).toEqual([
    ['a', '0002.py', '0010.py'],
    ['deep', ['er', 'x.py']],
    ['empty'],
    'manage.py',
  ]);
});

test('the folders above a file, from the top', () => {
  expect(foldersAbove('a/b/c.py')).toEqual(['a', 'a/b']);
  expect(foldersAbove('c.py')).toEqual([]);
});
