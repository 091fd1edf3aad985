import { expect, it } from 'vitest';
import { killSaves } from '../../../../saves/kills.ts';
import { interleaveEdits } from '../../../../saves/outside-edits.ts';
import { undoSequences } from '../../../../saves/undo-sequences.ts';

// A sample of `npm run test:saves`; each fails by itself where a file is torn, overwritten or not given back.

it(
  'leaves every save whole or undone after kills, and can take all of it back',
  { timeout: 240_000 },
  async () => {
    const { states, interrupted, undone } = await killSaves(8, 7);
    // How many moments fall into a save depends on the machine; some must, or nothing was tried.
    expect(interrupted).toBeGreaterThan(0);
    expect(states).toBeGreaterThan(2);
    expect(undone).toBeGreaterThan(2);
  },
);

it('overwrites no change of another program, whenever it comes', { timeout: 240_000 }, async () => {
  const { refused, stood } = await interleaveEdits(60, 7);
  expect(refused).toBeGreaterThan(0);
  expect(stood).toBeGreaterThan(0);
});

it(
  'takes random changes back to the start and does them again, over restarts',
  { timeout: 240_000 },
  async () => {
    expect(await undoSequences(3, 7)).toMatchObject({ sequences: 3, steps: 90 });
  },
);
