import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { createSourceIndex } from '../../../shared/django/source-index.ts';
import { createPythonParser } from '../../../shared/python/parser.ts';
import type { RevisionFile } from './revision-files.ts';

/** What the worker is started with. */
export interface RevisionStart {
  readonly files: readonly RevisionFile[];
  readonly root: string;
  readonly project: string | null;
}

// Parses the sources of a revision once and ends: neither the window nor the source as it is now waits for it.
const { files, root, project } = workerData as RevisionStart;
const { resolve } = createRequire(import.meta.url);
const parser = await createPythonParser({
  runtime: await readFile(resolve('web-tree-sitter/web-tree-sitter.wasm')),
  grammar: await readFile(resolve('tree-sitter-python/tree-sitter-python.wasm')),
});
// Nothing is ever planned from it, so that the texts need no hashes.
const index = createSourceIndex({ parser, hash: () => '', workspaceRoot: root, project });
for (const { path, text } of files) index.setFile(path, text, '');
parentPort?.postMessage(index.snapshot().models);
