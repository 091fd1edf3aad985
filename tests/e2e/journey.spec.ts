import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type TestInfo } from '@playwright/test';
import { electronBinary } from '../../scripts/electron-binary.ts';
import { makeHome, takesPictures, type Home } from './journey/home.ts';
import type { Journey } from './journey/journey.ts';
import { migrate } from './journey/migrations.ts';
import { designModels, editInMonaco } from './journey/models.ts';
import { newProject, welcome } from './journey/new-project.ts';
import { routes } from './journey/routes.ts';
import { run } from './journey/server.ts';
import { openInBrowser, openInElectron, type Shell } from './journey/shells.ts';
import { trust } from './journey/trust.ts';

const pictures = join(import.meta.dirname, '../../docs/guide/pictures');

test('from an empty folder to a deployable Django backend', async ({}, info) => {
  const missing = whyNotHere(info);
  if (missing !== null) console.warn(`SKIPPED: ${missing}`);
  test.skip(missing !== null, missing ?? '');
  const home = await makeHome();
  const shell = await openShell(info, home);
  try {
    await walk({
      page: shell.page,
      shell,
      home,
      project: join(home.folder, 'work', 'library'),
      picture: (name) => takePicture(shell, info, name),
    });
    expect(shell.complaints).toEqual([]);
  } catch (error) {
    await takePicture(shell, info, 'failed');
    throw error;
  } finally {
    await shell.close();
    await home.remove();
  }
});

async function walk(journey: Journey): Promise<void> {
  await test.step('1 welcome', () => welcome(journey));
  await test.step('2 new project', () => newProject(journey));
  await test.step('3 trust', () => trust(journey));
  await test.step('4 models', () => designModels(journey));
  await test.step('4 code', () => editInMonaco(journey));
  await test.step('5 migrations', () => migrate(journey));
  await test.step('6 run', () => run(journey));
  await test.step('7 routes', () => routes(journey));
}

function whyNotHere(info: TestInfo): string | null {
  if (info.project.name !== 'electron') return null;
  if (electronBinary() === null) {
    return "Electron's binary is not here: the journey was not walked in the desktop shell. `npm start` fetches it where GitHub can be reached.";
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return 'There is no display for a desktop window: the journey was not walked in the desktop shell. `xvfb-run npm test` gives it one.';
  }
  return null;
}

function openShell(info: TestInfo, home: Home): Promise<Shell> {
  const binary = info.project.name === 'electron' ? electronBinary() : null;
  return binary === null ? openInBrowser(home) : openInElectron(home, binary);
}

async function takePicture({ page, kind }: Shell, info: TestInfo, name: string): Promise<void> {
  const image = await page.screenshot({
    path: info.outputPath(`${name}.png`),
    animations: 'disabled',
    caret: 'hide',
    // Messages come and go by themselves: what is in sight then would depend on the machine.
    style: '.toast-viewport { visibility: hidden }',
  });
  if (takesPictures && kind === 'web') await writeFile(join(pictures, `${name}.png`), image);
}
