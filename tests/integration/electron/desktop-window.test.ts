import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApplication, type RunningApplication } from '../../support/electron-stand-in/stand-in.ts';
import { buildSmallWindow, type SmallWindow } from '../../support/small-studio/small-window.ts';
import type { SmallPage } from '../../support/small-studio/window-entry.ts';

declare const small: SmallPage;
declare const samois: {
  readonly request: (name: unknown, input: unknown) => Promise<unknown>;
  readonly subscribe: unknown;
};

const root = join(import.meta.dirname, '../../..');
const entry = join(root, 'tests/support/small-studio/electron-entry.ts');

let files: SmallWindow;
let folder: string;
let application: RunningApplication;
let page: Page;

beforeAll(async () => {
  files = await buildSmallWindow();
  folder = await mkdtemp(join(tmpdir(), 'samois-desktop-'));
});
afterAll(async () => {
  await files.remove();
  await rm(folder, { recursive: true, force: true });
});

function start(...given: string[]): RunningApplication {
  return startApplication({
    entry,
    root,
    given,
    userData: join(folder, 'user-data'),
    environment: {
      SAMOIS_STATE_FOLDER: join(folder, 'state'),
      SMALL_WINDOW: files.folder,
      SMALL_PRELOAD: files.preloadFile,
    },
  });
}

const ask = (name: string, input: unknown = {}): Promise<unknown> =>
  page.evaluate(([wanted, given]) => small.ask(wanted, given), [name, input] as const);

