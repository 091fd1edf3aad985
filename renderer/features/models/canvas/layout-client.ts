import type { LayoutInput, Positions } from './layout.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-worker.ts';
import { placeAnew, placeNew } from './placement.ts';

/** Finds places for models without holding up the window. */
export interface LayoutClient {
  /**
   * Places for all: those that have one keep it, those that are wanted somewhere come near to it. With no
   * places at all this is the layout of everything.
   */
  readonly place: (input: LayoutInput, placed: Positions, wanted?: Positions) => Promise<Positions>;
  /** Places for all where these are laid out anew, together, and the others stay. */
  readonly placeAnew: (
    input: LayoutInput,
    placed: Positions,
    models: ReadonlySet<string>,
  ) => Promise<Positions>;
  readonly dispose: () => void;
}

/** Fewer missing places than this take less time than starting a worker. */
const SMALL = 25;

interface Waiting extends Omit<LayoutRequest, 'id'> {
  readonly resolve: (positions: Positions) => void;
}

/** Starts the worker with the first scene that is worth it, and keeps it. */
export function createLayoutClient(): LayoutClient {
  let worker: Worker | null = null;
  let nextId = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): Worker => {
    const started = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      waiting.get(data.id)?.resolve(data.positions);
      waiting.delete(data.id);
    };
    // A worker that can't start (a stricter policy, a lost file) must not leave the canvas empty.
    started.onerror = () => {
      for (const { input, placed, wanted, resolve } of waiting.values())
        resolve(placeNew(input, placed, wanted));
      waiting.clear();
    };
    return started;
  };

  return {
    place: (input, placed, wanted = {}) => {
      const missing = input.nodes.filter((node) => !Object.hasOwn(placed, node.id)).length;
      if (missing <= SMALL) return Promise.resolve(placeNew(input, placed, wanted));
      worker ??= start();
      const target = worker;
      const id = (nextId += 1);
      return new Promise((resolve) => {
        waiting.set(id, { input, placed, wanted, resolve });
        target.postMessage({ id, input, placed, wanted } satisfies LayoutRequest);
      });
    },
    // A part of the picture is small enough to be laid out at once, and rarely more than an app.
    placeAnew: (input, placed, models) => Promise.resolve(placeAnew(input, placed, models)),
    dispose: () => {
      worker?.terminate();
      worker = null;
      waiting.clear();
    },
  };
}
