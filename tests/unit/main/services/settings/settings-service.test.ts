import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSettingsService } from '../../../../../main/services/settings/settings-service.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function service() {
  const stateFolder = await temporaryFolder();
  const told: unknown[] = [];
  const settings = createSettingsService({ stateFolder, emit: (_name, payload) => told.push(payload) });
  return { settings, told, file: join(stateFolder, 'settings.json') };
}

describe('settings', () => {
  it('starts with defaults and writes nothing', async () => {
    const { settings, file } = await service();
    expect((await settings.read()).theme).toBe('system');
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('keeps a change and tells it', async () => {
    const { settings, told } = await service();
    const changed = await settings.change({ theme: 'dark' });
    expect(await settings.read()).toEqual(changed);
    expect(told).toEqual([changed]);
  });

  it('keeps the pane groups that a change does not name', async () => {
    const { settings } = await service();
    await settings.change({ panes: { models: { list: 20, canvas: 80 } } });
    await settings.change({ panes: { code: { tree: 30, editor: 70 } } });
    expect(Object.keys((await settings.read()).panes)).toEqual(['models', 'code']);
  });

  it('loses no change when several come at once', async () => {
    const { settings } = await service();
    await Promise.all([settings.change({ theme: 'light' }), settings.change({ autoSave: true })]);
    expect(await settings.read()).toMatchObject({ theme: 'light', autoSave: true });
  });

  it('keeps the other values when one is not valid', async () => {
    const { settings, file } = await service();
    await writeFile(file, JSON.stringify({ theme: 'purple', editorFontSize: 20 }));
    expect(await settings.read()).toMatchObject({ theme: 'system', editorFontSize: 20 });
  });

  it('starts with defaults when the file is damaged', async () => {
    const { settings, file } = await service();
    await writeFile(file, '{"theme": "da');
    expect((await settings.read()).theme).toBe('system');
    expect(await readFile(`${file}.damaged`, 'utf8')).toBe('{"theme": "da');
  });
});
