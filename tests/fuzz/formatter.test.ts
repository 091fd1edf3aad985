import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testParser } from '../unit/shared/source-fixture.ts';
import { formatters, walkFormatted } from './formatted.ts';
import type { Bench } from './laws.ts';
import { startJudge } from './python-judge.ts';

let bench: Bench;
beforeAll(async () => {
  bench = { parser: await testParser(), judge: startJudge() };
});
afterAll(async () => {
  await bench.judge.end();
  bench.parser.dispose();
});

// A sample of what `npm run test:fuzz -- --formatter` does.
test.each(formatters)('a project that $name has laid out stays so', async (formatter) => {
  const options = { seed: 3, operations: 60 };
  const { diff, files } = await walkFormatted(formatter, options, await temporaryFolder(), bench);
  expect(diff).toBe('');
  expect(files).toBeGreaterThan(20);
});
