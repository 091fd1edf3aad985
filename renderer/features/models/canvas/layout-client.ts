import { layoutScene, type LayoutInput, type Positions } from './layout.ts';
import type { LayoutAnswer, LayoutRequest } from './layout-worker.ts';

/** Lays out scenes without holding up the window. */
export interface LayoutClient {
  readonly layout: (input: LayoutInput) => Promise<Positions>;
  readonly dispose: () => void;
}

/** Below this a layout takes less time than starting a worker. */
const SMALL = 25;

interface Waiting {
  readonly input: LayoutInput;
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
      for (const { input, resolve } of waiting.values()) resolve(layoutScene(input));
      waiting.clear();
    };
    return started;
  };

  return {
    layout: (input) => {
      if (input.nodes.length <= SMALL) return Promise.resolve(layoutScene(input));
      worker ??= start();
      const request: LayoutRequest = { id: (nextId += 1), input };
      const target = worker;
      return new Promise((resolve) => {
        waiting.set(request.id, { input, resolve });
        target.postMessage(request);
      });
    },
    dispose: () => {
      worker?.terminate();
      worker = null;
      waiting.clear();
    },
  };
}
