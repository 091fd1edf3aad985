import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from '../../scripts/build.ts';
import { ensureChromium } from '../../scripts/chromium.ts';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { measure, type Benchmark, type Result } from './measure.ts';
import { newProjectToFirstResponse } from './new-project.ts';
import { saveToNewResponse } from './reload.ts';
import { editToSnapshot, firstSnapshot, plansInLargeModule } from './source.ts';
import { startUpToInteractive } from './start-up.ts';

// Every benchmark of the studio is a line here; `npm run bench -- NAME …` runs some of them.
const benchmarks: readonly Benchmark[] = [
  startUpToInteractive,
  newProjectToFirstResponse,
  saveToNewResponse,
  firstSnapshot,
  editToSnapshot,
  ...plansInLargeModule,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, rounds: { type: 'string' } },
});
const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0) {
  console.error(`No such benchmark. There are: ${benchmarks.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

await build();
await ensurePythonEnvironment();
ensureChromium();

const results: Result[] = [];
for (const benchmark of chosen) {
  console.log(`${benchmark.name} …`);
  results.push(await measure(benchmark, values.rounds === undefined ? undefined : Number(values.rounds)));
}

const machine = {
  processors: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
console.log(
  `\n${machine.processors} processors, ${machine.memoryGiB} GiB, Node ${machine.node}, ${machine.platform}\n`,
);
console.table(
  Object.fromEntries(
    results.map((result) => [
      result.name,
      {
        'studio median': rounded(result.studio.median, result.unit),
        'studio p90': rounded(result.studio.p90, result.unit),
        'without median': rounded(result.reference.median, result.unit),
        'without / studio': `${result.ratio.toFixed(2)} ×`,
        rounds: result.studio.rounds,
      },
    ]),
  ),
);
for (const { name, studio, reference } of results) {
  console.log(`${name}\n  studio:  ${studio.what}\n  without: ${reference.what}`);
}
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}

function rounded(value: number, unit: string): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}
