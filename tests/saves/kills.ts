import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../support/seeded-random.ts';
import { leftovers, makeFolder, openStudio, treeHash } from './studio.ts';
import { readMark } from './marked-files.ts';

/** What many kills came to. */
export interface KillCounts {
  readonly kills: number;
  /** Kills that met a save whose note was still there: the others fell between two saves. */
  readonly interrupted: number;
  /** Different states that were found afterwards. */
  readonly states: number;
  /** Steps that were taken back and done again after the kills. */
  readonly undone: number;
}

// A history is read at every start, and its texts are kept: one that is too long would be all that is measured.
const KILLS_A_WORKSPACE = 25;
// The first save is met and later ones, however slow the machine is; within them any moment.
const MOST_SAVES = 3;
const LONGEST_MILLISECONDS = 200;

/**
 * Kills a studio in the middle of its saves and opens the workspace again, as often as told. Fails where a file is
 * torn, where files of two saves stand together, where anything of a save is left behind, or where what was done before
 * and between the kills can't be taken back to the very start and done again.
 */
export async function killSaves(kills: number, seed: number): Promise<KillCounts> {
  const random = createRandom(seed);
  const states = new Set<string>();
  let interrupted = 0;
  let undone = 0;
  for (let done = 0; done < kills; done += KILLS_A_WORKSPACE) {
    const folder = makeFolder();
    const [root, storage] = [join(folder, 'project'), join(folder, 'storage')];
    mkdirSync(root);
    const start = treeHash(root);
    try {
      for (let kill = done; kill < Math.min(kills, done + KILLS_A_WORKSPACE); kill += 1) {
        await killOne(root, storage, Math.floor(random() * MOST_SAVES), random() * LONGEST_MILLISECONDS);
        if (readdirSync(join(storage, 'journal')).length > 0) interrupted += 1;
        const { source } = await openStudio(root, storage);
        states.add(`${readMark(root) ?? 'none'} ${treeHash(root)}`);
        await source.close();
        const left = [...leftovers(root), ...readdirSync(join(storage, 'journal'))];
        if (left.length > 0) throw new Error(`After kill ${kill} there is left: ${left.join(', ')}`);
      }
      undone += await undoAndRedoAll(root, storage, start);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { kills, interrupted, states: states.size, undone };
}

/** Kills a studio so long behind its so-manieth save. */
async function killOne(root: string, storage: string, saves: number, milliseconds: number): Promise<void> {
  const script = join(import.meta.dirname, 'save-for-ever.ts');
  const child = spawn(process.execPath, [script, root, storage], { stdio: ['ignore', 'pipe', 'inherit'] });
  for (let lines = 0; lines <= saves;) {
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    lines += text.toString().split('\n').length - 1;
  }
  await wait(milliseconds); // the moment is what is sampled here
  child.kill('SIGKILL');
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== null) throw new Error(`The studio ended by itself, with code ${code}.`);
}

async function undoAndRedoAll(root: string, storage: string, start: string): Promise<number> {
  const { source } = await openStudio(root, storage);
  const redone = (await source.history()).redo;
  const end = treeHash(root);
  let steps = 0;
  while ((await source.history()).undo !== null) {
    await source.undo();
    steps += 1;
  }
  if (treeHash(root) !== start) throw new Error('Taking everything back does not lead to the start.');
  for (let step = 0; step < steps; step += 1) await source.redo();
  if (treeHash(root) !== end || (await source.history()).redo?.id !== redone?.id)
    throw new Error('Doing everything again does not lead to the end.');
  await source.close();
  return steps;
}
