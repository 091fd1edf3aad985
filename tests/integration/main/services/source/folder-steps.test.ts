import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import { type OpenedSource, openSource, writeFiles } from './opened-source.ts';

const operation: Operation = { kind: 'app.add', name: 'stock' };

/** A fingerprint of every file and folder of a workspace. */
function treeOf(root: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const place = join(root, name);
    hash.update(`${name}\0${lstatSync(place).mode}\0`);
    if (lstatSync(place).isFile()) hash.update(readFileSync(place));
  }
  return hash.digest('hex');
}

async function rename(opened: OpenedSource): Promise<void> {
  opened.index.intend(
    { 'shop/models.py': 'm = 2\n', 'shop/new/part.py': 'p\n', 'urls.py': 'store\n' },
    {
      folderMoves: [
        { from: 'shop', to: 'apps/store' },
        { from: 'apps/store/templates/shop', to: 'apps/store/templates/store' },
      ],
    },
  );
  const { id } = await opened.source.plan(operation);
  await opened.source.apply(operation, id);
}

const project = {
  'shop/models.py': 'm = 1\n',
  'shop/static/logo.png': Uint8Array.of(0, 255, 1),
  'shop/templates/shop/list.html': '<p>',
  'urls.py': 'shop\n',
};

describe('a folder that moves', () => {
  it('goes with everything in it, in one save with the files, and comes back', async () => {
    const opened = await openSource(project);
    const start = treeOf(opened.root);
    await rename(opened);
    const end = treeOf(opened.root);
    expect(readFileSync(join(opened.root, 'apps/store/models.py'), 'utf8')).toBe('m = 2\n');
    expect(readdirSync(opened.root).sort()).toEqual(['apps', 'urls.py']);
    expect(existsSync(join(opened.root, 'apps/store/templates/store/list.html'))).toBe(true);
    expect([...opened.index.texts.keys()].sort()).toEqual([
      'apps/store/models.py',
      'apps/store/new/part.py',
      'apps/store/templates/store/list.html',
      'urls.py',
    ]);
    expect(opened.index.texts.get('apps/store/models.py')).toBe('m = 2\n');
    expect(opened.changes).toContainEqual({ path: 'apps/store/static/logo.png', kind: 'added' });

    const again = await opened.reopen();
    await again.source.undo();
    expect(treeOf(opened.root)).toBe(start);
    await again.source.redo();
    expect(treeOf(opened.root)).toBe(end);
    const third = await again.reopen();
    await third.source.undo();
    expect(treeOf(opened.root)).toBe(start);
  });

  it('is not moved over anything, and nothing is written then', async () => {
    const opened = await openSource(project);
    mkdirSync(join(opened.root, 'apps/store'), { recursive: true });
    const start = treeOf(opened.root);
    await expect(rename(opened)).rejects.toThrow('apps/store exists already');
    expect(treeOf(opened.root)).toBe(start);
  });

  it('stays when a file in it is another one by now', async () => {
    const opened = await openSource(project);
    opened.index.intend({ 'shop/models.py': 'm = 2\n' }, { folderMoves: [{ from: 'shop', to: 'store' }] });
    const { id } = await opened.source.plan(operation);
    writeFileSync(join(opened.root, 'shop/models.py'), 'theirs\n');
    await expect(opened.source.apply(operation, id)).rejects.toMatchObject({ code: 'changed-outside' });
    expect(readFileSync(join(opened.root, 'shop/models.py'), 'utf8')).toBe('theirs\n');
    expect(existsSync(join(opened.root, 'store'))).toBe(false);
  });

  it('is not moved back over an outside change: undo shows both texts', async () => {
    const opened = await openSource(project);
    await rename(opened);
    writeFileSync(join(opened.root, 'apps/store/models.py'), 'theirs\n');
    const now = treeOf(opened.root);
    await expect(opened.source.undo()).rejects.toMatchObject({
      code: 'changed-outside',
      detail: { path: 'apps/store/models.py', yours: 'm = 1\n', theirs: 'theirs\n' },
    });
    expect(treeOf(opened.root)).toBe(now);
  });

  it('is not moved again over an outside change: redo shows both texts', async () => {
    const opened = await openSource(project);
    await rename(opened);
    await opened.source.undo();
    writeFileSync(join(opened.root, 'shop/models.py'), 'theirs\n');
    await expect(opened.source.redo()).rejects.toMatchObject({
      code: 'changed-outside',
      detail: { path: 'shop/models.py', yours: 'm = 2\n', theirs: 'theirs\n' },
    });
    writeFileSync(join(opened.root, 'shop/models.py'), 'm = 1\n');
    mkdirSync(join(opened.root, 'apps/store'), { recursive: true });
    await expect(opened.source.redo()).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(join(opened.root, 'urls.py'), 'utf8')).toBe('shop\n');
  });

  it('moves a link and not what it leads to', async () => {
    const opened = await openSource(project);
    symlinkSync('shop', join(opened.root, 'link'));
    opened.index.intend({}, { folderMoves: [{ from: 'link', to: 'other' }] });
    const { id } = await opened.source.plan(operation);
    await opened.source.apply(operation, id);
    expect(lstatSync(join(opened.root, 'other')).isSymbolicLink()).toBe(true);
    expect(existsSync(join(opened.root, 'shop/models.py'))).toBe(true);
  });
});

describe('a folder that is removed', () => {
  it('goes with the files that the source lens does not read, and all of it comes back', async () => {
    const opened = await openSource({
      ...project,
      'shop/empty/.keep': '',
      'shop/__pycache__/models.pyc': 'c',
    });
    mkdirSync(join(opened.root, 'shop/media'));
    opened.index.intend({ 'shop/models.py': null, 'urls.py': '' }, { folderRemovals: ['shop'] });
    const { id } = await opened.source.plan(operation);
    await opened.source.apply(operation, id);
    expect(readdirSync(opened.root)).toEqual(['urls.py']);
    const again = await opened.reopen();
    await again.source.undo();
    expect(readdirSync(opened.root, { recursive: true }).sort()).toEqual([
      'shop',
      'shop/empty',
      'shop/empty/.keep',
      'shop/media',
      'shop/models.py',
      'shop/static',
      'shop/static/logo.png',
      'shop/templates',
      'shop/templates/shop',
      'shop/templates/shop/list.html',
      'urls.py',
    ]);
    await again.source.redo();
    expect(readdirSync(opened.root)).toEqual(['urls.py']);
  });

  it('stays where undo could not give something in it back', async () => {
    const opened = await openSource(project);
    symlinkSync('../urls.py', join(opened.root, 'shop/link.py'));
    opened.index.intend({ 'shop/models.py': null }, { folderRemovals: ['shop'] });
    const { id } = await opened.source.plan(operation);
    await expect(opened.source.apply(operation, id)).rejects.toThrow('shop/link.py is a link');
    expect(existsSync(join(opened.root, 'shop/models.py'))).toBe(true);
  });
});

it('takes a folder that Python has compiled into away with the app that made it', async () => {
  const opened = await openSource({ 'a.py': '' });
  opened.index.intend({ 'stock/models.py': 'x' });
  const { id } = await opened.source.plan(operation);
  await opened.source.apply(operation, id);
  await writeFiles(opened.root, { 'stock/__pycache__/models.pyc': 'c' });
  await opened.source.undo();
  expect(readdirSync(opened.root)).toEqual(['a.py']);
});
