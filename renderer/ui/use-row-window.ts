import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import {
  revealing,
  scrolledHeight,
  scrolledTo,
  settled,
  visibleRows,
  type RowWindow,
  type RowWindowSize,
} from './row-window.ts';

/** The rows of a scrolled element that are in the page. */
export interface VisibleRows {
  readonly first: number;
  readonly last: number;
  /** Height of the element that holds them. */
  readonly height: number;
  /** Where a row stands in it. */
  readonly startOf: (row: number) => number;
  readonly reveal: (row: number) => void;
}

interface RowWindowOptions {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of what stands above the rows and stays in sight. */
  readonly header: number;
}

const MORE = 10;

/** Keeps the rows in sight in the page, also of a table of ten million. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { rows, rowHeight, header }: RowWindowOptions,
): VisibleRows {
  const [viewport, setViewport] = useState(0);
  const [seen, setSeen] = useState<RowWindow>({ scroll: 0, top: 0 });
  const size: RowWindowSize = { rows, rowHeight, viewport };
  const latest = useRef({ size, seen });
  useLayoutEffect(() => {
    latest.current = { size, seen };
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const moveTo = (next: RowWindow): void => {
      latest.current = { ...latest.current, seen: next };
      // Before the browser paints: rows that come a frame too late are a white flash.
      flushSync(() => {
        setSeen(next);
      });
    };
    const onScroll = (): void => {
      if (element.scrollTop === latest.current.seen.scroll) return;
      moveTo(scrolledTo(latest.current.seen, element.scrollTop, latest.current.size));
    };
    const onScrollEnd = (): void => {
      const next = settled(latest.current.seen, latest.current.size);
      if (Math.abs(next.scroll - element.scrollTop) < 1) return;
      moveTo(next);
      element.scrollTop = next.scroll;
    };
    const observer = new ResizeObserver(() => {
      setViewport(Math.max(element.clientHeight - header, 0));
    });
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('scrollend', onScrollEnd);
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('scrollend', onScrollEnd);
    };
  }, [scroller, header]);

  const { first, last } = visibleRows(seen, size, MORE);
  return {
    first,
    last,
    height: scrolledHeight(size),
    startOf: (row) => row * rowHeight - seen.top + seen.scroll,
    reveal: (row) => {
      const next = revealing(latest.current.seen, row, latest.current.size);
      if (next === latest.current.seen) return;
      latest.current = { ...latest.current, seen: next };
      setSeen(next);
      scroller.current?.scrollTo({ top: next.scroll });
    },
  };
}
