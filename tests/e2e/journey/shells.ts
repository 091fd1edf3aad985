import { basename, join } from 'node:path';
import { _electron, chromium, expect, type Page } from '@playwright/test';
import { chromiumPath } from '../../../scripts/chromium.ts';
import { chromiumArguments } from '../../support/chromium.ts';
import { startStudio } from '../../support/studio-process.ts';
import type { Home } from './home.ts';

/** The studio's window, in whichever shell. */
export interface Shell {
  readonly kind: 'web' | 'electron';
  readonly page: Page;
  /** Where the studio itself listens. */
  readonly addresses: readonly string[];
  /** What the window complained about: scripts that failed, loads that were refused, errors in the console. */
  readonly complaints: readonly string[];
  /** Answers the dialog for the folder to open that a press brings: ours, or the system's own. */
  readonly pickFolder: (press: () => Promise<void>, path: string) => Promise<void>;
  /** Ends the studio as its user does, and waits for the end. */
  readonly close: () => Promise<void>;
}

/** The window of every picture. */
export const windowSize = { width: 1440, height: 900 };

/** The studio in browser mode, in the system's Chromium; `folder` is opened at once. */
export async function openInBrowser(home: Home, folder?: string): Promise<Shell> {
  const studio = await startStudio({
    stateFolder: home.stateFolder,
    env: home.environment,
    ...(folder === undefined ? {} : { folder }),
  });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArguments] });
  const context = await browser.newContext({ viewport: windowSize, colorScheme: 'light' });
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(studio.link);
  return {
    kind: 'web',
    page,
    addresses: [studio.link],
    complaints,
    pickFolder: async (press, path) => {
      await press();
      await pickInOurs(page, path);
    },
    close: async () => {
      await browser.close();
      const code = await studio.stop();
      if (code !== 0) throw new Error(`The studio ended with ${String(code)}.`);
    },
  };
}

/** The studio in Electron, from the root of the package, as a developer starts it. */
export async function openInElectron(home: Home, executablePath: string): Promise<Shell> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const application = await _electron.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(home.folder, '.electron')}`,
      join(import.meta.dirname, '../../..'),
    ],
    env: { ...Object.fromEntries(inherited), ...home.environment },
    colorScheme: 'light',
  });
  const page = await application.firstWindow();
  const complaints = listen(page);
  await page.setViewportSize(windowSize);
  return {
    kind: 'electron',
    page,
    addresses: [],
    complaints,
    // No test reaches the system's dialog: it answers at once.
    pickFolder: async (press, path) => {
      await application.evaluate(({ dialog }, folder) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
      }, path);
      await press();
    },
    close: () => application.close(),
  };
}

async function pickInOurs(page: Page, path: string): Promise<void> {
  const picker = page.getByRole('dialog').filter({ has: page.getByLabel('Path', { exact: true }) });
  const field = picker.getByLabel('Path', { exact: true });
  await field.fill(path);
  await field.press('Enter');
  await picker.getByRole('button', { name: `Open “${basename(path)}”` }).click();
  await expect(picker).toBeHidden();
}

function listen(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  return complaints;
}
