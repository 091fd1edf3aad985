import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test, removed after it, and after everything that was begun in it has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'samois-test-')));
  // Endings are run in reverse order: a studio that is opened later is closed before.
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
