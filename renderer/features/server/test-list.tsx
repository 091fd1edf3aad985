import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, CircleX, Clock, Play } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useTests } from '../../stores/studio-context.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Tree } from '../../ui/tree.tsx';
import type { TreeNode } from '../../ui/tree-rows.ts';
import { rowOf, type TestRow, type TestRowState } from './test-tree.ts';
import { durationWords, stateWords } from './test-words.ts';

const icons: Readonly<Record<TestRowState, ReactNode>> = {
  none: <CircleDashed size={14} />,
  waiting: <Clock size={14} />,
  running: <Spinner />,
  passed: <CircleCheck size={14} className="test-passed" />,
  skipped: <CircleMinus size={14} className="test-skipped" />,
  failed: <CircleX size={14} className="test-failed" />,
  error: <CircleAlert size={14} className="test-failed" />,
};

// Small projects are seen whole at once; of large ones the failures are what one opens.
const OPEN_AT_FIRST = 200;

/** The tree of the tests. */
export function TestList({ rows }: { readonly rows: readonly TestRow[] }) {
  const { tests: store, notify } = useStudio();
  const shown = useTests((state) => state.shown);
  const idle = useTests((state) => state.status.phase === 'idle');
  // What the user opened or closed against the rule.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const total = rows.reduce((sum, { counts }) => sum + counts.total, 0);
  const open = useMemo(
    () => openRows(rows, (row) => (opensByItself(row, total) ? !turned.has(row.id) : turned.has(row.id))),
    [rows, turned, total],
  );
  const nodes = useMemo(() => rows.map(nodeOf), [rows]);
  const show = (row: TestRow): void => {
    void attempt(notify, 'The test can’t be shown', () => store.show(row.id, testOf(row)));
  };
  const menuOf = (id: string): readonly MenuEntry[] => {
    const row = rowOf(rows, id);
    if (row === null) return [];
    return [
      {
        kind: 'item',
        id: 'run',
        label: row.kind === 'test' ? 'Run this test' : `Run the tests of this ${row.kind}`,
        icon: Play,
        disabled: !idle,
        onChoose: () => void attempt(notify, 'The tests were not run', () => store.run(row.labels)),
      },
    ];
  };
  return (
    <Tree
      label="Tests"
      roots={nodes}
      open={open}
      selected={shown}
      menuOf={menuOf}
      onToggle={(id) => {
        setTurned(withTurned(turned, id));
        const row = rowOf(rows, id);
        if (row !== null) show(row);
      }}
      onActivate={(id) => {
        const row = rowOf(rows, id);
        if (row !== null) show(row);
      }}
    />
  );
}

/** The name by which the outcome of a row is known; a broken module has one, too. */
export function testOf(row: TestRow): string | null {
  return row.test?.id ?? (row.kind === 'module' && row.children.length === 0 ? row.id.slice(7) : null);
}

function nodeOf(row: TestRow): TreeNode {
  const leaf = row.children.length === 0;
  return {
    id: row.id,
    label: row.label,
    icon: (
      <span role="img" aria-label={stateWords[row.state]} className="test-icon">
        {icons[row.state]}
      </span>
    ),
    detail: detailOf(row),
    ...(leaf ? {} : { children: row.children.map(nodeOf) }),
  };
}

function detailOf({ kind, counts, state }: TestRow): ReactNode {
  const ran = counts.passed + counts.failed + counts.skipped;
  const time =
    ran > 0 && state !== 'skipped' && counts.milliseconds > 0 ? durationWords(counts.milliseconds) : '';
  if (kind === 'test') return time === '' ? undefined : time;
  const failed = counts.failed > 0 ? `${counts.failed} failed of ` : '';
  return [`${failed}${counts.total}`, time].filter(Boolean).join(' · ');
}

function opensByItself(row: TestRow, total: number): boolean {
  return total <= OPEN_AT_FIRST || row.kind === 'app' || row.counts.failed > 0;
}

function openRows(rows: readonly TestRow[], isOpen: (row: TestRow) => boolean): ReadonlySet<string> {
  const open = new Set<string>();
  const look = (row: TestRow): void => {
    if (isOpen(row)) open.add(row.id);
    row.children.forEach(look);
  };
  rows.forEach(look);
  return open;
}

function withTurned(turned: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(turned);
  if (!next.delete(id)) next.add(id);
  return next;
}
