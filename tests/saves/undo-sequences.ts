import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRandom } from '../support/seeded-random.ts';
import { makeFolder, openStudio, treeHash, type Studio } from './studio.ts';

/** What many random sequences came to. */
export interface SequenceCounts {
  readonly sequences: number;
  readonly steps: number;
  readonly restarts: number;
}

const STEPS = 30;
const project: Readonly<Record<string, string>> = {
  'shop/models.py': 'm = 1\n',
  'shop/static/logo.svg': '<svg/>',
  'shop/templates/shop/list.html': '\ufeff<p>\r\n',
  'urls.py': '# coding: latin-1\n',
  'README.md': 'Read me',
};

/**
 * Random sequences of everything that writes, with restarts in between: fails where taking all of it back does not give
 * the very tree of the start, or doing all of it again not that of the end.
 */
export async function undoSequences(sequences: number, seed: number): Promise<SequenceCounts> {
  let steps = 0;
  let restarts = 0;
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const random = createRandom(seed * 10_000 + sequence);
    const folder = makeFolder();
    const [root, storage] = [join(folder, 'project'), join(folder, 'storage')];
    mkdirSync(root);
    let opened: Studio | null = null;
    try {
      for (const [path, text] of Object.entries(project)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text, path === 'urls.py' ? 'latin1' : 'utf8');
      }
      const states = [treeHash(root)];
      let studio = (opened = await openStudio(root, storage));
      const perhapsRestart = async (): Promise<void> => {
        if (random() > 0.05) return;
        await studio.source.close();
        studio = opened = await openStudio(root, storage);
        restarts += 1;
      };
      const expectTree = (at: number, what: string): void => {
        if (treeHash(root) !== states[at])
          throw new Error(`Sequence ${sequence} of seed ${seed}: ${what} does not lead to state ${at}.`);
      };
      while (states.length <= STEPS) {
        await stepOf(studio, root, random, states.length);
        const state = treeHash(root);
        if (state !== states.at(-1)) states.push(state);
        await perhapsRestart();
      }
      for (let at = STEPS - 1; at >= 0; at -= 1) {
        await studio.source.undo();
        expectTree(at, 'undo');
        await perhapsRestart();
      }
      for (let at = 1; at <= STEPS; at += 1) {
        await studio.source.redo();
        expectTree(at, 'redo');
        await perhapsRestart();
      }
      steps += STEPS;
    } finally {
      await opened?.source.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { sequences, steps, restarts };
}

type Random = () => number;

/** One random change through one of the ways that write. */
async function stepOf({ source, apply }: Studio, root: string, random: Random, step: number): Promise<void> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  const isFile = (name: string): boolean => statSync(join(root, name)).isFile();
  const files = names.filter(isFile);
  const folders = names.filter((name) => !isFile(name));
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? 'new.py';
  const text = `step = ${step}\n${'x\r\n'.repeat(Math.floor(random() * 50))}`;
  const fresh = `app${step}/${pick(['a.py', 'deep/er/b.py', 'templates/c.html'])}`;
  const one = pick(files);
  const read = files.filter((name) => /\.py$|templates\/.*\.html$/.test(name)); // plans are about files that the lens reads
  switch (Math.floor(random() * 6)) {
    case 0:
      await apply({ [fresh]: text });
      return;
    case 1:
      await apply({ [pick(read)]: null, [fresh]: text });
      return;
    case 2: {
      const hash = existsSync(join(root, one)) ? (await source.read(one)).hash : '';
      await source.write(one, text, hash);
      return;
    }
    case 3: {
      const from = pick(folders);
      if (folders.length === 0) return;
      const inside = read.filter((name) => name.startsWith(`${from}/`));
      await apply(inside.length > 0 ? { [pick(inside)]: text } : {}, {
        folderMoves: [{ from, to: `moved${step}/${from.split('/').at(-1) ?? ''}` }],
      });
      return;
    }
    case 4:
      if (folders.length > 2) await apply({ [fresh]: text }, { folderRemovals: [pick(folders)] });
      return;
    default: {
      const versions = (await source.fileHistory(one)).filter((version) => version.hash !== null);
      const old = versions.at(-1);
      if (old !== undefined) await source.restoreFile(one, old.id, (await source.read(one)).hash);
    }
  }
}
