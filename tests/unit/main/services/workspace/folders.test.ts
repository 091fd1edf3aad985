import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, listFolder } from '../../../../../main/services/workspace/folders.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

describe('the folder dialog', () => {
  it('lists folders as people sort them, and links to folders', async () => {
    const root = await temporaryFolder();
    for (const name of ['part 10', 'part 9', '.hidden', 'Äpfel']) await mkdir(join(root, name));
    await writeFile(join(root, 'file'), '');
    await writeFile(join(root, 'part 9', 'manage.py'), '');
    await symlink(join(root, 'part 9'), join(root, 'link'));
    await symlink('loop', join(root, 'loop'));
    await symlink(join(root, 'file'), join(root, 'link to file'));
    const listing = await listFolder({ path: root, showHidden: false });
    expect(listing.folders.map(({ name }) => name)).toEqual(['Äpfel', 'link', 'part 9', 'part 10']);
    expect(listing.folders.filter(({ isProject }) => isProject).map(({ name }) => name)).toEqual([
      'link',
      'part 9',
    ]);
    expect(listing).toMatchObject({ path: root, writable: true, isProject: false });
    const all = await listFolder({ path: root, showHidden: true });
    expect(all.folders.map(({ name }) => name)).toContain('.hidden');
  });

  it('starts at home and offers places', async () => {
    const listing = await listFolder({ path: null, showHidden: false });
    expect(listing.path).toBe(homedir());
    expect(listing.places[0]).toMatchObject({ name: 'Home', path: homedir() });
    expect(listing.places.some(({ path }) => path === '/')).toBe(process.platform !== 'win32');
  });

  it('ends at the root', async () => {
    expect((await listFolder({ path: '/', showHidden: false })).parent).toBeNull();
  });

  it.each([
    ['missing', 'it does not exist'],
    ['file', 'it is not a folder'],
    ['loop', 'lead in a circle'],
  ])('says why it can not show a path that is %s', async (name, words) => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'file'), '');
    await symlink('loop', join(root, 'loop'));
    await expect(listFolder({ path: join(root, name), showHidden: false })).rejects.toThrow(words);
  });

  it('takes absolute paths only', async () => {
    await expect(listFolder({ path: 'home', showHidden: false })).rejects.toThrow('not an absolute path');
  });

  it.each(['with space', "it's", 'a"b', '🎸', '--force', '$HOME'])('makes a folder %s', async (name) => {
    const root = await temporaryFolder();
    expect(await createFolder({ parent: root, name })).toBe(join(root, name));
  });

  it.each(['', ' ', '.', '..', 'a/b', '../x', 'a\\b', 'a\0b'])('refuses the name %j', async (name) => {
    const root = await temporaryFolder();
    await expect(createFolder({ parent: root, name })).rejects.toThrow('no slash');
  });

  it('says what is in the way of a new folder', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, 'there'));
    await expect(createFolder({ parent: root, name: 'there' })).rejects.toThrow('there already');
    await expect(createFolder({ parent: join(root, 'no'), name: 'x' })).rejects.toThrow('does not exist');
    await expect(createFolder({ parent: root, name: 'x'.repeat(256) })).rejects.toThrow('too long');
  });
});
