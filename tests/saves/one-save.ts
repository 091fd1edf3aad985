import { closeSync, openSync } from 'node:fs';
import { Failure } from '../../shared/contract/failure.ts';
import { type StepName, takeStep } from './fault-project.ts';
import { openStudio } from './studio.ts';

// A studio that opens a workspace, takes one step and says what came of it. With a number behind it, it first takes so
// many file descriptors as leave that number free.
const [root = '', storageFolder = '', step = 'apply', free] = process.argv.slice(2);

const say = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);
try {
  const studio = await openStudio(root, storageFolder, tellSystemErrors);
  const taken = free === undefined ? [] : takeDescriptors(Number(free));
  try {
    await takeStep(studio, step as StepName);
    say({ kind: 'saved' });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say({ kind: 'refused', code: error.code, message: error.message });
  } finally {
    for (const descriptor of taken) closeSync(descriptor);
  }
  await studio.source.close();
} catch (error) {
  say({ kind: 'bug', message: error instanceof Error ? error.stack : String(error) });
}
process.exit();

/** What the system refuses to the watcher or to the local history is told, and costs no save. */
function tellSystemErrors(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  process.stderr.write(`${String(error)}\n`);
}

function takeDescriptors(left: number): readonly number[] {
  const taken: number[] = [];
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
  }
  for (const descriptor of taken.splice(0, left)) closeSync(descriptor);
  return taken;
}
