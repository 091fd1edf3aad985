import { expect, it } from 'vitest';
import { meetFaults } from '../../../../saves/faults.ts';
import { saveWithFewDescriptors } from '../../../../saves/few-descriptors.ts';
import { canTrace, faultEveryCall } from '../../../../saves/system-calls.ts';

// A sample of `npm run test:saves`; each fails by itself where a byte is lost, or where no sentence says why.

it(
  'changes nothing where the system refuses, says why, and saves when it no longer does',
  { timeout: 240_000 },
  async () => {
    const names = [
      'disk full',
      'immutable folder',
      'read-only file',
      'another disk',
      'a pipe instead',
      'folder removed',
    ];
    const { runs, skipped } = await meetFaults(names, ['shop/models.py']);
    expect(runs + skipped.length).toBe(names.length);
    expect(runs).toBeGreaterThan(2); // what needs no rights of its own
  },
);

it.skipIf(process.platform === 'win32')(
  'saves all or nothing with hardly a file descriptor left',
  { timeout: 240_000 },
  async () => {
    const { refused, saved } = await saveWithFewDescriptors(12);
    expect(refused).toBeGreaterThan(0);
    expect(saved).toBeGreaterThan(0);
  },
);

it.skipIf(!canTrace())(
  'leaves all or nothing when it is killed at a system call, or when that fails',
  { timeout: 240_000 },
  async () => {
    const { runs } = await faultEveryCall(100);
    expect(runs).toBeGreaterThan(0);
  },
);
