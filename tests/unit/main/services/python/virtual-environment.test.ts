import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  environmentOf,
  pythonOf,
  readVirtualEnvironment,
} from '../../../../../main/services/python/virtual-environment.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function environmentWith(config: string): Promise<string> {
  const folder = join(await temporaryFolder(), '.venv');
  await mkdir(folder);
  await writeFile(join(folder, 'pyvenv.cfg'), config);
  return folder;
}

describe('a virtual environment', () => {
  it.each([
    ['of venv', 'home = /usr/bin\nversion = 3.11.2\nexecutable = /usr/bin/python3.11\n', '3.11.2'],
    ['of uv', 'home = /x\nuv = 0.9.0\nversion_info = 3.13.0\n', '3.13.0'],
    ['of virtualenv', 'version_info = 3.12.1.final.0\r\n', '3.12.1'],
    ['of somebody', 'home = /usr/bin\n', null],
  ])('%s tells its version without being run', async (_by, config, version) => {
    expect((await readVirtualEnvironment(await environmentWith(config)))?.version).toBe(version);
  });

  it('is known from the place of its interpreter', async () => {
    const folder = await environmentWith('version = 3.11.2\n');
    expect((await environmentOf(pythonOf(folder)))?.folder).toBe(folder);
    expect(await environmentOf('/usr/bin/python3')).toBeNull();
  });

  it('has its interpreter elsewhere on Windows', () => {
    expect(pythonOf('venv', 'win32')).toBe(join('venv', 'Scripts', 'python.exe'));
  });

  it('is not any folder', async () => {
    expect(await readVirtualEnvironment(await temporaryFolder())).toBeNull();
  });
});
