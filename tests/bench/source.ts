import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { makeLargeProject } from '../support/large-project.ts';
import { testPython } from '../support/python-environment.ts';
import type { Benchmark } from './measure.ts';
import type { EngineTask } from './source-engine.ts';

const THOUSAND_MODELS = { files: 100, modelsPerFile: 10 };
const LARGE_MODULE = 'app_0/models.py';

/** From the texts of 1,000 models in 100 files to the first snapshot, in a thread that is new. */
export const firstSnapshot: Benchmark = {
  name: 'first-snapshot',
  studio: 'a new thread reads 1,000 models in 100 files, with their views and routes, into a snapshot',
  reference: 'ast.parse of CPython reads the same files into syntax trees',
  unit: 'ms',
  rounds: 10,
  prepare: () => {
    const files = [...makeLargeProject(THOUSAND_MODELS)];
    const python = startPython();
    return Promise.resolve({
      studio: async () => {
        const engine = startEngine();
        const milliseconds = await engine.run({ kind: 'snapshot', files });
        await engine.end();
        return milliseconds;
      },
      reference: () => python.parse(files.map(([, text]) => text)),
      dispose: () => python.end(),
    });
  },
};

/** From another character in a module of 100 KB, among 1,000 other models, to the next snapshot. */
export const editToSnapshot: Benchmark = {
  name: 'edit-to-snapshot',
  studio: 'one character of a 100 KB module changes in a project of 1,000 models',
  reference: 'ast.parse of CPython reads that module alone',
  unit: 'ms',
  rounds: 40,
  prepare: async () => {
    const large = largeModule({ files: 1, modelsPerFile: 95 });
    const engine = startEngine();
    const python = startPython();
    await engine.run({
      kind: 'snapshot',
      files: [...makeLargeProject(THOUSAND_MODELS), [LARGE_MODULE, large]],
    });
    const middle = large.indexOf('max_length=200', large.length / 2);
    let round = 0;
    const edited = (): string =>
      `${large.slice(0, middle)}max_length=${100 + (round % 900)}${large.slice(middle + 14)}`;
    return {
      studio: () => {
        round += 1;
        return engine.run({ kind: 'snapshot', files: [[LARGE_MODULE, edited()]] });
      },
      reference: () => python.parse([edited()]),
      dispose: async () => {
        await Promise.all([engine.end(), python.end()]);
      },
    };
  },
};

/** A plan for a module of 5,000 lines that has just changed. */
export const planInLargeModule: Benchmark = {
  name: 'plan-in-large-module',
  studio: 'the plan of a new field in a module of 5,000 lines',
  reference: 'ast.parse of CPython reads that module, and then the changed one',
  unit: 'ms',
  rounds: 20,
  prepare: async () => {
    const size = { files: 1, modelsPerFile: 185 };
    const large = largeModule(size);
    const engine = startEngine();
    const python = startPython();
    await engine.run({ kind: 'snapshot', files: [...makeLargeProject(size)] });
    const field = { name: 'added', type: 'CharField', to: null, options: { max_length: '10' } };
    return {
      studio: () =>
        engine.run({
          kind: 'plan',
          operation: { kind: 'field.add', model: 'app_0.Thing90', after: 'title', field },
        }),
      reference: () => python.parse([large, large]),
      dispose: async () => {
        await Promise.all([engine.end(), python.end()]);
      },
    };
  },
};

function largeModule(size: { readonly files: number; readonly modelsPerFile: number }): string {
  return makeLargeProject(size).get(LARGE_MODULE) ?? '';
}

/** A thread with the engine in it. */
function startEngine(): {
  readonly run: (task: EngineTask) => Promise<number>;
  readonly end: () => Promise<unknown>;
} {
  const worker = new Worker(new URL('source-engine.ts', import.meta.url));
  return {
    run: async (task) => {
      const answer = once(worker, 'message') as Promise<[number]>;
      worker.postMessage(task);
      return (await answer)[0];
    },
    end: () => worker.terminate(),
  };
}

const PARSE = `
import ast, json, sys, time
for line in sys.stdin:
    texts = json.loads(line)
    start = time.perf_counter()
    trees = [ast.parse(text) for text in texts]
    print((time.perf_counter() - start) * 1000, flush=True)
    del trees
`;

/** One process of CPython that parses texts; its milliseconds are of the parsing alone. */
function startPython(): {
  readonly parse: (texts: readonly string[]) => Promise<number>;
  readonly end: () => Promise<void>;
} {
  const child = spawn(testPython, ['-c', PARSE], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  return {
    parse: async (texts) => {
      const answer = once(lines, 'line') as Promise<[string]>;
      child.stdin.write(`${JSON.stringify(texts)}\n`);
      return Number((await answer)[0]);
    },
    end: async () => {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}
