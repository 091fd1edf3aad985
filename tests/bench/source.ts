import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Operation } from '../../shared/django/operations.ts';
import { makeLargeProject } from '../support/large-project.ts';
import { testPython } from '../support/python-environment.ts';
import type { Benchmark } from './measure.ts';
import { startEngine } from './source-engine.ts';

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

/** A plan for a module of 5,000 lines that the studio has read; each in a thread of its own, from its first time on. */
function planInLargeModule(operation: Operation): Benchmark {
  return {
    name: `plan-${operation.kind}`,
    studio: `the plan of ${operation.kind} in a module of 5,000 lines`,
    reference: 'ast.parse of CPython reads that module, and then the changed one',
    unit: 'ms',
    rounds: 15,
    prepare: async () => {
      const size = { files: 1, modelsPerFile: 185 };
      const large = largeModule(size);
      const engine = startEngine();
      const python = startPython();
      await engine.run({ kind: 'snapshot', files: [...makeLargeProject(size)] });
      return {
        studio: () => engine.run({ kind: 'plan', operation }),
        reference: () => python.parse([large, large]),
        dispose: async () => {
          await Promise.all([engine.end(), python.end()]);
        },
      };
    },
  };
}

const model = 'app_0.Thing90';
const field = { name: 'added', type: 'CharField', to: null, options: { max_length: '10' } };

const samples: readonly Operation[] = [
  { kind: 'field.add', model, after: 'title', field },
  {
    kind: 'field.change',
    model,
    field: 'title',
    type: 'CharField',
    to: null,
    set: { max_length: '9' },
    unset: [],
  },
  { kind: 'field.rename', model, field: 'title', name: 'heading' },
  { kind: 'field.remove', model, field: 'is_active' },
  { kind: 'field.reorder', model, field: 'title', after: 'price' },
  { kind: 'meta.set', model, option: 'db_table', code: "'things'" },
  {
    kind: 'meta.addEntry',
    model,
    option: 'indexes',
    code: "models.Index(fields=['title'], name='by_title')",
  },
  { kind: 'model.add', app: 'app_0', name: 'Added', fields: [field], admin: false },
  { kind: 'model.rename', model, name: 'Renamed' },
  { kind: 'model.duplicate', model, name: 'Copied' },
  { kind: 'model.setStr', model, pattern: '{title} in short' },
  { kind: 'model.addManager', model, name: 'objects', queryset: 'ThingQuerySet' },
  { kind: 'choices.extract', model, field: 'status', name: 'Status' },
];

/** One plan of each kind that edits a module of models, in the middle of it. */
export const plansInLargeModule: readonly Benchmark[] = samples.map(planInLargeModule);

function largeModule(size: { readonly files: number; readonly modelsPerFile: number }): string {
  return makeLargeProject(size).get(LARGE_MODULE) ?? '';
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
