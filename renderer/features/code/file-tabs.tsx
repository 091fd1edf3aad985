import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { isDirty, type OpenFile } from '../../stores/open-files.ts';
import { useEditor, useStudio } from '../../stores/studio-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { fileIcon } from './file-tree.tsx';

/** The open files; arrow keys go from one to the next, Delete closes one. */
export function FileTabs() {
  const { editor } = useStudio();
  const files = useEditor((state) => state.files);
  const active = useEditor((state) => state.active);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent, file: OpenFile): void => {
    const index = files.indexOf(file);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = files[(index + step + files.length) % files.length];
    if (step !== 0 && next !== undefined) {
      editor.activate(next.path);
      list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[files.indexOf(next)]?.focus();
    } else if (event.key === 'Delete') editor.close(file.path);
    else return;
    event.preventDefault();
  };

  return (
    <div className="file-tabs" role="tablist" aria-label="Open files" ref={list}>
      {files.map((file) => (
        <div
          key={file.path}
          role="presentation"
          className={classNames('file-tab', file.path === active && 'file-tab-active')}
          onAuxClick={(event) => {
            if (event.button === 1) editor.close(file.path);
          }}
        >
          <button
            type="button"
            role="tab"
            className="file-tab-name"
            aria-selected={file.path === active}
            aria-label={isDirty(file) ? `${file.path}, not saved` : file.path}
            tabIndex={file.path === active ? 0 : -1}
            title={file.path}
            onClick={() => {
              editor.activate(file.path);
            }}
            onKeyDown={(event) => {
              onKeyDown(event, file);
            }}
          >
            {fileIcon(file.path)}
            <span className={classNames('truncate', file.missing && 'file-tab-missing')}>
              {tabName(file, files)}
            </span>
          </button>
          <span className={classNames('file-tab-end', isDirty(file) && 'file-tab-dirty')}>
            <span className="unsaved-dot" aria-hidden />
            <IconButton
              icon={X}
              label={`Close ${file.path}`}
              tabIndex={-1}
              onClick={() => {
                editor.close(file.path);
              }}
            />
          </span>
        </div>
      ))}
    </div>
  );
}

/** The file's name; with its folder where two open files share the name, as a project's many `models.py` do. */
function tabName(file: OpenFile, files: readonly OpenFile[]): string {
  const parts = file.path.split('/');
  const name = parts.at(-1) ?? file.path;
  const shared = files.filter((other) => other.path.split('/').at(-1) === name).length > 1;
  return shared ? parts.slice(-2).join('/') : name;
}
