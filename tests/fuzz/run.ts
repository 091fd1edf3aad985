import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { corpus, corpusFolder } from '../conformance/corpus.ts';
import { corpusFiles } from '../conformance/read-corpus.ts';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { LIBRARY, testParser } from '../unit/shared/source-fixture.ts';
import { operationKinds } from './generators/generators.ts';
import type { Bench } from './laws.ts';
import { runFormatters } from './run-formatters.ts';
import { startJudge } from './python-judge.ts';
import { describeFinding } from './shrink.ts';
import { printTallies, sumTallies } from './tallies.ts';
import { walk, type Finding, type WalkResult } from './walk.ts';

// `npm run test:fuzz`: random operations over the projects of the corpus, or over a small one where there is none.
// A finding names seed and project: `npm run test:fuzz -- --project wagtail --seed 1` makes it again.
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    project: { type: 'string' },
    kinds: { type: 'string' },
    shown: { type: 'string', default: '12' },
    formatter: { type: 'boolean', default: false },
  },
});
const total = Number(values.operations);
const kinds = operationKinds.filter((kind) => kind.startsWith(values.kinds ?? ''));
await ensurePythonEnvironment();
if (values.formatter) process.exit(await runFormatters(total, Number(values.seed), kinds));
const fetched = corpus.filter((project) => existsSync(corpusFolder(project)));
const all = [
  { name: 'library', read: () => new Map(Object.entries(LIBRARY)) },
  ...fetched.map((project) => ({ name: project.name, read: () => corpusFiles(project) })),
];
const named = values.project?.split(',');
const projects = all.filter(({ name }) => named?.includes(name) ?? true);
if (fetched.length === 0)
  console.log('The corpus is not there (npm run corpus): only a small project is walked.');

// Ctrl-C ends the walk after the operation at hand; what was found until then is told.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption.abort();
  });
}

const bench: Bench = { parser: await testParser(), judge: startJudge() };
const results: WalkResult[] = [];
const sorts = new Map<string, Finding>();
const started = performance.now();
const share = Math.ceil(total / projects.length);
for (const { name, read } of projects) {
  if (interruption.signal.aborted) break;
  const begun = performance.now();
  const options = { seed: Number(values.seed), operations: share, kinds, signal: interruption.signal };
  const result = await walk(name, read(), options, bench);
  results.push(result);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${name}: ${result.findings.length} findings, ${seconds} s`);
  for (const finding of result.findings) {
    const { operation, breach } = finding;
    console.log(`  seed ${values.seed}, “${breach.law}”: ${JSON.stringify(operation)}`);
    // One of each sort is enough to mend it.
    const sort = `${operation.kind} ${breach.law}`;
    if (!sorts.has(sort)) sorts.set(sort, finding);
  }
}

const minutes = ((performance.now() - started) / 60_000).toFixed(1);
printTallies(sumTallies(results));
const found = results.reduce((sum, { findings }) => sum + findings.length, 0);
console.log(`\n${minutes} minutes: ${found} findings of ${sorts.size} sorts`);
for (const finding of [...sorts.values()].slice(0, Number(values.shown))) {
  console.log(`\n${await describeFinding(finding, bench)}`);
}
await bench.judge.end();
bench.parser.dispose();
process.exitCode = found === 0 ? 0 : 1;
