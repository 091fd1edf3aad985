import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { LinkedText } from './linked-text.tsx';
import { clockTime, type LogRow } from './log-rows.ts';

interface ServerLogProps {
  readonly rows: readonly LogRow[];
  readonly search: string;
  /** Stays at the newest line. */
  readonly follow: boolean;
  /** The user scrolled away from the end, or back to it. */
  readonly onFollow: (follow: boolean) => void;
}

const ROW_HEIGHT = 20;
// Time, level and the space around them, in characters.
const MARGIN = 26;

/** The log, however long: only the rows in sight are in the page. */
export function ServerLog({ rows, search, follow, onFollow }: ServerLogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const widest = useMemo(() => rows.reduce((most, row) => Math.max(most, row.text.length), 0), [rows]);
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  const last = rows.at(-1)?.id;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && follow) element.scrollTop = element.scrollHeight;
  }, [follow, last, rows.length]);
  return (
    <div
      ref={scroller}
      className="server-log"
      role="log"
      aria-label="Log of the server"
      aria-live="off"
      tabIndex={0}
      onScroll={({ currentTarget: element }) => {
        const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_HEIGHT;
        if (atEnd !== follow) onFollow(atEnd);
      }}
    >
      <div
        className="server-log-rows"
        style={{ height: virtual.getTotalSize(), minWidth: `${widest + MARGIN}ch` }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={row.id}
                className={classNames(
                  'server-log-row',
                  `server-log-${row.line.level}`,
                  row.line.stream === 'studio' && 'server-log-studio',
                  // The frames of a traceback are read, its message is seen.
                  /^\s/.test(row.text) && 'server-log-indented',
                )}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span className="server-log-time">{row.first ? clockTime(row.line.time) : ''}</span>
                <span className="server-log-level">{row.first ? levelWord(row) : ''}</span>
                <span className="server-log-text" title={row.line.logger ?? undefined}>
                  <LinkedText row={row} search={search} />
                </span>
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** Plain output has no level of its own. */
function levelWord({ line }: LogRow): string {
  return line.logger === null && line.level === 'info' ? '' : line.level;
}
