import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { measure, type Benchmark } from './measure.ts';
import { editToSnapshot, firstSnapshot, plansInLargeModule } from './source.ts';
import type { SourceMemory } from './source-memory.ts';

// How fast the source engine is in its thread, beside CPython reading the same files in the same run, and what it
// must not exceed. `npm run bench:source -- NAME …` runs some of them; --check ends with an error where one does.
const LIMITS = { 'first-snapshot': 800, 'edit-to-snapshot': 30, plan: 20, megabytes: 300 } as const;

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const chosen = ([benchmark]: readonly [Benchmark, number]): boolean =>
  names.length === 0 || names.includes(benchmark.name);
const benchmarks = [
  [firstSnapshot, LIMITS['first-snapshot']] as const,
  [editToSnapshot, LIMITS['edit-to-snapshot']] as const,
  ...plansInLargeModule.map((plan) => [plan, LIMITS.plan] as const),
];
let exceeded = false;

await ensurePythonEnvironment();
console.log('what                      median       p90     limit   ast.parse   of ast.parse');
for (const [benchmark, limit] of benchmarks.filter(chosen)) {
  const { name, studio, reference, ratio } = await measure(benchmark);
  exceeded ||= studio.median > limit;
  const cells = [
    milliseconds(studio.median),
    milliseconds(studio.p90),
    milliseconds(limit),
    milliseconds(reference.median).padStart(12),
    `${(1 / ratio).toFixed(2)} ×`.padStart(14),
  ];
  console.log(`${name.padEnd(22)}${cells.join('')}`);
}

if (names.length === 0 || names.includes('memory')) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    new URL('source-memory.ts', import.meta.url).pathname,
  ]);
  const memory = JSON.parse(stdout) as SourceMemory;
  exceeded ||= memory.grown > LIMITS.megabytes;
  console.log(
    `memory                ${memory.source.toFixed(1)} MB of source, ${memory.models} models: the process has ` +
      `${memory.grown} MB more than before the thread (limit ${LIMITS.megabytes}); in use in it are ` +
      `${memory.heap} MB of objects and ${memory.external} MB of WebAssembly and buffers`,
  );
}
if (exceeded && process.argv.includes('--check')) process.exitCode = 1;

function milliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`.padStart(10);
}
