import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { FileVersion } from '../../../../../shared/contract/source-calls.ts';
import type { Operation } from '../../../../../shared/django/operations.ts';
import { KEPT, openFileHistory } from '../../../../../main/services/source/file-history.ts';
import { type OpenedSource, openSource, temporaryFolder } from './opened-source.ts';

const operation: Operation = { kind: 'app.add', name: 'stock' };

async function apply(opened: OpenedSource, changes: Readonly<Record<string, string | null>>): Promise<void> {
  opened.index.intend(changes);
  const { id } = await opened.source.plan(operation);
  await opened.source.apply(operation, id);
}

async function titles(opened: OpenedSource, path: string): Promise<readonly string[]> {
  return (await opened.source.fileHistory(path)).map((version) => version.title);
}

async function untilTitled(opened: OpenedSource, path: string, title: string): Promise<void> {
  await vi.waitFor(async () => expect(await titles(opened, path)).toContain(title), {
    timeout: 10_000,
    interval: 10,
  });
}

async function textOf(opened: OpenedSource, path: string, title: string): Promise<string> {
  const version = (await opened.source.fileHistory(path)).find((one) => one.title === title);
  return (await opened.source.fileHistoryText(path, version?.id ?? '')).text;
}

it('keeps what every change made of a file, ours and others’, also after a restart', async () => {
  const opened = await openSource({ 'a.py': 'one\n' });
  await apply(opened, { 'a.py': 'two\n' });
  writeFileSync(join(opened.root, 'a.py'), 'three\n');
  await untilTitled(opened, 'a.py', 'Changed outside');
  const { hash } = await opened.source.read('a.py');
  await opened.source.write('a.py', 'four\n', hash);
  await opened.source.undo();

  const again = await opened.reopen();
  expect(await titles(again, 'a.py')).toEqual([
    'Undo: Edit a.py',
    'Edit a.py',
    'Changed outside',
    'Change a.py',
    'Before the first change',
  ]);
  expect(await textOf(again, 'a.py', 'Before the first change')).toBe('one\n');
  expect(await textOf(again, 'a.py', 'Change a.py')).toBe('two\n');
  expect(await textOf(again, 'a.py', 'Changed outside')).toBe('three\n');
  expect(await textOf(again, 'a.py', 'Edit a.py')).toBe('four\n');
});

it('keeps the text before an outside change of a file that the studio never touched', async () => {
  const opened = await openSource({ 'a.py': 'one\n' });
  await vi.waitFor(async () => {
    writeFileSync(join(opened.root, 'a.py'), 'two\n');
    expect(await titles(opened, 'a.py')).toEqual(['Changed outside', 'Before the first change']);
  }, 10_000);
  expect(await textOf(opened, 'a.py', 'Before the first change')).toBe('one\n');
});

it('keeps what others did to files that the source lens does not read, and to no others', async () => {
  const files = ['.env', 'README.md', 'pyproject.toml', 'static/site.css', 'shop/templates/shop/list.html'];
  const ignored = ['data.bin', '.venv/pyvenv.cfg', 'node_modules/x/readme.md', 'large.json'];
  const texts = Object.fromEntries([...files, ...ignored].map((path) => [path, `one of ${path}\n`]));
  const opened = await openSource({ ...texts, 'large.json': 'x'.repeat(2_000_000) });
  await vi.waitFor(async () => {
    for (const path of [...ignored, ...files])
      writeFileSync(join(opened.root, path), `two ${Math.random()}\n`);
    for (const path of files)
      expect(await titles(opened, path), path).toEqual(['Changed outside', 'Before the first change']);
  }, 20_000);
  for (const path of ignored.slice(0, 3)) expect(await titles(opened, path)).toEqual([]);

  rmSync(join(opened.root, '.env'));
  await untilTitled(opened, '.env', 'Removed outside');
  const before = (await opened.source.fileHistory('.env')).find((version) => version.hash !== null);
  await opened.source.restoreFile('.env', before?.id ?? '', '');
  expect(readFileSync(join(opened.root, '.env'), 'utf8')).toContain('two');
  expect(opened.errors).toEqual([]);
});

it('sees at the next start what others changed in between', async () => {
  const opened = await openSource({ 'a.py': 'one\n', 'b.py': 'one\n' });
  await apply(opened, { 'a.py': 'two\n', 'b.py': 'two\n' });
  await opened.source.close();
  writeFileSync(join(opened.root, 'a.py'), 'three\n');
  rmSync(join(opened.root, 'b.py'));
  const again = await opened.reopen();
  await untilTitled(again, 'a.py', 'Changed outside');
  await untilTitled(again, 'b.py', 'Removed outside');
  expect(await textOf(again, 'a.py', 'Changed outside')).toBe('three\n');
});

