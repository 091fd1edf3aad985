import { FlaskConical, Play, RefreshCw, RotateCcw, Square } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { CommandButton } from '../../commands/command-button.tsx';
import { attempt } from '../../stores/notices.ts';
import { useRememberedPanes, useStudio, useTests, useWorkspace } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { ProgressBar, Spinner } from '../../ui/progress.tsx';
import { Select, type Choice } from '../../ui/select.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { TestDetailPane } from './test-detail.tsx';
import { TestList } from './test-list.tsx';
import { TestOptions } from './test-options.tsx';
import { TestsFailure } from './tests-failure.tsx';
import { allCounts, rowOf, testTree, type TestFilter } from './test-tree.ts';
import { countWords, durationWords, phaseWords } from './test-words.ts';
import './tests.css';

const kinds: readonly Choice<TestFilter['only']>[] = [
  { value: 'all', label: 'All tests' },
  { value: 'failed', label: 'Failed' },
  { value: 'skipped', label: 'Skipped' },
];

/** The project's tests: found, run, and what came of each. */
export function TestsPane() {
  const { tests: store, notify } = useStudio();
  const panes = useRememberedPanes('tests');
  const project = useWorkspace((state) => state.workspace?.realPath);
  const known = useDeferredValue(useTests((state) => state));
  const [filter, setFilter] = useState<TestFilter>({ search: '', only: 'all' });
  const rows = useMemo(() => testTree(known, filter), [known, filter]);
  const { status, shown } = known;
  useEffect(() => {
    void attempt(notify, 'The tests could not be looked for', store.need);
  }, [store, notify, project]);
  const nothing = known.tests.length === 0 && known.broken.length === 0;
  return (
    <>
      <TestsToolbar filter={filter} onFilter={setFilter} />
      <RunLine />
      {status.failure !== null && <TestsFailure failure={status.failure} />}
      {status.stale && status.phase === 'idle' && !nothing && <Stale />}
      {rows.length === 0 ? (
        <NoTests
          filtered={!nothing}
          onAll={() => {
            setFilter({ search: '', only: 'all' });
          }}
        />
      ) : (
        <div className="tests">
          <SplitPanes
            {...panes}
            panes={[
              { id: 'tree', size: '46%', min: 260, content: <TestList rows={rows} /> },
              { id: 'detail', min: 280, content: <TestDetailPane row={rowOf(rows, shown)} /> },
            ]}
          />
        </div>
      )}
    </>
  );
}

interface TestsToolbarProps {
  readonly filter: TestFilter;
  readonly onFilter: (filter: TestFilter) => void;
}

function TestsToolbar({ filter, onFilter }: TestsToolbarProps) {
  const { tests: store, notify } = useStudio();
  const phase = useTests((state) => state.status.phase);
  return (
    <Toolbar label="Tests">
      {phase === 'idle' || phase === 'finding' ? (
        <>
          <CommandButton command="tests.run" icon={Play} kind="primary" small>
            Run all
          </CommandButton>
          <CommandButton command="tests.runFailed" icon={RotateCcw} small>
            Run failed
          </CommandButton>
        </>
      ) : (
        <CommandButton command="tests.stop" icon={Square} small>
          Stop
        </CommandButton>
      )}
      <SearchField
        aria-label="Filter the tests"
        placeholder="Filter by name"
        value={filter.search}
        onChange={(search) => {
          onFilter({ ...filter, search });
        }}
      />
      <div className="tests-only">
        <Select
          small
          label="Which tests"
          choices={kinds}
          value={filter.only}
          onChange={(only) => {
            onFilter({ ...filter, only });
          }}
        />
      </div>
      <ToolbarSpace />
      <TestOptions />
      <IconButton
        icon={RefreshCw}
        label="Look for tests anew"
        disabled={phase !== 'idle'}
        onClick={() => void attempt(notify, 'The tests could not be looked for', () => store.find())}
      />
    </Toolbar>
  );
}

/** How far the run is, or how the last one ended. */
function RunLine() {
  const status = useTests((state) => state.status);
  const waiting = useTests((state) => state.waiting.size);
  const known = useDeferredValue(useTests((state) => state));
  const counts = useMemo(() => allCounts(testTree(known, { search: '', only: 'all' })), [known]);
  const ended = status.chosen.length - waiting;
  const words = countWords(counts);
  const time = status.milliseconds === null ? '' : durationWords(status.milliseconds);
  const outcome = [words, time, status.cancelled ? 'stopped' : ''].filter(Boolean).join(' · ');
  const share = status.phase === 'tests' ? ended / Math.max(status.chosen.length, 1) : null;
  if (status.phase === 'idle' && outcome === '') return null;
  return (
    <div className="tests-line">
      <span className="tests-line-words" role="status">
        {status.phase === 'idle' ? (
          <span className={counts.failed > 0 ? 'tests-failed' : 'tests-passed'}>{outcome}</span>
        ) : (
          <>
            <Spinner />
            <span className="tests-line-phase">{phaseWords(status, ended)}</span>
            {words !== '' && <span className="tests-line-counts">{words}</span>}
          </>
        )}
      </span>
      {status.phase !== 'idle' && <ProgressBar label="Tests" value={share} />}
    </div>
  );
}

function Stale() {
  const { tests: store, notify } = useStudio();
  return (
    <Banner
      tone="info"
      actions={
        <Button
          small
          onClick={() => void attempt(notify, 'The tests could not be looked for', () => store.find())}
        >
          Look for tests anew
        </Button>
      }
    >
      The code was changed since. Running the tests takes it as it is.
    </Banner>
  );
}

function NoTests({ filtered, onAll }: { readonly filtered: boolean; readonly onAll: () => void }) {
  const { phase, failure, runner } = useTests((state) => state.status);
  if (filtered) {
    return (
      <EmptyState
        icon={FlaskConical}
        title="No test matches"
        actions={<Button onClick={onAll}>Show all tests</Button>}
      >
        None of the tests is of this kind and has this text.
      </EmptyState>
    );
  }
  if (failure !== null) return null;
  if (phase !== 'idle' || runner === null) {
    return (
      <EmptyState icon={FlaskConical} title="Looking for tests">
        The project’s own runner is asked which there are. None is run.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={FlaskConical} title="No tests yet">
      {runner === 'django' ? (
        <>
          Django finds classes of <code>django.test.TestCase</code> in files named <code>test*.py</code>.
        </>
      ) : (
        <>pytest finds functions and classes as the project configures it.</>
      )}
    </EmptyState>
  );
}
