import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as tick, setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../shared/contract/failure.ts';
import { createRandom } from '../support/seeded-random.ts';
import { makeFolder, openStudio, operation, type Studio } from './studio.ts';

/** What many interleavings came to. */
export interface EditCounts {
  readonly edits: number;
  /** The studio saw it and wrote nothing. */
  readonly refused: number;
  /** It came behind what the studio wrote, and stands. */
  readonly stood: number;
  /** Of them of the same size and time as what stood there. */
  readonly sameSizeAndTime: number;
  readonly ways: Readonly<Record<string, number>>;
}

const NAMES = ['one.py', 'app/two.py', 'app/three.py'] as const;

/** How another program changes a file; `name` is that of a file of the workspace. */
const ways: Readonly<Record<string, (place: string, root: string, name: string, round: number) => void>> = {
  append: (place) => {
    appendFileSync(place, '# theirs\n');
  },
  'replace by rename': (place, _root, _name, round) => {
    writeFileSync(`${place}~`, `theirs ${round}\n`);
    renameSync(`${place}~`, place);
  },
  delete: (place) => {
    rmSync(place, { force: true });
  },
  'git checkout': (_place, root, name, round) => {
    execFileSync('git', ['checkout', '-q', round % 2 === 0 ? 'first' : 'second', '--', name], { cwd: root });
  },
  'same size and time': (place) => {
    const facts = statSync(place);
    writeFileSync(
      place,
      readFileSync(place).map((byte) => (byte === 0x6f ? 0x30 : byte === 0x30 ? 0x6f : byte)),
    );
    utimesSync(place, facts.atime, facts.mtime);
  },
};

// A first guess: how long saves take is different on every machine, and at every moment.
const A_SAVE_MILLISECONDS = 40;
// Behind its end, too: then the other program has the last word.
const BEHIND = 8;

const wayNames = Object.keys(ways);

/** When: while nothing is written, or some turns into a save, an undo, a redo, or a save of the editor. */
const moments = ['apply', 'undo', 'redo', 'write', 'move', 'between'] as const;

/**
 * Lets another program change files around and in the middle of what the studio writes. Fails where a change of the
 * other program is not what stands there in the end.
 */
export async function interleaveEdits(edits: number, seed: number): Promise<EditCounts> {
  const random = createRandom(seed);
  const counts = { edits, refused: 0, stood: 0, sameSizeAndTime: 0, ways: {} as Record<string, number> };
  const folder = makeFolder();
  const root = join(folder, 'project');
  prepareRepository(root);
  const studio = await openStudio(root, join(folder, 'storage'));
  let longest = A_SAVE_MILLISECONDS;
  try {
    for (let round = 0; round < edits; round += 1) {
      await restoreAll(studio, root, round);
      const way = wayNames[round % wayNames.length] ?? 'append';
      const moment = moments[Math.floor(random() * moments.length)] ?? 'apply';
      const name = NAMES[Math.floor(random() * NAMES.length)] ?? NAMES[0];
      const begin = await beginning(studio, moment, name, round);
      const started = performance.now();
      const work = settling(begin).finally(() => {
        longest = Math.max(A_SAVE_MILLISECONDS, performance.now() - started);
      });
      const until = started + (moment === 'between' ? 0 : random() * longest);
      while (performance.now() < until) await tick();
      if (round % BEHIND === 0) await work;
      const place = placeOf(root, name);
      const before = contentOf(place);
      ways[way]?.(place, root, name, round);
      const theirs = contentOf(place);
      const result = await work;
      const found = contentOf(placeOf(root, name));
      if (theirs !== before && found !== theirs) {
        throw new Error(
          `Round ${round} of seed ${seed}, ${way} of ${name} in ${moment} (${result}): there stands ` +
            `${JSON.stringify(found)} and not ${JSON.stringify(theirs)}.`,
        );
      }
      counts.ways[way] = (counts.ways[way] ?? 0) + 1;
      if (way === 'same size and time') counts.sameSizeAndTime += 1;
      counts[result] += 1;
    }
  } finally {
    await studio.source.close();
    await rm(folder, { recursive: true, force: true });
  }
  return counts;
}

/** Starts something that writes, up to the call that does. */
async function beginning(
  { source, index, apply }: Studio,
  moment: (typeof moments)[number],
  name: string,
  round: number,
): Promise<() => Promise<unknown>> {
  const changes = Object.fromEntries(NAMES.map((each) => [each, `ours 0 ${round} of ${each}\n`]));
  if (moment === 'write') {
    const { hash } = await source.read(name);
    return () => source.write(name, `typed 0 ${round}\n`, hash);
  }
  if (moment === 'undo' || moment === 'redo') {
    await apply(changes);
    if (moment === 'undo') return source.undo;
    await source.undo();
    return source.redo;
  }
  index.intend(changes, moment === 'move' ? { folderMoves: [{ from: 'app', to: 'moved' }] } : {});
  const { id } = await source.plan(operation);
  return () => source.apply(operation, id);
}

async function settling(work: () => Promise<unknown>): Promise<'stood' | 'refused'> {
  try {
    await work();
    return 'stood';
  } catch (error) {
    if (error instanceof Failure && (error.code === 'changed-outside' || error.code === 'conflict'))
      return 'refused';
    // What was written is read back, and somebody has removed it by then.
    if (error instanceof Failure && error.code === 'not-found') return 'stood';
    throw error;
  }
}

function prepareRepository(root: string): void {
  mkdirSync(join(root, 'app'), { recursive: true });
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root });
  git('init', '-q');
  for (const branch of ['first', 'second']) {
    git('checkout', '-q', '-b', branch);
    for (const name of NAMES) writeFileSync(join(root, name), `${branch} of ${name}\n`);
    git('add', '.');
    git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-q', '-m', branch);
  }
}

/** Gives every file a text of its own and waits until the studio has seen all of it. */
async function restoreAll({ index }: Studio, root: string, round: number): Promise<void> {
  rmSync(join(root, 'moved'), { recursive: true, force: true });
  mkdirSync(join(root, 'app'), { recursive: true });
  for (const name of NAMES) writeFileSync(join(root, name), startText(name, round));
  const deadline = Date.now() + 20_000;
  const isSeen = (): boolean =>
    index.texts.size === NAMES.length &&
    NAMES.every((name) => index.texts.get(name) === startText(name, round));
  while (!isSeen()) {
    if (Date.now() > deadline) throw new Error(`Round ${round}: a change outside is not seen.`);
    await wait(2);
  }
}

function startText(name: string, round: number): string {
  return `start 0 ${round} of ${name}\n`;
}

/** Where a file stands now: its folder may have moved. */
function placeOf(root: string, name: string): string {
  const moved = join(root, name.replace('app/', 'moved/'));
  return existsSync(moved) ? moved : join(root, name);
}

function contentOf(place: string): string | null {
  return existsSync(place) ? readFileSync(place, 'utf8') : null;
}
