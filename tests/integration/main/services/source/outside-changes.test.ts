import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import { type OpenedSource, openSource, writeFiles } from './opened-source.ts';

const operation: Operation = { kind: 'app.add', name: 'stock' };

/** Waits until the watcher is there: what it does not see before is found by its first look at everything. */
async function until(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 10_000, interval: 5 });
}

const textOf = (opened: OpenedSource, path: string): string | undefined => opened.index.texts.get(path);

describe('what others change', () => {
  it('comes in the way our own saves do: files, then a snapshot with the next revision', async () => {
    const opened = await openSource({ 'shop/models.py': 'a\n' });
    const first = await opened.source.snapshot();
    writeFileSync(join(opened.root, 'shop/models.py'), 'b\n');
    await until(() => {
      expect(textOf(opened, 'shop/models.py')).toBe('b\n');
      expect(opened.snapshots.at(-1)?.revision).toBeGreaterThan(first.revision);
    });
    expect(opened.changes).toContainEqual({ path: 'shop/models.py', kind: 'changed' });
  });

  it('is seen for new folders, removed ones, renames and contents of the same size and time', async () => {
    const opened = await openSource({ 'a/one.py': '1\n', 'a/two.py': '2\n' });
    await writeFiles(opened.root, { 'b/c/three.py': '3\n', 'b/c/page.html': '<p>' });
    await until(() => expect(textOf(opened, 'b/c/three.py')).toBe('3\n'));
    await until(() => expect(opened.changes).toContainEqual({ path: 'b/c/page.html', kind: 'added' }));

    renameSync(join(opened.root, 'a'), join(opened.root, 'z'));
    await until(() =>
      expect([...opened.index.texts.keys()].sort()).toEqual(['b/c/three.py', 'z/one.py', 'z/two.py']),
    );

    rmSync(join(opened.root, 'b'), { recursive: true });
    await until(() => expect([...opened.index.texts.keys()].sort()).toEqual(['z/one.py', 'z/two.py']));

    const path = join(opened.root, 'z/one.py');
    const facts = statSync(path);
    for (let round = 0; round < 20; round += 1) {
      const text = `${String.fromCharCode(97 + round)}\n`;
      writeFileSync(path, text);
      execFileSync('touch', ['-d', facts.mtime.toISOString(), path]);
      await until(() => expect(textOf(opened, 'z/one.py')).toBe(text));
    }
    const paths = (await opened.source.list()).map((entry) => entry.path);
    expect(paths).toEqual(['z', 'z/one.py', 'z/two.py']);
  });

  it('is not told twice, and not at all for our own saves', async () => {
    const opened = await openSource({ 'a.py': 'a\n', 'page.html': 'a' });
    const { hash } = await opened.source.read('a.py');
    await opened.source.write('a.py', 'b\n', hash);
    const page = await opened.source.read('page.html');
    await opened.source.write('page.html', 'b', page.hash);
    writeFileSync(join(opened.root, 'end.py'), 'end\n');
    await until(() => expect(textOf(opened, 'end.py')).toBe('end\n'));
    const own = opened.changes.filter((change) => change.path !== 'end.py');
    expect(own).toEqual([
      { path: 'a.py', kind: 'changed' },
      { path: 'page.html', kind: 'changed' },
    ]);
  });

  it('is looked at without waiting where somebody who works for us wrote it', async () => {
    const opened = await openSource({ 'a.py': 'a\n' });
    await writeFiles(opened.root, { 'shop/migrations/0001_initial.py': 'm', 'shop/models.py': 'n' });
    await opened.source.noteWritten([
      join(opened.root, 'shop/migrations/0001_initial.py'),
      join(opened.root, 'shop/models.py'),
      '/elsewhere/x.py',
    ]);
    expect(textOf(opened, 'shop/models.py')).toBe('n');
    expect(opened.changes).toContainEqual({ path: 'shop/migrations/0001_initial.py', kind: 'added' });
  });

  it('never gets lost between our saves', async () => {
    const opened = await openSource({ 'a.py': 'a 0\n', 'b.py': 'b 0\n' });
    let ours = 0;
    let refused = 0;
    let expected = 'b 0\n';
    for (let round = 1; round <= 40; round += 1) {
      opened.index.intend({ 'a.py': `a ${round}\n`, 'b.py': `B ${round}\n` });
      const { id } = await opened.source.plan(operation);
      const path = join(opened.root, 'b.py');
      const outside = round % 2 === 0;
      if (outside) {
        const facts = statSync(path);
        writeFileSync(path, `${expected.slice(0, -2)}${round % 10}\n`.replace(/^./, 'o'));
        if (round % 4 === 0) execFileSync('touch', ['-d', facts.mtime.toISOString(), path]);
        expected = readFileSync(path, 'utf8');
      }
      await opened.source.apply(operation, id).then(
        () => {
          ours += 1;
          expected = `B ${round}\n`;
        },
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'changed-outside' });
          refused += 1;
        },
      );
      expect(readFileSync(path, 'utf8')).toBe(expected);
      await until(() => expect(textOf(opened, 'b.py')).toBe(expected));
    }
    expect({ ours, refused }).toEqual({ ours: 20, refused: 20 });
  });
});

