import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openAt, temporaryFolder } from './opened-source.ts';

const names = ['models.py', 'admin.py', 'api/serializers.py', 'api/urls.py', 'views.py'];
const KILLS = 30;

/** The mark of a save that stands whole in a file; null without the file. */
function markIn(path: string): string | null {
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.at(-1), `${path} is torn`).toBe(lines[0]);
  return lines[0] ?? null;
}

it(`a save of several files is whole or not there after ${KILLS} kills`, async () => {
  const folder = temporaryFolder();
  const root = join(folder, 'shop');
  const storage = join(folder, 'storage');
  mkdirSync(root);
  const seen = new Set<string | null>();
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'save-for-ever.ts'), root, storage], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await wait(5 + ((kill * 37) % 120)); // the moment is what is sampled here
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (readdirSync(join(storage, 'journal')).length > 0) interrupted += 1;

    const { source } = await openAt(root, storage);
    const marks = new Set(names.map((name) => markIn(join(root, name))));
    expect(marks.size, `kill ${kill}: ${[...marks].join(', ')}`).toBe(1);
    expect(readdirSync(join(storage, 'journal'))).toEqual([]);
    const left = readdirSync(root, { recursive: true }).filter((name) =>
      String(name).includes('.samois-tmp-'),
    );
    expect(left).toEqual([]);
    const history = await source.history();
    expect(history.undo !== null || [...marks][0] === null).toBe(true);
    seen.add([...marks][0] ?? null);
    await source.close();
  }
  // How many moments fall into a save depends on the machine; some must, or nothing was tried.
  expect(interrupted).toBeGreaterThan(2);
  expect(seen.size).toBeGreaterThan(2);

  // Everything that came through the kills can still be taken back, to the empty folder.
  const { source } = await openAt(root, storage);
  while ((await source.history()).undo !== null) await source.undo();
  expect(readdirSync(root)).toEqual([]);
});
