import { makeLargeProject } from '../support/large-project.ts';
import { startEngine } from './source-engine.ts';

/** What the source engine takes for a project; megabytes. */
export interface SourceMemory {
  readonly source: number;
  readonly models: number;
  /** By how much the whole process is larger than before the thread was there: what people see in their monitor. */
  readonly grown: number;
  readonly heap: number;
  readonly external: number;
}

// A process that does nothing else, so that what it grows by is the thread's.
const SIZE = { files: 800, modelsPerFile: 10 };
const MEGABYTE = 2 ** 20;

let files: readonly (readonly [string, string])[] = [...makeLargeProject(SIZE)];
const source = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
globalThis.gc?.();
const before = process.memoryUsage.rss();
const engine = startEngine();
await engine.run({ kind: 'snapshot', files });
files = [];
globalThis.gc?.();
const grown = process.memoryUsage.rss() - before;
const { heap, external } = await engine.memory();
const rounded = (bytes: number): number => Math.round(bytes / MEGABYTE);
const answer: SourceMemory = {
  source: source / MEGABYTE,
  models: SIZE.files * SIZE.modelsPerFile,
  grown: rounded(grown),
  heap: rounded(heap),
  external: rounded(external),
};
process.stdout.write(JSON.stringify(answer));
await engine.end();
