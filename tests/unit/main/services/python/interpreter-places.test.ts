import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  foldersOfPath,
  fromPyLauncher,
  inFolders,
  ofConda,
  ofPyenv,
  ofUv,
  onPath,
} from '../../../../../main/services/python/interpreter-places.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function filesIn(folder: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), '');
  }
}

describe('places of interpreters', () => {
  it('are the folders of PATH in their order, python3 before python', async () => {
    const folder = await temporaryFolder();
    await filesIn(
      folder,
      'a/python',
      'a/python3',
      'a/python3.12',
      'a/python3-config',
      'a/pythonic',
      'b/python3',
    );
    const PATH = [join(folder, 'a'), join(folder, 'b')].join(delimiter);
    const found = await onPath({ env: { PATH }, home: folder, platform: 'linux' });
    expect(found.map(({ reason }) => reason)).toEqual([
      'first python3 on PATH',
      'first python3.12 on PATH',
      'first python on PATH',
      `python3 in ${join(folder, 'b')} on PATH`,
    ]);
  });

  it('are never relative to the working directory', () => {
    expect(foldersOfPath({ PATH: ['.', '', 'bin', '/usr/bin', '/usr/bin'].join(delimiter) })).toEqual([
      '/usr/bin',
    ]);
  });

  it('are the versions of pyenv, of uv and of conda', async () => {
    const home = await temporaryFolder();
    await filesIn(
      home,
      '.pyenv/versions/3.12.1/bin/python',
      '.local/share/uv/python/cpython-3.13.0-linux/bin/python',
      'miniconda3/envs/web/bin/python',
    );
    await filesIn(home, '.conda/environments.txt');
    await writeFile(join(home, '.conda/environments.txt'), `${join(home, 'elsewhere')}\n`);
    const machine = { env: {}, home, platform: 'linux' as const };
    expect(await ofPyenv(machine)).toMatchObject([{ reason: 'pyenv version 3.12.1' }]);
    expect(await ofUv(machine)).toMatchObject([{ reason: 'installed by uv (cpython-3.13.0-linux)' }]);
    expect((await ofConda(machine)).map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        join(home, 'elsewhere/bin/python'),
        join(home, 'miniconda3/bin/python'),
        join(home, 'miniconda3/envs/web/bin/python'),
        '/opt/conda/bin/python',
      ]),
    );
  });

  it('are the environments inside a project', async () => {
    const folder = await temporaryFolder();
    await filesIn(folder, '.venv/pyvenv.cfg', 'env/not-one', '.env');
    expect(await inFolders([folder])).toMatchObject([
      { path: join(folder, '.venv/bin/python'), source: 'venv' },
    ]);
  });

  it('are told by the py launcher, old and new', () => {
    const output = [
      ' -V:3.13 *        C:\\Python313\\python.exe',
      ' -V:Astral/CPython3.12.1 C:\\Users\\Ada B\\uv\\python.exe',
      ' -3.9-64        C:\\Python39\\python.exe',
      'Installed Pythons found by py Launcher for Windows',
    ].join('\r\n');
    expect(fromPyLauncher(output).map(({ path, reason }) => [path, reason])).toEqual([
      ['C:\\Python313\\python.exe', 'py launcher, 3.13'],
      ['C:\\Users\\Ada B\\uv\\python.exe', 'py launcher, Astral/CPython3.12.1'],
      ['C:\\Python39\\python.exe', 'py launcher, 3.9-64'],
    ]);
  });
});
