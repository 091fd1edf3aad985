import { useState } from 'react';

interface Places<T> {
  readonly shown: T;
  readonly go: (place: T) => void;
  /** null where there is nowhere to go back to. */
  readonly back: (() => void) | null;
  readonly forward: (() => void) | null;
}

const KEPT = 100;

/** Where the person has been, to go back and forward. */
export function usePlaces<T>(first: T): Places<T> {
  const [{ places, at }, setState] = useState({ places: [first], at: 0 });
  const step = (to: number): (() => void) | null =>
    places[to] === undefined
      ? null
      : () => {
          setState({ places, at: to });
        };
  return {
    shown: places[at] ?? first,
    go: (place) => {
      const next = [...places.slice(0, at + 1), place].slice(-KEPT);
      setState({ places: next, at: next.length - 1 });
    },
    back: step(at - 1),
    forward: step(at + 1),
  };
}