describe('the desktop window', () => {
  beforeAll(async () => {
    application = start();
    page = await application.firstPage();
  });
  afterAll(() => application.kill());

  test('is served by the scheme under its policy, and is shown', async () => {
    expect(page.url()).toBe('https://app.samois.invalid/');
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(await page.evaluate(async () => (await fetch('/../package.json')).status)).toBe(404);
    const [shown] = await application.control('windows');
    expect(shown?.visible).toBe(true);
    expect(shown?.options.webPreferences).toEqual({
      preload: files.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    });
  });

  test('calls through preload, IPC and dispatch, and hears events', async () => {
    expect(await ask('app.info')).toEqual({
      value: { version: expect.any(String) as string, shell: 'electron' },
    });
    expect(await ask('note.write', { text: 'é\u2028"' })).toEqual({ value: 1 });
    await page.waitForFunction(() => small.heard.length === 1);
    expect(await page.evaluate(() => small.heard)).toEqual([
      { event: 'database.changed', payload: { database: 'é\u2028"' } },
    ]);
    expect(await ask('note.refuse')).toMatchObject({ code: 'refused', detail: { why: 'a test' } });
    expect(await ask('note.run')).toMatchObject({ code: 'not-trusted' });
    expect(await ask('constructor')).toMatchObject({ code: 'not-found' });
  });

  test('has two functions of the preload script and nothing of Node or Electron', async () => {
    expect(await page.evaluate(() => Object.keys(samois))).toEqual(['request', 'subscribe']);
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
      ),
    ).toEqual([]);
    const changed = await page.evaluate(() => {
      try {
        Object.assign(samois, { request: () => 'forged' });
        return 'changed';
      } catch {
        return 'frozen';
      }
    });
    expect(changed).toBe('frozen');
  });

  test('a function is no value that can be sent', async () => {
    expect(await page.evaluate(() => small.ask('note.write', { text: () => 1 }))).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('could not be cloned') as string,
    });
    expect(await ask('note.odd')).toEqual({ value: { big: 1n } }); // a structured clone carries it
  });

  test('a menu item runs its command in the window', async () => {
    expect(await application.control('clickMenu', 'palette.commands')).toBe(true);
    await page.waitForFunction(() => small.heard.some(({ event }) => event === 'command.run'));
    expect(await page.evaluate(() => small.heard.at(-1))).toEqual({
      event: 'command.run',
      payload: { command: 'palette.commands' },
    });
  });

  test('folders are picked in the native dialog', async () => {
    await application.control('answerDialog', ['/home/somebody/library']);
    expect(await ask('workspace.pickFolder', { title: 'Open a folder' })).toEqual({
      value: '/home/somebody/library',
    });
    expect(await ask('workspace.pickFolder', { title: 'Open a folder' })).toEqual({ value: null });
    expect(await application.control('dialogs')).toContainEqual({
      title: 'Open a folder',
      properties: ['openDirectory', 'createDirectory'],
    });
  });

  test('goes nowhere and opens no windows; only web and mail addresses leave it', async () => {
    for (const url of [
      'https://example.com/',
      'file:///etc/passwd',
      'http://127.0.0.1:1/',
      'https://other.samois.invalid/',
    ]) {
      await page.evaluate((target) => {
        const link = document.createElement('a');
        link.href = target;
        link.textContent = 'away';
        document.body.append(link);
        link.click();
        link.remove();
      }, url);
      expect(await ask('note.list')).toMatchObject({ value: expect.any(Array) as unknown[] });
      expect(page.url()).toBe('https://app.samois.invalid/');
    }
    const opened = [
      'https://docs.djangoproject.com/en/',
      'mailto:somebody@example.com',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'http://user:secret@example.com/',
    ];
    for (const url of opened) await page.evaluate((target) => void globalThis.open(target), url);
    await expect.poll(() => application.control('external')).toEqual(opened.slice(0, 2));
    await expect.poll(() => page.context().pages().length).toBe(1);
  });

  test('grants no permission but putting text on the clipboard', async () => {
    const own = 'samois://app/';
    for (const name of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fullscreen',
      'unknown',
    ]) {
      expect(await application.control('permission', name, own)).toEqual({
        requested: false,
        checked: false,
        device: false,
      });
    }
    expect(await application.control('permission', 'clipboard-sanitized-write', own)).toEqual({
      requested: true,
      checked: true,
      device: false,
    });
    expect(
      await application.control('permission', 'clipboard-sanitized-write', 'https://evil.example/'),
    ).toEqual({ requested: false, checked: false, device: false });
  });

  test.each([
    ['another origin', { origin: 'https://evil.example', parent: null }],
    ['a file', { origin: 'file://', parent: null }],
    ['an origin that begins like ours', { origin: 'samois://app.evil', parent: null }],
    ['a frame inside our page', { origin: 'samois://app', parent: {} }],
    ['a frame that is gone', null],
  ])('a message of %s is refused', async (_what, frame) => {
    const before = await ask('note.list');
    const reply = await application.control('forge', frame, 'samois:request', [
      'note.write',
      { text: 'forged' },
    ]);
    expect(reply).toMatchObject({ ok: false, failure: { code: 'not-allowed' } });
    expect(await ask('note.list')).toEqual(before);
    await expect(application.control('forge', frame, 'samois:other', [])).rejects.toThrow(/No handler/);
  });

  test('a second start hands over its folder and ends', async () => {
    const second = start('/home/somebody/library');
    expect(await second.exit).toBe(0);
    expect(second.output()).toBe('');
    await expect.poll(() => application.output()).toContain('opened /home/somebody/library');
  });

  test('loads again by itself', async () => {
    await page.reload();
    await page.waitForFunction(() => 'small' in globalThis);
    expect(await ask('app.info')).toMatchObject({ value: { shell: 'electron' } });
  });
});

describe('the end of the desktop shell', () => {
  beforeEach(async () => {
    application = start();
    page = await application.firstPage();
  });
  afterEach(() => application.kill());

  test('closing the window ends the services and remembers its place', async () => {
    await application.control('closeWindows');
    expect(await application.exit).toBe(0);
    expect(application.output()).toMatch(/disposed/);
    const state: unknown = JSON.parse(await readFile(join(folder, 'state', 'window.json'), 'utf8'));
    expect(state).toEqual({ bounds: { x: 0, y: 0, width: 1280, height: 820 }, maximized: false });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends the services', async (signal) => {
    application.process.kill(signal);
    expect(await application.exit).toBe(0);
    expect(application.output().match(/disposed/g)).toHaveLength(1);
  });
});

test('a start that fails says so and ends', async () => {
  const broken = startApplication({
    entry,
    root,
    userData: join(folder, 'other-user-data'),
    environment: { SAMOIS_STATE_FOLDER: join(folder, 'state'), SMALL_WINDOW: join(folder, 'nowhere') },
  });
  expect(await broken.exit).toBe(1);
  expect(broken.output()).toMatch(/Samois could not start: The window’s files are missing/);
});
