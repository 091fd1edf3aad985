import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../../shared/contract/failure.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { changeBetween } from '../../../shared/django/snapshot-change.ts';
import { createSourceIndex } from '../../../shared/django/source-index.ts';
import { createPythonParser } from '../../../shared/python/parser.ts';
import { hashBytes } from './text-file.ts';
import type { SourceThreadEvents, WorkerMessage, WorkerRequest, WorkerStart } from './worker-messages.ts';
import { openWorkspaceSource, type WorkspaceSource } from './workspace-source.ts';

// The thread in which the user's source is walked, read, parsed and written: the window and the host
// must never wait for it.
const port = parentPort;
if (port === null) throw new Error('This module is a worker.');
const say = (message: WorkerMessage): void => {
  port.postMessage(message);
};
const telling =
  (event: keyof SourceThreadEvents) =>
  (payload: unknown): void => {
    say({ kind: 'event', event, payload });
  };

const { resolve } = createRequire(import.meta.url);
const start = workerData as WorkerStart;
const parser = await createPythonParser({
  runtime: await readFile(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: await readFile(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});
/** The one the other side has: it asks for the first, and is told what changes it. */
let told: ProjectSnapshot | null = null;
const source = await openWorkspaceSource({
  ...start,
  index: createSourceIndex({
    parser,
    hash: (text) => hashBytes(Buffer.from(text, 'utf8')),
    workspaceRoot: start.root,
    project: start.project,
  }),
  events: {
    onSnapshot: (snapshot) => {
      telling('onSnapshotChange')(changeBetween(told, snapshot));
      told = snapshot;
    },
    onFiles: telling('onFiles'),
    onHistory: telling('onHistory'),
    onError: telling('onError'),
  },
});

told = await source.snapshot();

port.on('message', (request: WorkerRequest) => {
  const { id } = request;
  answer(source, request).then(
    (value) => {
      say({ kind: 'value', id, value });
    },
    (error: unknown) => {
      say(
        error instanceof Failure
          ? { kind: 'failure', id, failure: error.toValue() }
          : { kind: 'bug', id, error },
      );
    },
  );
});

function answer(target: WorkspaceSource, request: WorkerRequest): Promise<unknown> {
  const method = target[request.call] as (...args: readonly unknown[]) => Promise<unknown>;
  return method(...request.args);
}
