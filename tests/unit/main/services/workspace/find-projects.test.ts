import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProjects } from '../../../../../main/services/workspace/find-projects.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function tree(...files: readonly string[]): Promise<string> {
  const root = await temporaryFolder();
  for (const file of files) {
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), '');
  }
  return root;
}

describe('projects of a folder', () => {
  it('are all found, the nearest to the root first', async () => {
    const root = await tree('z/manage.py', 'a/b/manage.py', 'manage.py', 'a b/manage.py');
    expect(await findProjects(root)).toEqual(['', 'a b', 'z', 'a/b']);
  });

  it('are not looked for in environments, packages and hidden folders', async () => {
    const root = await tree(
      'my-environment/pyvenv.cfg',
      'my-environment/src/manage.py',
      '.tox/manage.py',
      'node_modules/x/manage.py',
      'lib/site-packages/manage.py',
    );
    expect(await findProjects(root)).toEqual([]);
  });

  it('are not looked for through symbolic links, so a loop ends', async () => {
    const root = await tree('site/manage.py');
    await symlink(root, join(root, 'site', 'loop'));
    await symlink('itself', join(root, 'itself'));
    expect(await findProjects(root)).toEqual(['site']);
  });

  it('are not taken for one where manage.py is a folder', async () => {
    expect(await findProjects(await tree('manage.py/file'))).toEqual([]);
  });

  it('are not looked for without end', async () => {
    const deep = `${'d/'.repeat(300)}manage.py`;
    expect(await findProjects(await tree(deep))).toEqual([]);
  });
});
