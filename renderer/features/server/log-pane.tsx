import { ArrowDownToLine, Copy, ScrollText, Trash2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { LogLine } from '../../../shared/contract/host-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useServer, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { Select, type Choice } from '../../ui/select.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { filteredRows, type LogRow } from './log-rows.ts';
import { ServerLog } from './server-log.tsx';

const levelChoices: readonly Choice<LogLine['level']>[] = [
  { value: 'debug', label: 'All levels' },
  { value: 'info', label: 'Info and above' },
  { value: 'warning', label: 'Warnings and above' },
  { value: 'error', label: 'Errors' },
];

/** What the server said: searched, filtered, followed. */
export function LogPane() {
  const log = useServer((state) => state.log);
  const dropped = useServer((state) => state.dropped);
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState<LogLine['level']>('debug');
  const [follow, setFollow] = useState(true);
  // Typing and scrolling go before a flood of lines.
  const shownLog = useDeferredValue(log);
  const shownSearch = useDeferredValue(search);
  const rows = useMemo(
    () => filteredRows(shownLog, { level, search: shownSearch }),
    [shownLog, level, shownSearch],
  );
  return (
    <>
      <Toolbar label="Log">
        <SearchField
          aria-label="Search the log"
          placeholder="Search the log"
          value={search}
          onChange={setSearch}
        />
        <div className="server-levels">
          <Select small label="Level" choices={levelChoices} value={level} onChange={setLevel} />
        </div>
        <span className="server-log-count" role="status">
          {countWords(shownLog, rows, dropped)}
        </span>
        <ToolbarSpace />
        <LogActions rows={rows} empty={log.length === 0} follow={follow} onFollow={setFollow} />
      </Toolbar>
      {rows.length === 0 ? (
        <NoRows
          filtered={shownLog.length > 0}
          onAll={() => {
            setSearch('');
            setLevel('debug');
          }}
        />
      ) : (
        <ServerLog rows={rows} search={shownSearch} follow={follow} onFollow={setFollow} />
      )}
    </>
  );
}

interface LogActionsProps {
  readonly rows: readonly LogRow[];
  readonly empty: boolean;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
}

function LogActions({ rows, empty, follow, onFollow }: LogActionsProps) {
  const { server, notify } = useStudio();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(rows.map(({ text }) => text).join('\n'));
    notify({ kind: 'done', title: rows.length === 1 ? 'Copied one line' : `Copied ${rows.length} lines` });
  };
  return (
    <>
      <IconButton
        icon={ArrowDownToLine}
        label="Follow the newest line"
        pressed={follow}
        onClick={() => {
          onFollow(!follow);
        }}
      />
      <IconButton
        icon={Copy}
        label="Copy the lines that are shown"
        disabled={rows.length === 0}
        onClick={() => void attempt(notify, 'The log was not copied', copy)}
      />
      <IconButton
        icon={Trash2}
        label="Clear the log"
        disabled={empty}
        onClick={() => void attempt(notify, 'The log was not cleared', server.clearLog)}
      />
    </>
  );
}

function NoRows({ filtered, onAll }: { readonly filtered: boolean; readonly onAll: () => void }) {
  if (!filtered) {
    return (
      <EmptyState icon={ScrollText} title="Nothing yet">
        Requests, log records and whatever the project prints appear here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ScrollText}
      title="No line matches"
      actions={<Button onClick={onAll}>Show all lines</Button>}
    >
      None of the lines has this text and level.
    </EmptyState>
  );
}

function countWords(log: readonly LogLine[], rows: readonly LogRow[], dropped: number): string {
  const records = new Set(rows.map(({ line }) => line.id)).size;
  const shown =
    records === log.length ? '' : `${records.toLocaleString('en')} of ${log.length.toLocaleString('en')}`;
  const lost = dropped === 0 ? '' : `${dropped.toLocaleString('en')} lines left out`;
  return [shown, lost].filter(Boolean).join(' · ');
}
