import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { createSourceIndex } from '../../shared/django/source-index.ts';
import { createPythonParser } from '../../shared/python/parser.ts';
import type { EngineAnswer, EngineTask } from './source-engine.ts';

const { resolve } = createRequire(import.meta.url);
const parser = await createPythonParser({
  runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: readFileSync(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});
const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const index = createSourceIndex({ parser, hash, workspaceRoot: '/workspace' });

let round = 0;

/** What was planned is kept until a file changes, so one does: each plan is measured as if it were the first. */
function forgetPlans(): void {
  round += 1;
  const text = `ROUND = ${String(round)}\n`;
  index.setFile('config/rounds.py', text, hash(text));
  index.snapshot();
}

parentPort?.on('message', (task: EngineTask) => {
  if (task.kind === 'plan') forgetPlans();
  const start = performance.now();
  if (task.kind === 'plan') index.plan(task.operation);
  else if (task.kind === 'memory') globalThis.gc?.();
  else {
    for (const [path, text] of task.files) index.setFile(path, text, hash(text));
    index.snapshot();
  }
  const milliseconds = performance.now() - start;
  const { heapUsed: heap, external } = process.memoryUsage();
  parentPort?.postMessage({ milliseconds, heap, external } satisfies EngineAnswer);
});
