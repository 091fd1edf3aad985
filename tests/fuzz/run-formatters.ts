import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OperationKind } from '../../shared/django/operations.ts';
import { testParser } from '../unit/shared/source-fixture.ts';
import { formatters, walkFormatted } from './formatted.ts';
import { startJudge } from './python-judge.ts';

/** `npm run test:fuzz -- --formatter`: asks every formatter what random operations leave; gives the exit code. */
export async function runFormatters(
  operations: number,
  seed: number,
  kinds: readonly OperationKind[],
): Promise<0 | 1> {
  const bench = { parser: await testParser(), judge: startJudge() };
  let isClean = true;
  for (const formatter of formatters) {
    const folder = await mkdtemp(join(tmpdir(), 'samois-formatter-'));
    const options = { seed, operations, kinds };
    const { diff, files, tallies, findings } = await walkFormatted(formatter, options, folder, bench);
    await rm(folder, { recursive: true, force: true });
    const planned = [...tallies.values()].reduce((sum, tally) => sum + tally.planned, 0);
    console.log(
      `${formatter.name}: ${planned} of ${operations} operations of ${tallies.size} kinds left ${files} files ${diff === '' ? 'as it does' : `of which it changes:\n${diff}`}`,
    );
    isClean &&= diff === '' && findings.length === 0;
  }
  await bench.judge.end();
  bench.parser.dispose();
  return isClean ? 0 : 1;
}
