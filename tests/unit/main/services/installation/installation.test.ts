import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findInstallation, stateFolder } from '../../../../../main/services/installation/installation.ts';

const root = join(import.meta.dirname, '../../../../..');

test('finds the parts of the studio from its sources and from its build', () => {
  const fromSource = findInstallation(join(root, 'main/web/entry.ts'));
  expect(fromSource).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    rendererFolder: join(root, 'dist/renderer'),
    preloadFile: join(root, 'dist/preload/preload.cjs'),
    resourcesFolder: join(root, 'resources'),
  });
  expect(findInstallation(join(root, 'dist/main/electron/entry.js'))).toEqual(fromSource);
});

test('a package keeps what Python reads outside its archive', () => {
  const { resourcesFolder } = findInstallation(join(root, 'main/electron/entry.ts'), '/opt/Samois/resources');
  expect(resourcesFolder).toBe('/opt/Samois/resources');
});

test('the state folder is where the system keeps such things', () => {
  expect(stateFolder({ SAMOIS_STATE_FOLDER: '/elsewhere' }, 'linux')).toBe('/elsewhere');
  expect(stateFolder({}, 'linux')).toBe(join(homedir(), '.config/Samois/state'));
  expect(stateFolder({ XDG_CONFIG_HOME: '/x' }, 'linux')).toBe('/x/Samois/state');
  expect(stateFolder({}, 'darwin')).toBe(join(homedir(), 'Library/Application Support/Samois/state'));
  expect(stateFolder({ APPDATA: '/roaming' }, 'win32')).toBe('/roaming/Samois/state');
});
