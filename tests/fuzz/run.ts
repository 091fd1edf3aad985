import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { OperationKind } from '../../shared/django/operations.ts';
import { corpus, corpusFolder } from '../conformance/corpus.ts';
import { corpusFiles } from '../conformance/read-corpus.ts';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { LIBRARY, testParser } from '../unit/shared/source-fixture.ts';
import { operationKinds } from './generators/generators.ts';
import type { Bench } from './laws.ts';
import { startJudge } from './python-judge.ts';
import { describeFinding } from './shrink.ts';
import { walk, type Finding, type Tally } from './walk.ts';

// `npm run test:fuzz`: random operations over the projects of the corpus, or over a small one where there is none.
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    project: { type: 'string' },
    kinds: { type: 'string' },
    shown: { type: 'string', default: '12' },
  },
});
const total = Number(values.operations);
const kinds = operationKinds.filter((kind) => kind.startsWith(values.kinds ?? ''));
await ensurePythonEnvironment();
const fetched = corpus.filter((project) => existsSync(corpusFolder(project)));
const all = [
  { name: 'library', read: () => new Map(Object.entries(LIBRARY)) },
  ...fetched.map((project) => ({ name: project.name, read: () => corpusFiles(project) })),
];
const projects = all.filter(({ name }) => values.project === undefined || name === values.project);
if (fetched.length === 0)
  console.log('The corpus is not there (npm run corpus): only a small project is walked.');

const bench: Bench = { parser: await testParser(), judge: startJudge() };
const tallies = new Map<OperationKind, Tally>();
const refusals = new Map<string, number>();
const findings: Finding[] = [];
const started = performance.now();
const share = Math.ceil(total / projects.length);
for (const [at, { name, read }] of projects.entries()) {
  const begun = performance.now();
  const seed = Number(values.seed) + at;
  const result = await walk(name, read(), { seed, operations: share, kinds }, bench);
  for (const [kind, { planned, refused, broken }] of result.tallies) {
    const sum = tallies.get(kind) ?? { planned: 0, refused: 0, broken: 0 };
    tallies.set(kind, {
      planned: sum.planned + planned,
      refused: sum.refused + refused,
      broken: sum.broken + broken,
    });
  }
  for (const [sentence, count] of result.refusals)
    refusals.set(sentence, (refusals.get(sentence) ?? 0) + count);
  findings.push(...result.findings);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  console.log(`${name} (seed ${seed}): ${result.findings.length} findings, ${seconds} s`);
}

// One of each sort is enough to mend it.
const sorts = new Map(findings.map((one) => [`${one.operation.kind} ${one.breach.law}`, one]));
for (const finding of [...sorts.values()].slice(0, Number(values.shown))) {
  console.log(`\n${await describeFinding(finding, bench)}`);
}
console.log('\nkind, planned, refused, broken');
for (const [kind, { planned, refused, broken }] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(
    `${kind.padEnd(26)}${String(planned).padStart(7)}${String(refused).padStart(7)}${String(broken).padStart(7)}`,
  );
}
console.log('\nmost frequent refusals');
for (const [sentence, count] of [...refusals].sort((a, b) => b[1] - a[1]).slice(0, 25)) {
  console.log(`${String(count).padStart(6)}  ${sentence}`);
}
const made = [...tallies.values()].reduce((sum, each) => sum + each.planned + each.refused + each.broken, 0);
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(`\n${made} operations in ${minutes} minutes: ${findings.length} findings of ${sorts.size} sorts`);
await bench.judge.end();
bench.parser.dispose();
process.exitCode = findings.length === 0 ? 0 : 1;
