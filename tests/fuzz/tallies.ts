import type { OperationKind } from '../../shared/django/operations.ts';
import type { Tally, WalkResult } from './walk.ts';

/** What came of several walks together. */
export interface Sum {
  readonly tallies: ReadonlyMap<OperationKind, Tally>;
  readonly refusals: ReadonlyMap<string, number>;
}

/** Refusals that are worth reading: a generator whose operations are always refused tries nothing. */
const REFUSALS_SHOWN = 25;

/** Adds up what came of walks. */
export function sumTallies(results: readonly Pick<WalkResult, 'tallies' | 'refusals'>[]): Sum {
  const tallies = new Map<OperationKind, Tally>();
  const refusals = new Map<string, number>();
  for (const result of results) {
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
  }
  return { tallies, refusals };
}

/** Prints how often each kind of operation was planned, refused and broke a law, and why most were refused. */
export function printTallies({ tallies, refusals }: Sum): void {
  const all = { planned: 0, refused: 0, broken: 0 };
  console.log('\nkind, planned, refused, broken');
  for (const [kind, { planned, refused, broken }] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
    printRow(kind, [planned, refused, broken]);
    all.planned += planned;
    all.refused += refused;
    all.broken += broken;
  }
  printRow('all', [all.planned, all.refused, all.broken]);
  console.log('\nmost frequent refusals');
  const frequent = [...refusals].sort((a, b) => b[1] - a[1]).slice(0, REFUSALS_SHOWN);
  for (const [sentence, count] of frequent) console.log(`${String(count).padStart(6)}  ${sentence}`);
}

function printRow(name: string, counts: readonly number[]): void {
  console.log(name.padEnd(26) + counts.map((count) => String(count).padStart(7)).join(''));
}
