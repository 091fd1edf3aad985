import { CodeXml, History } from 'lucide-react';
import { CommandButton, CommandIcon } from '../../commands/command-button.tsx';
import { attempt } from '../../stores/notices.ts';
import { useEditor, useFileHistory, useRememberedPanes, useStudio } from '../../stores/studio-context.tsx';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { CodeEditor } from './code-editor.tsx';
import { ConflictView } from './conflict-view.tsx';
import { FileHistoryView } from './file-history-view.tsx';
import { FileTabs } from './file-tabs.tsx';
import { FileTree } from './file-tree.tsx';
import { RemovedFilesDialog } from './removed-files-dialog.tsx';
import './code.css';

/** The project's files and their text. */
export function CodeView() {
  const panes = useRememberedPanes('code');
  return (
    <>
      <SplitPanes
        {...panes}
        panes={[
          { id: 'files', content: <FileTree />, size: 230, min: 140, max: '50%', fixed: true },
          { id: 'text', content: <CodeArea />, min: 240 },
        ]}
      />
      <UnsavedDialog />
      <RemovedFilesDialog />
    </>
  );
}

function CodeArea() {
  const history = useFileHistory((state) => state.shown);
  const file = useEditor(({ files, active }) => files.find(({ path }) => path === active));
  if (file === undefined) {
    if (history !== null)
      return (
        <div className="code-stage code-stage-alone">
          <FileHistoryView key={history.path} shown={history} />
        </div>
      );
    return (
      <EmptyState icon={CodeXml} title="No file is open" actions={<CommandButton command="palette.files" />}>
        Choose a file on the left. Models and routes lead here too: “Go to source” opens the line that makes
        them.
      </EmptyState>
    );
  }
  return (
    <div className="code-area">
      <div className="code-bar">
        <FileTabs />
        <CommandIcon command="editor.fileHistory" icon={History} />
      </div>
      {file.missing && (
        <Banner tone="warning">
          This file was removed outside of the studio. Its text is still here, and its local history brings it
          back.
        </Banner>
      )}
      {file.disk.readOnly !== null && <Banner tone="info">{file.disk.readOnly}</Banner>}
      <div className="code-stage">
        <CodeEditor />
        {file.conflict !== null && <ConflictView file={file} />}
        {history !== null && <FileHistoryView key={history.path} shown={history} />}
      </div>
    </div>
  );
}

/** Asks what becomes of unsaved text when its file is closed. */
function UnsavedDialog() {
  const { editor, notify } = useStudio();
  const closing = useEditor((state) => state.closing);
  const path = closing ?? '';
  return (
    <AlertDialog
      open={closing !== null}
      title="Save before closing?"
      description={
        <p>
          <code>{path}</code> holds text that is not saved.
        </p>
      }
      cancel={{ label: 'Keep it open', onChoose: editor.keepOpen }}
      answers={[
        {
          label: 'Discard the text',
          kind: 'secondary',
          onChoose: () => {
            editor.close(path, 'discard');
          },
        },
        {
          label: 'Save',
          onChoose: () => {
            editor.keepOpen();
            void attempt(notify, `${path} was not saved`, async () => {
              await editor.save(path);
              editor.close(path);
            });
          },
        },
      ]}
    />
  );
}
