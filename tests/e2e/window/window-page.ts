import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumPath } from '../../../scripts/chromium.ts';
import { chromiumArguments } from '../../support/chromium.ts';
import { contentSecurityPolicy } from '../../../main/services/window-files/content-security-policy.ts';
import { listWindowFiles } from '../../../main/services/window-files/window-files.ts';
import type { FixtureState } from './fixture-project.ts';
import { installFixtureBridge } from './fixture-transport.ts';

/** The built window in a browser, answered by a fixture. */
export interface WindowPages {
  readonly open: (state: FixtureState, options?: WindowOptions) => Promise<Page>;
  /** What the pages complained about: errors of scripts, refused loads. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

interface WindowOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** Serves the built window with the product's own headers and opens it in the system's Chromium. */
export async function openWindowPages(folder: string): Promise<WindowPages> {
  const files = await listWindowFiles(folder);
  const server = createServer((request, response) => {
    const file = files.find(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    void file.read().then((content) => {
      response
        .writeHead(200, { 'content-type': file.type, 'content-security-policy': contentSecurityPolicy() })
        .end(content);
    });
  });
  const address = await listen(server);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [...chromiumArguments],
  });
  const complaints: string[] = [];
  return {
    open: (state, options = {}) => openPage(browser, address, state, options, complaints),
    complaints,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function openPage(
  browser: Browser,
  address: string,
  state: FixtureState,
  { theme = 'light', width = 1280, height = 800 }: WindowOptions,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.addInitScript(installFixtureBridge, { ...state, settings: { ...state.settings, theme } });
  await page.goto(address);
  await page.locator('.title-bar').waitFor({ timeout: 8000 });
  return page;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}
