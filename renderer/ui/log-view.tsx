import { useLayoutEffect, useRef } from 'react';
import './log-view.css';

/** Lines that a program writes; stays at the end as long as the user does not scroll up. */
export function LogView({ label, lines }: { readonly label: string; readonly lines: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines]);
  return (
    <div
      ref={box}
      className="log-view"
      role="log"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget: element }) => {
        atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
      }}
    >
      {lines.join('\n')}
    </div>
  );
}
