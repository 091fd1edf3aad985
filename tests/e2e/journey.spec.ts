import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type TestInfo } from '@playwright/test';
import { electronBinary } from '../../scripts/electron-binary.ts';
import { database } from './journey/database.ts';
import { exportProject } from './journey/export.ts';
import { makeHome, takesPictures, type Home } from './journey/home.ts';
import { goTo, type Journey } from './journey/journey.ts';
import { isListening, processesOf } from './journey/leftovers.ts';
import { migrate } from './journey/migrations.ts';
import { designModels, editInMonaco } from './journey/models.ts';
import { newProject, welcome } from './journey/new-project.ts';
import { requests } from './journey/requests.ts';
import { routes } from './journey/routes.ts';
import { run, siteAddress } from './journey/server.ts';
import { openInBrowser, openInElectron, type Shell } from './journey/shells.ts';
import { trust } from './journey/trust.ts';

const pictures = join(import.meta.dirname, '../../docs/guide/pictures');

test('from an empty folder to a deployable Django backend', async ({}, info) => {
  const missing = whyNotHere(info);
  if (missing !== null) console.warn(`SKIPPED: ${missing}`);
  test.skip(missing !== null, missing ?? '');
  // Two minutes on two cores; a machine that has other work gets more.
  test.setTimeout(600_000);
  const home = await makeHome();
  try {
    await home.bringWheels();
    const shell = await openShell(info, home);
    const site = await walkAndClose(shell, info, home);
    await test.step('nothing is left', () => nothingIsLeft(home, [site, ...shell.addresses]));
  } finally {
    await home.remove();
  }
});

/** Walks all of it and leaves with the site running; gives its address. */
async function walkAndClose(shell: Shell, info: TestInfo, home: Home): Promise<string> {
  try {
    const site = await walk({
      page: shell.page,
      shell,
      home,
      project: join(home.folder, 'work', 'library'),
      picture: (name) => takePicture(shell, info, name),
    });
    expect(shell.complaints).toEqual([]);
    return site;
  } catch (error) {
    await takePicture(shell, info, 'failed');
    throw error;
  } finally {
    await shell.close();
  }
}

async function walk(journey: Journey): Promise<string> {
  await test.step('1 welcome', () => welcome(journey));
  await test.step('2 new project', () => newProject(journey));
  await test.step('3 trust', () => trust(journey));
  await test.step('4 models', () => designModels(journey));
  await test.step('4 code', () => editInMonaco(journey));
  await test.step('5 migrations', () => migrate(journey));
  await test.step('6 run', () => run(journey));
  await test.step('7 routes', () => routes(journey));
  await test.step('8 requests', () => requests(journey));
  await test.step('9 database', () => database(journey));
  await test.step('10 export', () => exportProject(journey));
  await goTo(journey.page, 'Server');
  return siteAddress(journey.page);
}

/** No process and no port of the studio, its host or the site that was running. */
async function nothingIsLeft(home: Home, addresses: readonly string[]): Promise<void> {
  await expect.poll(() => processesOf(home)).toEqual([]);
  for (const address of addresses) expect(await isListening(address)).toBe(false);
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