it('gives a text back as a save that undo takes back', async () => {
  const opened = await openSource({ 'a.py': '\ufeffone\r\n' });
  await apply(opened, { 'a.py': 'two\n' });
  const first = (await opened.source.fileHistory('a.py')).at(-1);
  const { hash } = await opened.source.read('a.py');
  const restored = await opened.source.restoreFile('a.py', first?.id ?? '', hash);
  expect(restored.text).toBe('one\r\n');
  expect(readFileSync(join(opened.root, 'a.py'), 'utf8')).toBe('\ufeffone\r\n');
  await opened.source.undo();
  expect(readFileSync(join(opened.root, 'a.py'), 'utf8')).toBe('\ufefftwo\n');

  writeFileSync(join(opened.root, 'a.py'), 'theirs\n');
  await expect(opened.source.restoreFile('a.py', first?.id ?? '', hash)).rejects.toMatchObject({
    code: 'changed-outside',
    detail: { path: 'a.py', yours: 'one\r\n', theirs: 'theirs\n' },
  });
});

it('survives that the file is removed, by us and by others, and gives it back', async () => {
  const opened = await openSource({ 'a.py': 'a\n', 'b.py': 'b\n' });
  await apply(opened, { 'a.py': null });
  await vi.waitFor(async () => {
    rmSync(join(opened.root, 'b.py'), { force: true });
    expect((await opened.source.removedFiles()).map(({ path }) => path)).toEqual(['b.py', 'a.py']);
  }, 10_000);
  for (const [path, text] of [
    ['a.py', 'a\n'],
    ['b.py', 'b\n'],
  ] as const) {
    const [last, before] = await opened.source.fileHistory(path);
    expect(last?.hash).toBeNull();
    await opened.source.restoreFile(path, before?.id ?? '', '');
    expect(readFileSync(join(opened.root, path), 'utf8')).toBe(text);
  }
  expect(await opened.source.removedFiles()).toEqual([]);
});

it('goes with a file or a folder that gets another name, by us and by others', async () => {
  const opened = await openSource({ 'shop/a.py': 'one\n' });
  await apply(opened, { 'shop/a.py': 'two\n' });
  opened.index.intend({}, { folderMoves: [{ from: 'shop', to: 'store' }] });
  const { id } = await opened.source.plan(operation);
  await opened.source.apply(operation, id);
  expect(await titles(opened, 'store/a.py')).toEqual(['Change shop/a.py', 'Before the first change']);
  renameSync(join(opened.root, 'store/a.py'), join(opened.root, 'store/b.py'));
  await vi.waitFor(async () => {
    expect((await titles(opened, 'store/b.py')).slice(-2)).toEqual([
      'Change shop/a.py',
      'Before the first change',
    ]);
  }, 10_000);
  mkdirSync(join(opened.root, 'new'));
  renameSync(join(opened.root, 'store'), join(opened.root, 'new/store'));
  await vi.waitFor(async () => {
    expect((await titles(opened, 'new/store/b.py')).at(-1)).toBe('Before the first change');
  }, 10_000);
  expect(await textOf(opened, 'new/store/b.py', 'Before the first change')).toBe('one\n');
});

it('keeps its bytes for nobody else, outside of the project', async () => {
  const opened = await openSource({ 'a.py': 'one\n' });
  await apply(opened, { 'a.py': 'two\n' });
  await opened.source.close();
  const places = [
    'file-history.jsonl',
    'history.jsonl',
    ...readdirSync(join(opened.storageFolder, 'blobs')).map((name) => `blobs/${name}`),
  ];
  expect(places.length).toBe(4); // each text once, whoever keeps it
  for (const place of places) expect(statSync(join(opened.storageFolder, place)).mode & 0o777).toBe(0o600);
  expect(readdirSync(opened.root)).toEqual(['a.py']);
});

it('starts with a damaged log, and says nothing false', async () => {
  const opened = await openSource({ 'a.py': 'one\n' });
  await apply(opened, { 'a.py': 'two\n' });
  await opened.source.close();
  const log = join(opened.storageFolder, 'file-history.jsonl');
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  writeFileSync(log, `${lines[0] ?? ''}\n\0garbage\n{"kind":"vers`);
  const again = await opened.reopen();
  expect(await titles(again, 'a.py')).toContain('Before the first change');
  expect(await textOf(again, 'a.py', 'Before the first change')).toBe('one\n');
});

it('keeps 50 texts a file, of 30 days, and no more bytes than it may', async () => {
  const log = join(temporaryFolder(), 'file-history.jsonl');
  const day = 24 * 60 * 60 * 1000;
  let now = 0;
  let work: Promise<void> = Promise.resolve();
  const open = () =>
    openFileHistory(
      log,
      (next) => {
        work = work.then(next);
      },
      () => now,
    );
  const history = await open();
  const note = (path: string, round: number, size: number): void => {
    now += 60_000;
    const after = { hash: `${path}-${round}`, size };
    history.note([{ path, before: undefined, after }], { at: now, title: `Round ${round}`, by: 'studio' });
  };
  for (let round = 0; round < 80; round += 1) note('a.py', round, 10);
  expect(history.versions('a.py').map((one: FileVersion) => one.title)).toEqual(
    Array.from({ length: KEPT.versions }, (_, at) => `Round ${79 - at}`),
  );
  now += 31 * day;
  note('b.py', 1, KEPT.bytes / 2);
  note('b.py', 2, KEPT.bytes / 2);
  note('b.py', 3, KEPT.bytes / 2);
  await history.shorten();
  const again = await open();
  expect(again.versions('a.py')).toEqual([]);
  expect(again.versions('b.py').map((one) => one.title)).toEqual(['Round 3', 'Round 2']);
  await work;
});
