import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StepName, takeStep, writeProject } from './fault-project.ts';
import { leftovers, openStudio, treeHash } from './studio.ts';

/** The studio that takes one step: a process that may be killed, watched and kept short of things. */
export const ONE_SAVE = join(import.meta.dirname, 'one-save.ts');

/** All steps that are faulted. */
export const STEPS: readonly StepName[] = ['apply', 'undo', 'write'];

/** The files before and after a step. A folder that the system does not let go stays, empty, and is nobody's loss. */
export interface Trees {
  readonly before: string;
  readonly after: string;
}

/** Makes a workspace that a step can be taken in, again and again from a copy. */
export async function prepare(folder: string, step: StepName): Promise<Trees> {
  const [root, storage] = [join(folder, 'start/project'), join(folder, 'start/storage')];
  writeProject(root);
  const studio = await openStudio(root, storage);
  if (step === 'undo') await takeStep(studio, 'apply');
  const before = treeHash(root, 'files');
  await studio.source.close();
  cpSync(join(folder, 'start'), join(folder, 'end'), { recursive: true });
  const again = await openStudio(join(folder, 'end/project'), join(folder, 'end/storage'));
  await takeStep(again, step);
  await again.source.close();
  return { before, after: treeHash(join(folder, 'end/project'), 'files') };
}

/** A copy of the prepared workspace, in the place of the last one. */
export function freshCopy(folder: string): { readonly root: string; readonly storage: string } {
  const run = join(folder, 'run');
  rmSync(run, { recursive: true, force: true });
  cpSync(join(folder, 'start'), run, { recursive: true });
  return { root: join(run, 'project'), storage: join(run, 'storage') };
}

/** What a step came to, as it was told. */
export interface Result {
  readonly kind: 'refused' | 'saved';
  readonly message?: string;
}

/** What the process said: a refusal is a sentence. */
export function resultOf(stdout: string, what: string): Result {
  const result = stdout === '' ? null : (JSON.parse(stdout) as Result);
  if (result?.kind === 'saved') return result;
  const isSentence = /^\S.+ .+\.$/s.test(result?.message ?? '');
  if (result?.kind !== 'refused' || !isSentence) throw new Error(`${what}: ${stdout}`);
  return result;
}

/** One step that met a fault. */
export interface FaultedStep {
  readonly root: string;
  readonly storage: string;
  readonly step: StepName;
  readonly trees: Trees;
  /** Null where it was killed. */
  readonly result: Result | null;
  readonly what: string;
}

/** Fails where what was told is not what stands there, or where the next start does not find all or nothing. */
export async function expectAllOrNothing({
  root,
  storage,
  step,
  trees,
  result,
  what,
}: FaultedStep): Promise<void> {
  const isHalf = result?.message?.includes('half-way') === true;
  if (
    result !== null &&
    !isHalf &&
    treeHash(root, 'files') !== (result.kind === 'saved' ? trees.after : trees.before)
  )
    throw new Error(`${what}: it says ${JSON.stringify(result)}, and that is not what stands there.`);
  await expectWhole(root, storage, step, trees, what);
}

/** Opens the workspace again, without a fault: all or nothing stands there, nothing is left, and undo fits to it. */
async function expectWhole(
  root: string,
  storage: string,
  step: StepName,
  { before, after }: Trees,
  what: string,
): Promise<void> {
  const { source } = await openStudio(root, storage);
  try {
    const found = treeHash(root, 'files');
    if (found !== before && found !== after) throw new Error(`${what}: neither all nor nothing is there.`);
    const left = [...leftovers(root), ...readdirSync(join(storage, 'journal'))];
    if (left.length > 0) throw new Error(`${what}: there is left ${left.join(', ')}.`);
    const { problems } = await source.snapshot();
    if (problems.length > 0) throw new Error(`${what}: ${problems[0]?.message ?? ''}`);
    const history = await source.history();
    const isDone = (found === after) === (step !== 'undo');
    if ((history.undo !== null) !== isDone || (!isDone && step === 'undo' && history.redo === null))
      throw new Error(`${what}: the history does not fit to what stands there.`);
    const steps = isDone ? [source.undo, source.redo] : step === 'undo' ? [source.redo, source.undo] : [];
    for (const [at, move] of steps.entries()) {
      await move();
      if (treeHash(root, 'files') !== ((at === 0) === (found === after) ? before : after))
        throw new Error(`${what}: undo and redo do not lead there and back.`);
    }
  } finally {
    await source.close();
  }
}
