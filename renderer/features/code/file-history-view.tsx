import { FileClock, FilePenLine, FileX2, History, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { FileVersion } from '../../../shared/contract/source-calls.ts';
import type { ShownHistory } from '../../stores/file-history-store.ts';
import { attempt } from '../../stores/notices.ts';
import { isDirty } from '../../stores/open-files.ts';
import { useEditor, useSettings, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { TextDifference } from '../../ui/text-difference.tsx';
import './file-history.css';

/** The texts that a file once had, each beside what stands there now. */
export function FileHistoryView({ shown }: { readonly shown: ShownHistory }) {
  const { fileHistory } = useStudio();
  const fontSize = useSettings((state) => state.settings.editorFontSize);
  const { path, versions, selected, text, now } = shown;
  return (
    <section
      className="file-history"
      aria-label={`Local history of ${path}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') fileHistory.close();
      }}
    >
      <header className="file-history-head">
        <History size={15} aria-hidden />
        <h2 className="file-history-title">
          Local history <span>{path}</span>
        </h2>
        {versions.length > 0 && <RestoreButton shown={shown} />}
        <IconButton icon={X} label="Close the local history" shortcut="Escape" onClick={fileHistory.close} />
      </header>
      {versions.length === 0 ? (
        <EmptyState icon={History} title="Nothing has changed yet">
          Every change of this file is kept here for 30 days, the last 50 of them: what you and the studio
          change, and what other programs do.
        </EmptyState>
      ) : (
        <div className="file-history-body">
          <VersionList versions={versions} selected={selected} nowHash={now?.hash ?? null} />
          {text === null ? (
            <NoText version={versions.find(({ id }) => id === selected)} />
          ) : (
            <TextDifference
              {...{ path, fontSize }}
              left={{ name: 'Then', text }}
              right={{ name: now === null ? 'Now: the file is not there' : 'Now', text: now?.text ?? '' }}
            />
          )}
        </div>
      )}
    </section>
  );
}

function RestoreButton({ shown: { path, versions, selected, text, now } }: { readonly shown: ShownHistory }) {
  const { fileHistory, notify } = useStudio();
  const dirty = useEditor(({ files }) => files.some((file) => file.path === path && isDirty(file)));
  const same = versions.find(({ id }) => id === selected)?.hash === (now?.hash ?? null);
  const reason = dirty
    ? 'Save or discard what you typed first.'
    : same
      ? 'This is the text that stands there now.'
      : (now?.readOnly ?? null);
  return (
    <Button
      small
      kind="primary"
      disabled={text === null || reason !== null}
      title={reason ?? undefined}
      onClick={() => void attempt(notify, `${path} was not restored`, fileHistory.restore)}
    >
      {now === null ? 'Bring the file back' : 'Restore this text'}
    </Button>
  );
}

function NoText({ version }: { readonly version: FileVersion | undefined }) {
  if (version?.hash !== null) return <div />; // it is being read
  return (
    <EmptyState icon={FileX2} title="The file was removed here">
      Choose an earlier text to bring it back.
    </EmptyState>
  );
}

interface VersionListProps {
  readonly versions: readonly FileVersion[];
  readonly selected: string | null;
  readonly nowHash: string | null;
}

function VersionList({ versions, selected, nowHash }: VersionListProps) {
  const { fileHistory, notify } = useStudio();
  const list = useRef<HTMLUListElement>(null);
  const choose = (version: FileVersion | undefined): void => {
    if (version !== undefined)
      void attempt(notify, 'The text could not be read', () => fileHistory.select(version.id));
  };
  useEffect(() => {
    list.current?.focus();
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = versions.findIndex(({ id }) => id === selected);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(at + 1, versions.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: versions.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    choose(versions[target]);
  };
  return (
    <ul
      ref={list}
      className="file-history-list"
      role="listbox"
      aria-label="Texts, the newest first"
      aria-activedescendant={selected === null ? undefined : `version-${selected}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {versions.map((version) => (
        <VersionRow
          key={version.id}
          version={version}
          selected={version.id === selected}
          isNow={version === versions[0] && version.hash === nowHash}
          onChoose={() => {
            choose(version);
          }}
        />
      ))}
    </ul>
  );
}

interface VersionRowProps {
  readonly version: FileVersion;
  readonly selected: boolean;
  readonly isNow: boolean;
  readonly onChoose: () => void;
}

function VersionRow({ version, selected, isNow, onChoose }: VersionRowProps) {
  const { id, at, title, by, size, hash } = version;
  const Icon = hash === null ? FileX2 : by === 'studio' ? FilePenLine : FileClock;
  return (
    <li
      id={`version-${id}`}
      role="option"
      aria-selected={selected}
      className="file-history-version"
      title={`${title}, ${new Date(at).toLocaleString()}`}
      onClick={onChoose}
    >
      <Icon size={14} aria-hidden />
      <span className="file-history-name">{title}</span>
      <span className="file-history-facts">
        <TimeAgo time={at} />
        {isNow ? ' · now' : size === null ? '' : ` · ${byteSize(size)}`}
      </span>
    </li>
  );
}
