import { Worker } from 'node:worker_threads';
import { workerUrl } from '../worker-url.ts';

// The process that is ended when a statement runs too long. SQLite runs in a thread of it, because a
// thread in an endless statement hears nothing: this one still hears that the studio is gone, and ends
// both. (A thread of the studio itself would not do: Node can't end one that is inside SQLite.)

/** What a utility process of Electron has in the place of Node's channel; Electron ends it with the studio. */
interface ParentPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (name: 'message', listener: (event: { readonly data: unknown }) => void) => void;
}

const { parentPort } = process as { readonly parentPort?: ParentPort };

const endAtOnce = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const worker = new Worker(workerUrl('database-worker', import.meta.url));
if (parentPort === undefined) {
  worker.on('message', (message: unknown) => process.send?.(message));
  process.on('message', (message) => {
    worker.postMessage(message);
  });
  process.on('disconnect', endAtOnce);
} else {
  worker.on('message', (message: unknown) => {
    parentPort.postMessage(message);
  });
  parentPort.on('message', ({ data }) => {
    worker.postMessage(data);
  });
}
// Ctrl-C in a terminal reaches the whole group; only the studio decides when this process ends.
process.on('SIGINT', () => undefined);
