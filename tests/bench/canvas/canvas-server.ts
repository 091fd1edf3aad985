import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { chromiumPath } from '../../../scripts/chromium.ts';
import { chromiumArguments } from '../../support/chromium.ts';

/** A Chromium without GPU and the pages of a folder, served from their sources. */
export interface CanvasPage {
  readonly page: Page;
  readonly url: string;
  readonly close: () => Promise<void>;
}

const ROOT = join(import.meta.dirname, '../../..');

/** Opens a page below the repository's root (`tests/bench/canvas/index.html`) in headless Chromium. */
export async function openCanvasPage(path: string, scheme: 'light' | 'dark'): Promise<CanvasPage> {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    cacheDir: join(ROOT, '.cache/vite-bench'),
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    plugins: [react()],
    optimizeDeps: { entries: [path] },
  });
  let browser: Browser | null = null;
  try {
    await server.listen();
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) throw new Error('The page server has no address.');
    browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumArguments] });
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, colorScheme: scheme });
    const url = `${address}${path}`;
    await page.goto(url);
    const opened = browser;
    return {
      page,
      url,
      close: async () => {
        await opened.close();
        await server.close();
      },
    };
  } catch (error) {
    await browser?.close();
    await server.close();
    throw error;
  }
}