describe('the walk', () => {
  it('leaves environments, caches, pipes and other places out, and ends in spite of loops', async () => {
    const opened = await openSource({
      'manage.py': '',
      'shop/models.py': 'm',
      'env/pyvenv.cfg': '',
      'env/lib/x.py': '',
      'conda/conda-meta/history': '',
      'node_modules/a/b.py': '',
      '.git/hooks/x.py': '',
      'shop/__pycache__/x.py': '',
      'odd/new\nline.py': 'n',
      'odd/--flag; rm.py': 'f',
      'odd/\u202egnp.py': 'r',
      'db.sqlite3-journal': '',
    });
    const { root } = opened;
    mkdirSync(join(root, 'links'));
    symlinkSync('..', join(root, 'links/up'));
    symlinkSync('.', join(root, 'links/self'));
    symlinkSync('../shop', join(root, 'links/shop'));
    symlinkSync('b', join(root, 'links/a'));
    symlinkSync('a', join(root, 'links/b'));
    symlinkSync('/etc', join(root, 'links/etc'));
    execFileSync('mkfifo', [join(root, 'shop/views.py')]);
    const again = await opened.reopen();
    const files = (await again.source.list()).filter((entry) => entry.kind === 'file');
    expect(files.map((entry) => entry.path).filter((path) => !path.startsWith('links/'))).toEqual([
      'manage.py',
      'odd/--flag; rm.py',
      'odd/new\nline.py',
      'odd/\u202egnp.py',
      'shop/models.py',
    ]);
    expect(textOf(again, 'links/shop/models.py')).toBe('m');
    expect(textOf(again, 'odd/new\nline.py')).toBe('n');
    expect(files.length).toBeLessThan(20);

    writeFileSync(join(root, 'shop/models.py'), 'M');
    await until(() => expect(textOf(again, 'links/shop/models.py')).toBe('M'));
  });

  it('names a file that is too large, and goes on', async () => {
    const opened = await openSource({ 'a.py': 'a', 'large.py': '' });
    execFileSync('truncate', ['-s', '10G', join(opened.root, 'large.py')]);
    const again = await opened.reopen();
    expect((await again.source.snapshot()).problems.map((problem) => problem.message)).toEqual([
      'large.py has 10240 MB; the studio opens text files up to 5 MB.',
    ]);
    expect(textOf(again, 'a.py')).toBe('a');
  });

  it('survives folders deeper than the system can name', async () => {
    const opened = await openSource({ 'a.py': 'a' });
    const script =
      'import os\nfor _ in range(1500):\n  os.mkdir("folder"); os.chdir("folder")\nopen("deep.py","w")';
    execFileSync('python3', ['-c', script], { cwd: opened.root });
    const again = await opened.reopen();
    expect(textOf(again, 'a.py')).toBe('a');
    expect((await again.source.snapshot()).problems.length).toBeGreaterThan(0);
    execFileSync('rm', ['-rf', join(opened.root, 'folder')]);
  });
});
