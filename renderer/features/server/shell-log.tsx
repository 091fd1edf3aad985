import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { LinkedText } from './linked-text.tsx';
import type { ShellRow } from './shell-rows.ts';

const ROW_HEIGHT = 20;

/** What stands in the shell, however much: only the rows in sight are in the page. */
export function ShellLog({ rows }: { readonly rows: readonly ShellRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const widest = useMemo(() => rows.reduce((most, { text }) => Math.max(most, text.length), 0), [rows]);
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  const last = rows.at(-1);
  const typed = last?.kind === 'input' ? last.id : null;
  useLayoutEffect(() => {
    if (typed !== null) atEnd.current = true; // what was just typed is always in sight
  }, [typed]);
  // Each time: also what stands around it may have changed its size.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  });
  return (
    <div
      ref={scroller}
      className="shell-log"
      role="log"
      aria-label="Django shell"
      tabIndex={0}
      onScroll={({ currentTarget: element }) => {
        atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_HEIGHT;
      }}
    >
      <div className="shell-rows" style={{ height: virtual.getTotalSize(), minWidth: `${widest + 6}ch` }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={row.id}
                className={`shell-row shell-row-${row.kind}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.prompt !== '' && <span className="shell-prompt">{row.prompt}</span>}
                <LinkedText row={row} search="" />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
