import { useVirtualizer } from '@tanstack/react-virtual';
import { Repeat } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { TraceSummary } from '../../../shared/contract/trace-calls.ts';
import { useStudio, useTraces } from '../../stores/studio-context.tsx';
import { durationWords, statusTone } from '../../ui/answer-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { clockTime } from './log-rows.ts';

interface TraceListProps {
  readonly traces: readonly TraceSummary[];
  /** Stays at the newest request. */
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
}

const ROW_HEIGHT = 28;

/** The requests, newest last; arrow keys go from one to the next. */
export function TraceList({ traces, follow, onFollow }: TraceListProps) {
  const { traces: store } = useStudio();
  const shown = useTraces((state) => state.shown);
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const virtual = useVirtualizer({
    count: traces.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const last = traces.at(-1)?.id;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && follow) element.scrollTop = element.scrollHeight;
  }, [follow, last, traces.length]);

  const go = (step: number): void => {
    const place = traces.findIndex(({ id }) => id === shown);
    const next = traces[Math.min(Math.max(place + step, 0), traces.length - 1)];
    if (next === undefined) return;
    void store.show(next.id);
    virtual.scrollToIndex(traces.indexOf(next));
  };

  return (
    <div className="trace-table">
      <div className="trace-row trace-head" aria-hidden>
        <span>Time</span>
        <span>Request</span>
        <span>Status</span>
        <span className="trace-number">SQL</span>
        <span className="trace-number">Took</span>
      </div>
      <div
        ref={scroller}
        className="trace-rows"
        role="listbox"
        aria-label="Requests"
        aria-activedescendant={shown === null ? undefined : `trace-${shown}`}
        tabIndex={0}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
          if (step !== undefined) go(step);
          else if (event.key === 'Escape') void store.show(null);
          else return;
          event.preventDefault();
        }}
        onScroll={({ currentTarget: element }) => {
          const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_HEIGHT;
          if (atEnd !== follow) onFollow(atEnd);
        }}
      >
        <div className="trace-space" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const trace = traces[index];
            return trace && <TraceRow key={trace.id} trace={trace} top={start} chosen={trace.id === shown} />;
          })}
        </div>
      </div>
    </div>
  );
}

interface TraceRowProps {
  readonly trace: TraceSummary;
  readonly top: number;
  readonly chosen: boolean;
}

function TraceRow({ trace, top, chosen }: TraceRowProps) {
  const { traces } = useStudio();
  const { id, time, method, path, status, exception, queryCount, repeated, milliseconds } = trace;
  return (
    <div
      id={`trace-${id}`}
      role="option"
      aria-selected={chosen}
      className={classNames('trace-row', chosen && 'trace-row-chosen')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => void traces.show(id)}
    >
      <span className="trace-time">{clockTime(time)}</span>
      <span className="trace-path" title={`${method} ${path}`}>
        <span className="trace-method">{method}</span> {path}
      </span>
      <span>
        <Badge tone={exception === null ? statusTone(status ?? 0) : 'danger'}>{status ?? 'cut'}</Badge>
      </span>
      <span className={classNames('trace-number', repeated > 0 && 'trace-repeated')}>
        {repeated > 0 && <Repeat size={11} role="img" aria-label={`${repeated} repeated`} />}
        {queryCount === 0 ? '' : queryCount}
      </span>
      <span className="trace-number">{durationWords(milliseconds)}</span>
    </div>
  );
}
