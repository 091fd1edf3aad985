import { Braces, Database, File, FileCode, FileText, Folder, FolderOpen, Settings2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { attempt } from '../../stores/notices.ts';
import { isDirty } from '../../stores/open-files.ts';
import { useEditor, useSource, useStudio } from '../../stores/studio-context.tsx';
import { Pane } from '../../ui/pane.tsx';
import type { TreeNode } from '../../ui/tree-rows.ts';
import { Tree } from '../../ui/tree.tsx';
import { fileNodes, foldersAbove, type FileNode } from './file-nodes.ts';

/** The files of the open folder. */
export function FileTree() {
  const { editor, notify } = useStudio();
  const files = useSource((state) => state.files);
  const active = useEditor((state) => state.active);
  const dirty = useEditor((state) =>
    state.files
      .filter(isDirty)
      .map((file) => file.path)
      .join('\n'),
  );
  const { open, toggle } = useOpenFolders(active);
  const nodes = useMemo(() => fileNodes(files), [files]);
  const roots = useMemo(() => {
    const changed = new Set(dirty.split('\n'));
    return nodes.map((node) => treeNode(node, open, changed));
  }, [nodes, open, dirty]);
  return (
    <Pane title="Files" label="Files" side>
      <Tree
        label="Files"
        roots={roots}
        open={open}
        onToggle={toggle}
        selected={active}
        onActivate={(path) => void attempt(notify, `${path} could not be opened`, () => editor.open(path))}
      />
    </Pane>
  );
}

/** Which folders are open; those above the file in sight open by themselves. */
function useOpenFolders(active: string | null) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [followed, setFollowed] = useState<string | null>(null);
  if (active !== followed) {
    setFollowed(active);
    if (active !== null) setOpen(new Set([...open, ...foldersAbove(active)]));
  }
  const toggle = (path: string): void => {
    const next = new Set(open);
    if (!next.delete(path)) next.add(path);
    setOpen(next);
  };
  return { open, toggle };
}

function treeNode(node: FileNode, open: ReadonlySet<string>, dirty: ReadonlySet<string>): TreeNode {
  const folder = node.children !== null;
  return {
    id: node.path,
    label: node.name,
    icon: folder ? (
      open.has(node.path) ? (
        <FolderOpen size={14} aria-hidden />
      ) : (
        <Folder size={14} aria-hidden />
      )
    ) : (
      fileIcon(node.name)
    ),
    ...(dirty.has(node.path) ? { detail: <span className="unsaved-dot" title="Not saved" /> } : {}),
    ...(node.children === null
      ? {}
      : { children: node.children.map((child) => treeNode(child, open, dirty)) }),
  };
}

/** An icon by the kind of file. */
export function fileIcon(name: string) {
  if (/\.(py|pyi)$/.test(name)) return <FileCode size={14} aria-hidden />;
  if (/\.(html|htm|css|js|ts|json|xml|svg)$/.test(name)) return <Braces size={14} aria-hidden />;
  if (/\.(md|txt|rst)$/.test(name)) return <FileText size={14} aria-hidden />;
  if (/\.(sqlite3|db|sql)$/.test(name)) return <Database size={14} aria-hidden />;
  if (/(^\.|\.(toml|ini|cfg|ya?ml|env)$)/.test(name)) return <Settings2 size={14} aria-hidden />;
  return <File size={14} aria-hidden />;
}
