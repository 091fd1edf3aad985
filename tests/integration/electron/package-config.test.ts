import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { beforeAll, describe, expect, test } from 'vitest';

type Configuration = Awaited<ReturnType<typeof getConfig>>;

const root = join(import.meta.dirname, '../../..');
let config: Configuration;

beforeAll(async () => {
  config = await getConfig(root, 'electron-builder.yml', null);
});

describe('the configuration of the packages', () => {
  test('is one that electron-builder accepts', async () => {
    await validateConfiguration(config, new DebugLogger(false));
    const wrong = { ...config, electronFuses: { runAsNod: false } } as unknown as Configuration;
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow(/electronFuses/);
  });

  test('makes AppImage and deb, dmg, and nsis, in an archive', () => {
    expect(config.linux?.target).toEqual(['AppImage', 'deb']);
    expect(config.mac?.target).toEqual(['dmg']);
    expect(config.win?.target).toEqual(['nsis']);
    expect(config.asar).toBe(true);
  });

  test('sets every fuse that electron-builder knows', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    });
    // A new fuse of Electron is to be decided on. WasmTrapHandlers keeps its default.
    const fuses = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    expect(fuses).toHaveLength(9);
    expect(fuses).toContain('WasmTrapHandlers');
  });

  test('puts what Python reads beside the archive, and what it names is there', async () => {
    const resources = config.extraResources as readonly { readonly from: string; readonly to: string }[];
    expect(resources.map(({ from, to }) => [from, to])).toEqual([
      ['resources/host', 'host'],
      ['resources/templates', 'templates'],
      ['resources/deploy', 'deploy'],
    ]);
    for (const { from } of resources) expect(existsSync(join(root, from)), from).toBe(true);
    for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
      const png = await readFile(join(root, 'resources/icons/png', `${size}x${size}.png`));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  test('starts the entry that the build makes', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(manifest.main).toBe('dist/main/electron/entry.js');
    expect(existsSync(join(root, 'main/electron/entry.ts'))).toBe(true);
  });
});
