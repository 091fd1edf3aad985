import { X } from 'lucide-react';
import { useState } from 'react';
import type { Trace } from '../../../shared/contract/trace-calls.ts';
import { useStudio, useTraces } from '../../stores/studio-context.tsx';
import { durationWords, statusTone } from '../../ui/answer-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Tabs, type TabItem } from '../../ui/tabs.tsx';
import { FailurePanel } from './failure-panel.tsx';
import { PlaceLink } from './place-link.tsx';
import { TraceQueries } from './trace-queries.tsx';
import { queryWords } from './trace-words.ts';

/** What the request in sight did. */
export function TraceDetail() {
  const trace = useTraces((state) => state.trace);
  const failure = useTraces((state) => state.failure);
  if (failure !== null) return <Banner tone="warning">{failure.message}</Banner>;
  if (trace === null) {
    return (
      <div className="trace-reading">
        <Spinner />
      </div>
    );
  }
  return <Detail key={trace.id} trace={trace} />;
}

function Detail({ trace }: { readonly trace: Trace }) {
  const { traces } = useStudio();
  const [tab, setTab] = useState<string | null>(null);
  const items = tabsOf(trace);
  const first = trace.failure !== null ? 'failure' : trace.queries.length > 0 ? 'sql' : 'more';
  return (
    <section className="trace" aria-label={`${trace.method} ${trace.path}`}>
      <header className="trace-title">
        <Badge tone={trace.exception === null ? statusTone(trace.status ?? 0) : 'danger'}>
          {trace.status ?? 'cut'}
        </Badge>
        <code title={trace.path}>
          {trace.method} {trace.path}
        </code>
        <IconButton icon={X} label="Close" onClick={() => void traces.show(null)} />
      </header>
      <Facts trace={trace} />
      <Tabs label="What the request did" value={tab ?? first} onChange={setTab} items={items} />
    </section>
  );
}

function Facts({ trace }: { readonly trace: Trace }) {
  const { milliseconds, size, user, file, line, view, route, routeName, generation } = trace;
  return (
    <dl className="trace-facts">
      <dt>Took</dt>
      <dd>
        {durationWords(milliseconds)} · {queryWords(trace)} · {byteSize(size)}
      </dd>
      {view !== null && (
        <>
          <dt>View</dt>
          <dd>
            <code>{view}</code>
            {file !== null && <PlaceLink file={file} line={line} />}
          </dd>
        </>
      )}
      {route !== null && (
        <>
          <dt>Route</dt>
          <dd>
            <code>{route}</code>
            {routeName !== null && <span className="trace-faint">{routeName}</span>}
          </dd>
        </>
      )}
      <dt>User</dt>
      <dd>{user ?? <span className="trace-faint">not asked for</span>}</dd>
      <dt>Code</dt>
      <dd className="trace-faint">generation {generation}</dd>
    </dl>
  );
}

function tabsOf(trace: Trace): readonly TabItem[] {
  const { failure, queries, logs, templates } = trace;
  return [
    ...(failure === null
      ? []
      : [
          {
            id: 'failure',
            label: failure.type,
            content: <FailurePanel failure={failure} lastGood={false} label="Why the request failed" />,
          },
        ]),
    {
      id: 'sql',
      label: <Counted words="SQL" count={queries.length} />,
      content: <TraceQueries trace={trace} />,
    },
    { id: 'logs', label: <Counted words="Log" count={logs.length} />, content: <Logs trace={trace} /> },
    {
      id: 'more',
      label: <Counted words="Templates" count={templates.length} />,
      content: <More trace={trace} />,
    },
  ];
}

function Counted({ words, count }: { readonly words: string; readonly count: number }) {
  return (
    <>
      {words}
      {count > 0 && <Badge>{count}</Badge>}
    </>
  );
}

function Logs({ trace }: { readonly trace: Trace }) {
  if (trace.logs.length === 0) return <p className="trace-nothing">The request logged nothing.</p>;
  return (
    <ul className="trace-logs" aria-label="Log of the request">
      {trace.logs.map((line, index) => (
        <li key={index}>
          <span className={`trace-level trace-level-${line.level}`}>{line.level}</span>
          <span className="trace-words">{line.text}</span>
          <PlaceLink file={line.file} line={line.line} />
        </li>
      ))}
    </ul>
  );
}

function More({ trace }: { readonly trace: Trace }) {
  const { templates, signals, cacheHits, cacheMisses } = trace;
  return (
    <dl className="trace-facts trace-more">
      <dt>Templates</dt>
      <dd>
        {templates.length === 0 && <span className="trace-faint">none</span>}
        <ul>
          {templates.map(({ name, count }) => (
            <li key={name}>
              <code>{name}</code>
              {count > 1 && <span className="trace-faint"> {count} times</span>}
            </li>
          ))}
        </ul>
      </dd>
      <dt>Cache</dt>
      <dd>
        {cacheHits + cacheMisses === 0 ? (
          <span className="trace-faint">not asked</span>
        ) : (
          `${cacheHits} found, ${cacheMisses} missed`
        )}
      </dd>
      <dt>Signals</dt>
      <dd>
        {signals.length === 0 && <span className="trace-faint">none that anything listens to</span>}
        <ul>
          {signals.map(({ name, sender }, index) => (
            <li key={index}>
              <code>{name}</code> <span className="trace-faint">{sender}</span>
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}
