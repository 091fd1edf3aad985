import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { expectAllOrNothing, freshCopy, ONE_SAVE, prepare, resultOf, STEPS } from './one-step.ts';
import { makeFolder } from './studio.ts';

/** What saves with too few file descriptors came to. */
export interface DescriptorCounts {
  readonly runs: number;
  readonly refused: number;
  readonly saved: number;
}

// A save needs fewer at the same time.
const MOST_FREE = 12;

/**
 * Lets a studio save with no file descriptor left, with one left and so on: fails where what is left is neither all nor
 * nothing, or where a refusal is no sentence. `every` leaves out all but each so-manieth number.
 */
export async function saveWithFewDescriptors(every = 1): Promise<DescriptorCounts> {
  const counts = { runs: 0, refused: 0, saved: 0 };
  for (const step of STEPS) {
    const folder = makeFolder();
    try {
      const trees = await prepare(folder, step);
      for (let free = 0; free <= MOST_FREE; free += every) {
        const { root, storage } = freshCopy(folder);
        const command = ['ulimit -n 200; exec "$@"', 'sh', process.execPath, ONE_SAVE, root, storage, step];
        const { stdout, stderr } = spawnSync('sh', ['-c', ...command, String(free)], { encoding: 'utf8' });
        const what = `${step} with ${free} file descriptors`;
        const result = resultOf(stdout, `${what}: ${stderr}`);
        await expectAllOrNothing({ root, storage, step, trees, result, what });
        counts.runs += 1;
        counts[result.kind] += 1;
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return counts;
}
