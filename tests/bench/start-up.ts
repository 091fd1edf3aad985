import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestBrowser } from '../support/chromium.ts';
import { startStudio } from '../support/studio-process.ts';
import { makeThirtyModels } from '../support/thirty-models.ts';
import { timed, type Benchmark } from './measure.ts';

/** From the start of the process to a window that shows the models of a project and answers to keys. */
export const startUpToInteractive: Benchmark = {
  name: 'start-up',
  studio: 'start browser mode on a project of 30 models, load the window, models listed',
  reference: 'an empty page from a bare HTTP server in the same browser: the floor',
  unit: 'ms',
  rounds: 5,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'samois-bench-'));
    const project = await makeThirtyModels(join(folder, 'project'));
    const browser = await openTestBrowser();
    const empty = createServer((_, response) => response.end('<!doctype html><title>empty</title>'));
    await new Promise<void>((resolve) => empty.listen(0, '127.0.0.1', resolve));
    const { port } = empty.address() as AddressInfo;
    return {
      studio: async () => {
        const page = await browser.context.newPage();
        let studio: Awaited<ReturnType<typeof startStudio>> | null = null;
        const milliseconds = await timed(async () => {
          studio = await startStudio({ folder: project.folder });
          await page.goto(studio.link);
          await page.getByText('Thing29').first().waitFor({ state: 'attached' });
        });
        await page.close();
        await (studio as Awaited<ReturnType<typeof startStudio>> | null)?.stop();
        return milliseconds;
      },
      reference: async () => {
        const page = await browser.context.newPage();
        const milliseconds = await timed(() => page.goto(`http://127.0.0.1:${port}/`));
        await page.close();
        return milliseconds;
      },
      dispose: async () => {
        await browser.close();
        await new Promise((resolve) => empty.close(resolve));
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
