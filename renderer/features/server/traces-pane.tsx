import { ArrowDownToLine, CircleSlash, Radio, Trash2, Waypoints } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { attempt } from '../../stores/notices.ts';
import { useRememberedPanes, useServer, useStudio, useTraces } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Toolbar, ToolbarSpace } from '../../ui/pane.tsx';
import { Select } from '../../ui/select.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { SearchField } from '../../ui/text-field.tsx';
import { TraceDetail } from './trace-detail.tsx';
import { TraceList } from './trace-list.tsx';
import { filteredTraces, traceKinds, type TraceKind } from './trace-words.ts';
import './traces.css';

/** The requests to the user's server as they happen, and what each of them did. */
export function TracesPane() {
  const { traces: store, notify } = useStudio();
  const panes = useRememberedPanes('traces');
  const traces = useTraces((state) => state.traces);
  const on = useTraces((state) => state.on);
  const shown = useTraces((state) => state.shown);
  const [search, setSearch] = useState('');
  const [kind, setKind] = useState<TraceKind>('all');
  const [follow, setFollow] = useState(true);
  const all = useDeferredValue(traces);
  const words = useDeferredValue(search);
  const rows = useMemo(() => filteredTraces(all, { search: words, kind }), [all, words, kind]);
  useEffect(() => {
    void attempt(notify, 'The requests could not be read', store.need);
  }, [store, notify]);
  return (
    <>
      <Toolbar label="Requests">
        <SearchField
          aria-label="Filter the requests"
          placeholder="Filter by path, view or user"
          value={search}
          onChange={setSearch}
        />
        <div className="server-levels">
          <Select small label="Which requests" choices={traceKinds} value={kind} onChange={setKind} />
        </div>
        <span className="server-log-count" role="status">
          {rows.length === all.length ? '' : `${rows.length} of ${all.length}`}
        </span>
        <ToolbarSpace />
        <IconButton
          icon={Radio}
          label={on ? 'Requests are noted: press to stop' : 'Note what requests do'}
          pressed={on}
          onClick={() =>
            void attempt(notify, 'The requests could not be switched', () => store.switchTo(!on))
          }
        />
        <IconButton
          icon={ArrowDownToLine}
          label="Follow the newest request"
          pressed={follow}
          onClick={() => {
            setFollow(!follow);
          }}
        />
        <IconButton
          icon={Trash2}
          label="Forget the requests"
          disabled={traces.length === 0}
          onClick={() => void attempt(notify, 'The requests were not forgotten', store.forget)}
        />
      </Toolbar>
      {rows.length === 0 ? (
        <NoTraces
          on={on}
          filtered={all.length > 0}
          onAll={() => {
            setSearch('');
            setKind('all');
          }}
        />
      ) : (
        <div className="traces">
          <SplitPanes
            {...panes}
            panes={[
              {
                id: 'list',
                size: shown === null ? '100%' : '46%',
                min: 320,
                content: <TraceList traces={rows} follow={follow} onFollow={setFollow} />,
              },
              ...(shown === null ? [] : [{ id: 'detail', min: 320, content: <TraceDetail /> }]),
            ]}
          />
        </div>
      )}
    </>
  );
}

interface NoTracesProps {
  readonly on: boolean;
  readonly filtered: boolean;
  readonly onAll: () => void;
}

function NoTraces({ on, filtered, onAll }: NoTracesProps) {
  const { traces, notify } = useStudio();
  const ownCommand = useServer((state) => state.status.command !== undefined);
  if (filtered) {
    return (
      <EmptyState
        icon={Waypoints}
        title="No request matches"
        actions={<Button onClick={onAll}>Show all requests</Button>}
      >
        None of the requests is of this kind and has this text.
      </EmptyState>
    );
  }
  if (ownCommand) {
    return (
      <EmptyState icon={CircleSlash} title="Requests are not seen">
        A command of your own serves the project, so the studio does not see what its requests do. Run it with
        the studio’s server to see queries, times and failures.
      </EmptyState>
    );
  }
  if (!on) {
    return (
      <EmptyState
        icon={CircleSlash}
        title="Requests are not noted"
        actions={
          <Button
            kind="primary"
            onClick={() =>
              void attempt(notify, 'The requests could not be switched', () => traces.switchTo(true))
            }
          >
            Note what requests do
          </Button>
        }
      >
        Nothing of the studio is in the way of your project. Switch it on to see queries, times and failures.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Waypoints} title="No requests yet">
      Use your site: each request appears here with its view, its queries and its time.
    </EmptyState>
  );
}
