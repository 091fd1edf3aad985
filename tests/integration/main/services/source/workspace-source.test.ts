import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { OpenedSource } from './opened-source.ts';
import { openSource, writeFiles } from './opened-source.ts';

const operation: Operation = { kind: 'app.add', name: 'stock' };
const text = (opened: OpenedSource, path: string): string => readFileSync(join(opened.root, path), 'utf8');
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function apply(opened: OpenedSource, changes: Readonly<Record<string, string | null>>): Promise<void> {
  opened.index.intend(changes);
  const plan = await opened.source.plan(operation);
  await opened.source.apply(operation, plan.id);
}

describe('reading', () => {
  it('gives the text, its hash and its line endings', async () => {
    const opened = await openSource({ 'models.py': 'a = 1\r\n' });
    const file = await opened.source.read('models.py');
    expect(file).toEqual({
      path: 'models.py',
      text: 'a = 1\r\n',
      hash: hashOf(readFileSync(join(opened.root, 'models.py'))),
      lineEnding: 'crlf',
      readOnly: null,
    });
  });

  it('refuses every way out of the workspace', async () => {
    const opened = await openSource({ 'models.py': '' });
    mkdirSync(`${opened.root}-evil`);
    writeFileSync(`${opened.root}-evil/models.py`, 'secret');
    symlinkSync(`${opened.root}-evil`, join(opened.root, 'out'));
    symlinkSync(`${opened.root}-evil/models.py`, join(opened.root, 'out.py'));
    symlinkSync(join(opened.root, 'nowhere.py'), join(opened.root, 'dangling.py'));
    const ways = [
      '../shop-evil/models.py',
      'a/../../shop-evil/models.py',
      `${opened.root}-evil/models.py`,
      'out/models.py',
      'out/new.py',
      'out.py',
      'dangling.py',
      './models.py',
      'a//b.py',
      'a\0b.py',
    ];
    for (const way of ways) {
      await expect(opened.source.read(way), way).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(opened.source.write(way, 'x', ''), way).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect(readdirSync(`${opened.root}-evil`)).toEqual(['models.py']);
  });

  it('names a pipe and leaves it alone', async () => {
    const opened = await openSource({ 'a.py': '' });
    execFileSync('mkfifo', [join(opened.root, 'models.py')]);
    await expect(opened.source.read('models.py')).rejects.toMatchObject({ code: 'refused' });
    await expect(opened.source.write('models.py', 'x', '')).rejects.toMatchObject({ code: 'refused' });
    expect((await opened.reopen()).errors).toEqual([]);
  });
});

describe('saving from the editor', () => {
  it('keeps the mark at the start, the mode bits and the file behind a link', async () => {
    const opened = await openSource({ 'real/models.py': '\ufeffa = 1\r\n' });
    chmodSync(join(opened.root, 'real/models.py'), 0o751);
    symlinkSync('real/models.py', join(opened.root, 'models.py'));
    const { hash } = await opened.source.read('models.py');
    await opened.source.write('models.py', 'a = 2\r\n', hash);
    expect(text(opened, 'real/models.py')).toBe('\ufeffa = 2\r\n');
    expect(lstatSync(join(opened.root, 'models.py')).isSymbolicLink()).toBe(true);
    expect(statSync(join(opened.root, 'real/models.py')).mode & 0o7777).toBe(0o751);
  });

  it('changes no byte and no history when nothing was typed', async () => {
    const opened = await openSource({ 'models.py': 'a\r\nb\n' });
    const before = statSync(join(opened.root, 'models.py'));
    const { hash } = await opened.source.read('models.py');
    await opened.source.write('models.py', 'a\nb\n', hash);
    expect(statSync(join(opened.root, 'models.py')).ino).toBe(before.ino);
    expect((await opened.source.history()).undo).toBeNull();
  });

  it('never writes over what another program has written', async () => {
    const opened = await openSource({ 'models.py': 'a = 1\n' });
    const path = join(opened.root, 'models.py');
    const { hash } = await opened.source.read('models.py');
    const facts = statSync(path);
    writeFileSync(path, 'b = 1\n'); // of the same size, and made to look as old
    execFileSync('touch', ['-d', facts.mtime.toISOString(), path]);
    await expect(opened.source.write('models.py', 'a = 2\n', hash)).rejects.toMatchObject({
      code: 'changed-outside',
      detail: { path: 'models.py', yours: 'a = 2\n', theirs: 'b = 1\n' },
    });
    expect(text(opened, 'models.py')).toBe('b = 1\n');
  });

  it('tells a file that was removed from one that was changed, and makes a new one only where none is', async () => {
    const opened = await openSource({ 'models.py': 'a = 1\n' });
    await expect(opened.source.write('gone.py', 'x\n', 'f00')).rejects.toMatchObject({
      code: 'changed-outside',
      detail: { yours: 'x\n', theirs: null },
    });
    await expect(opened.source.write('models.py', 'x\n', '')).rejects.toMatchObject({
      code: 'changed-outside',
    });
    await opened.source.write('new/notes.py', 'x\n', '');
    expect(text(opened, 'new/notes.py')).toBe('x\n');
    await opened.source.undo();
    expect(existsSync(join(opened.root, 'new'))).toBe(false);
  });

  it('shows a file of an encoding it can not write, and refuses to save it', async () => {
    const japanese = Buffer.from('2320636f64696e673a20736a69730a23208341', 'hex'); // in Shift JIS, and says so
    const opened = await openSource({ 'models.py': japanese });
    const file = await opened.source.read('models.py');
    expect(file.readOnly).toContain('models.py is written in sjis');
    expect((await opened.source.snapshot()).problems[0]?.message).toContain('sjis');
    await expect(opened.source.write('models.py', file.text, file.hash)).rejects.toMatchObject({
      code: 'refused',
    });
    expect(readFileSync(join(opened.root, 'models.py'))).toEqual(japanese);
  });

  it('keeps the encoding that a file names, and refuses a character that it has not', async () => {
    const latin = Buffer.from('# coding: latin-1\nname = "\xe9\x85"\n', 'latin1');
    const opened = await openSource({ 'models.py': latin });
    const file = await opened.source.read('models.py');
    expect(file).toMatchObject({ readOnly: null, text: '# coding: latin-1\nname = "é\x85"\n' });
    const saved = await opened.source.write('models.py', file.text.replace('é', 'éü'), file.hash);
    const expected = Buffer.from('# coding: latin-1\nname = "\xe9\xfc\x85"\n', 'latin1');
    expect(readFileSync(join(opened.root, 'models.py'))).toEqual(expected);
    await expect(opened.source.write('models.py', `${saved.text}# €`, saved.hash)).rejects.toThrow('“€”');
    expect(readFileSync(join(opened.root, 'models.py'))).toEqual(expected);
    await opened.source.undo();
    expect(readFileSync(join(opened.root, 'models.py'))).toEqual(latin);
  });

  it('gives a file of several names another one: the others keep the old text', async () => {
    const opened = await openSource({ 'models.py': 'a = 1\n' });
    linkSync(join(opened.root, 'models.py'), join(opened.root, 'other.py'));
    const { hash } = await opened.source.read('models.py');
    await opened.source.write('models.py', 'a = 2\n', hash);
    expect([text(opened, 'models.py'), text(opened, 'other.py')]).toEqual(['a = 2\n', 'a = 1\n']);
  });

  it.skipIf(process.getuid?.() !== 0)('leaves a file with its owner', async () => {
    const opened = await openSource({ 'models.py': 'a = 1\n' });
    chownSync(join(opened.root, 'models.py'), 1234, 4321);
    const { hash } = await opened.source.read('models.py');
    await opened.source.write('models.py', 'a = 2\n', hash);
    expect(statSync(join(opened.root, 'models.py'))).toMatchObject({ uid: 1234, gid: 4321 });
  });

  it('refuses a coding line that would make the file unreadable', async () => {
    const opened = await openSource({ 'models.py': 'a = 1\n' });
    const { hash } = await opened.source.read('models.py');
    await expect(opened.source.write('models.py', '# coding: sjis\n', hash)).rejects.toThrow('sjis');
    expect(text(opened, 'models.py')).toBe('a = 1\n');
  });

  it.each([
    ['file', 'app/models.py', 0o444],
    ['folder', 'app', 0o555],
  ])('names a read-only %s', async (_kind, path, mode) => {
    const opened = await openSource({ 'app/models.py': 'a = 1\n' });
    chmodSync(join(opened.root, path), mode);
    const file = await opened.source.read('app/models.py');
    expect(file.readOnly).toContain('read-only');
    await expect(opened.source.write('app/models.py', 'x\n', file.hash)).rejects.toThrow('read-only');
    chmodSync(join(opened.root, path), 0o755);
    expect(text(opened, 'app/models.py')).toBe('a = 1\n');
    expect(readdirSync(join(opened.root, 'app'))).toEqual(['models.py']);
  });
});

describe('applying a plan', () => {
  it('writes all its files, tells of them, and takes them back and again, also after a restart', async () => {
    const opened = await openSource({ 'a.py': 'a\n', 'b.py': 'b\n', 'c.py': 'c\n' });
    await apply(opened, { 'a.py': 'A\n', 'b.py': null, 'stock/models/book.py': 'new\n' });
    expect(text(opened, 'a.py')).toBe('A\n');
    expect(existsSync(join(opened.root, 'b.py'))).toBe(false);
    expect(opened.changes).toEqual([
      { path: 'a.py', kind: 'changed' },
      { path: 'b.py', kind: 'removed' },
      { path: 'stock/models/book.py', kind: 'added' },
    ]);
    expect([...opened.index.texts.keys()].sort()).toEqual(['a.py', 'c.py', 'stock/models/book.py']);

    const again = await opened.reopen();
    expect((await again.source.history()).undo).toMatchObject({
      title: 'Change a.py, b.py, stock/models/book.py',
      files: ['a.py', 'b.py', 'stock/models/book.py'],
    });
    await again.source.undo();
    expect([text(again, 'a.py'), text(again, 'b.py')]).toEqual(['a\n', 'b\n']);
    expect(existsSync(join(again.root, 'stock'))).toBe(false);

    const third = await again.reopen();
    const history = await third.source.redo();
    expect(history.redo).toBeNull();
    expect(text(third, 'stock/models/book.py')).toBe('new\n');
    expect(existsSync(join(third.root, 'b.py'))).toBe(false);
  });

  it('writes nothing when one of its files is another one by now', async () => {
    const opened = await openSource({ 'a.py': 'a\n', 'b.py': 'b\n' });
    opened.index.intend({ 'a.py': 'A\n', 'b.py': 'B\n' });
    const plan = await opened.source.plan(operation);
    const outside = opened.source.plan(operation); // still queued while the file changes below
    writeFileSync(join(opened.root, 'b.py'), 'x\n');
    await outside;
    await expect(opened.source.apply(operation, plan.id)).rejects.toMatchObject({ code: 'changed-outside' });
    expect(text(opened, 'a.py')).toBe('a\n');
    expect(text(opened, 'b.py')).toBe('x\n');
  });

  it('writes only the plan that was shown', async () => {
    const opened = await openSource({ 'a.py': 'a\n' });
    opened.index.intend({ 'a.py': 'A\n' });
    const { id } = await opened.source.plan(operation);
    opened.index.intend({ 'a.py': 'B\n' });
    await expect(opened.source.apply(operation, id)).rejects.toMatchObject({ code: 'changed-outside' });
    expect(text(opened, 'a.py')).toBe('a\n');
  });

  it('refuses a plan for a file it could not write back', async () => {
    const opened = await openSource({ 'a.py': Buffer.from('# coding: sjis\n', 'latin1') });
    opened.index.intend({ 'a.py': 'A\n' });
    await expect(opened.source.plan(operation)).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('undo', () => {
  it('refuses, with both texts, when the file was changed since', async () => {
    const opened = await openSource({ 'a.py': 'a\n', 'b.py': 'b\n' });
    await apply(opened, { 'a.py': 'A\n', 'b.py': 'B\n' });
    writeFileSync(join(opened.root, 'b.py'), 'theirs\n');
    await expect(opened.source.undo()).rejects.toMatchObject({
      code: 'changed-outside',
      detail: { path: 'b.py', yours: 'b\n', theirs: 'theirs\n' },
    });
    expect(text(opened, 'a.py')).toBe('A\n');
  });

  it('gives the very bytes back through a long and mixed session', async () => {
    const opened = await openSource({ 'a.py': '\ufeffa\r\n', 'b.py': Buffer.from('b') });
    const start = ['a.py', 'b.py'].map((name) => hashOf(readFileSync(join(opened.root, name))));
    for (let round = 0; round < 20; round += 1) {
      const { hash } = await opened.source.read('a.py');
      await opened.source.write('a.py', `a ${round}\r\n`, hash);
      await apply(opened, { 'b.py': `b ${round}`, [`new${round}.py`]: 'n' });
    }
    let current = await opened.reopen();
    for (let step = 0; step < 40; step += 1) {
      if (step === 17) current = await current.reopen();
      await current.source.undo();
    }
    expect(['a.py', 'b.py'].map((name) => hashOf(readFileSync(join(opened.root, name))))).toEqual(start);
    expect(readdirSync(opened.root).sort()).toEqual(['a.py', 'b.py']);
    await expect(current.source.undo()).rejects.toMatchObject({ code: 'not-available' });
  });

  it('keeps folders that somebody else has put something into', async () => {
    const opened = await openSource({ 'a.py': '' });
    await apply(opened, { 'stock/models.py': 'x' });
    await writeFiles(opened.root, { 'stock/theirs.txt': 'x' });
    await opened.source.undo();
    expect(readdirSync(join(opened.root, 'stock'))).toEqual(['theirs.txt']);
  });
});

it('keeps nothing of its own in the project', async () => {
  const opened = await openSource({ 'a.py': 'a\n' });
  await apply(opened, { 'a.py': 'A\n' });
  expect(readdirSync(opened.root)).toEqual(['a.py']);
  expect(readdirSync(join(opened.storageFolder, 'journal'))).toEqual([]);
});
