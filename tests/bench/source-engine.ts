import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { Operation } from '../../shared/django/operations.ts';
import { createSourceIndex } from '../../shared/django/source-index.ts';
import { createPythonParser } from '../../shared/python/parser.ts';

/** What the engine is asked to do: take these texts and make a snapshot, or plan an operation. */
export type EngineTask =
  | { readonly kind: 'snapshot'; readonly files: readonly (readonly [path: string, text: string])[] }
  | { readonly kind: 'plan'; readonly operation: Operation };

// A thread as the studio has one: each new one is as cold as after a start. It answers each task with its
// milliseconds.
const { resolve } = createRequire(import.meta.url);
const parser = await createPythonParser({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});
const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const index = createSourceIndex({ parser, hash, workspaceRoot: '/workspace' });

parentPort?.on('message', (task: EngineTask) => {
  const start = performance.now();
  if (task.kind === 'plan') index.plan(task.operation);
  else {
    for (const [path, text] of task.files) index.setFile(path, text, hash(text));
    index.snapshot();
  }
  parentPort?.postMessage(performance.now() - start);
});
