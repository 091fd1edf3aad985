import { FileText, FolderClosed, PackageOpen } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ExportFile } from '../../../shared/contract/data-calls.ts';
import { Banner } from '../../ui/banner.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { Tree } from '../../ui/tree.tsx';
import { exportNodes } from './export-nodes.ts';

interface ExportFilesProps {
  /** null while they are read the first time. */
  readonly files: readonly ExportFile[] | null;
  readonly problem: string | null;
}

/** Every file the export will hold; those written for the deployment can be read here. */
export function ExportFiles({ files, problem }: ExportFilesProps) {
  const [chosen, setChosen] = useState('Dockerfile');
  if (files === null) {
    return (
      <EmptyState icon={PackageOpen} title="What the export holds">
        {problem ?? <Spinner />}
      </EmptyState>
    );
  }
  const file = files.find(({ path }) => path === chosen);
  return (
    <SplitPanes
      id="export-files"
      panes={[
        {
          id: 'tree',
          size: 260,
          min: 160,
          fixed: true,
          content: <FileList files={files} chosen={chosen} onChoose={setChosen} />,
        },
        {
          id: 'text',
          min: 200,
          content: (
            <Pane
              title={file?.path ?? 'No file is chosen'}
              detail={file === undefined ? undefined : originText(file)}
            >
              {problem !== null && <Banner tone="danger">{problem}</Banner>}
              {file === undefined || file.text === null ? (
                <EmptyState
                  icon={FileText}
                  title={file === undefined ? 'No file is chosen' : 'Your own file'}
                >
                  {file === undefined ? 'Choose one on the left.' : 'It is copied as it is.'}
                </EmptyState>
              ) : (
                <div className="export-text">
                  <CodeBlock label={`Text of ${file.path}`} text={file.text} />
                </div>
              )}
            </Pane>
          ),
        },
      ]}
    />
  );
}

interface FileListProps {
  readonly files: readonly ExportFile[];
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
}

function FileList({ files, chosen, onChoose }: FileListProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const { roots, openAtFirst } = useMemo(
    () =>
      exportNodes(files, {
        file: <FileText size={14} aria-hidden />,
        folder: <FolderClosed size={14} aria-hidden />,
      }),
    [files],
  );
  const open = new Set([...openAtFirst].filter((id) => !toggled.has(id)));
  for (const id of toggled) if (!openAtFirst.has(id)) open.add(id);
  const written = files.filter(({ origin }) => origin === 'deployment').length;
  return (
    <Pane side title="Files" detail={`${written} written, ${files.length - written} yours`}>
      <Tree
        label="Files of the export"
        roots={roots}
        open={open}
        onToggle={(id) => {
          setToggled(
            (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
          );
        }}
        selected={chosen}
        onActivate={onChoose}
      />
    </Pane>
  );
}

function originText({ origin }: ExportFile): string {
  return origin === 'deployment' ? 'written for the deployment' : 'from your project';
}
