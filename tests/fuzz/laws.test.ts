import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIBRARY, testParser } from '../unit/shared/source-fixture.ts';
import { makeLargeProject } from '../support/large-project.ts';
import type { Bench } from './laws.ts';
import { startJudge } from './python-judge.ts';
import { describeFinding } from './shrink.ts';
import { walk } from './walk.ts';

let bench: Bench;
beforeAll(async () => {
  bench = { parser: await testParser(), judge: startJudge() };
});
afterAll(async () => {
  await bench.judge.end();
  bench.parser.dispose();
});

/** The same project as people with other habits and platforms have it. */
const dressed = (change: (text: string) => string): ReadonlyMap<string, string> =>
  new Map(Object.entries(LIBRARY).map(([path, text]) => [path, change(text)]));

// A sample of what `npm run test:fuzz` does over the corpus.
test.each<[string, ReadonlyMap<string, string>, number]>([
  ['as it is', dressed((text) => text), 400],
  ['with CRLF', dressed((text) => text.replaceAll('\n', '\r\n')), 100],
  ['with tabs', dressed((text) => text.replaceAll('    ', '\t')), 100],
  ['with comments everywhere', dressed((text) => text.replaceAll(/(?<=[\w)\]'])\n/g, '  # é 🎸\n')), 100],
  ['of many models', makeLargeProject({ files: 4, modelsPerFile: 5 }), 100],
])('random operations on a project %s keep the laws', async (name, files, operations) => {
  const { findings, tallies } = await walk(name, files, { seed: operations, operations }, bench);
  const [first] = findings;
  expect(first === undefined ? '' : await describeFinding(first, bench)).toBe('');
  const planned = [...tallies.values()].reduce((sum, each) => sum + each.planned, 0);
  expect(planned).toBeGreaterThan(operations / 4);
});
