import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApplication, type RunningApplication } from '../../support/electron-stand-in/stand-in.ts';

const root = join(import.meta.dirname, '../../..');

let folder: string;
let application: RunningApplication;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-built-'));
  application = startApplication({
    entry: join(root, 'dist/main/electron/entry.js'),
    root,
    userData: join(folder, 'user-data'),
    environment: { SAMOIS_STATE_FOLDER: join(folder, 'state') },
  });
  page = await application.firstPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.reload();
});
afterAll(async () => {
  await application.kill();
  await rm(folder, { recursive: true, force: true });
});

describe('the built studio, its entry and preload script unmodified', () => {
  test('shows its welcome page under its own policy', async () => {
    await page.getByRole('heading', { name: 'Samois' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('opens the palette from the native menu, and takes a pick of a folder from the native dialog', async () => {
    expect(await application.control('clickMenu', 'palette.commands')).toBe(true);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await application.control('answerDialog', [folder]);
    expect(await application.control('clickMenu', 'workspace.open')).toBe(true);
    await expect.poll(() => application.control('dialogs')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test('ends when it is asked to', async () => {
    await application.control('quit');
    expect(await application.exit).toBe(0);
    expect(application.output()).toBe('');
  });
});
