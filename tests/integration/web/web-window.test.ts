import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listWindowFiles } from '../../../main/services/window-files/window-files.ts';
import { openWebHost, type WebHost } from '../../../main/web/web-host.ts';
import { openTestBrowser, type TestBrowser } from '../../support/chromium.ts';
import { createSmallServices, type SmallServices } from '../../support/small-studio/small-services.ts';
import { buildSmallWindow, type SmallWindow } from '../../support/small-studio/small-window.ts';
import type { SmallPage } from '../../support/small-studio/window-entry.ts';

declare const small: SmallPage;

let window: SmallWindow;
let browser: TestBrowser;
beforeAll(async () => {
  window = await buildSmallWindow();
  browser = await openTestBrowser();
});
afterAll(async () => {
  await browser.close();
  await window.remove();
});

let services: SmallServices;
let host: WebHost;
let page: Page;
const reported: unknown[] = [];

async function open(port = 0): Promise<void> {
  services = createSmallServices();
  const files = await listWindowFiles(window.folder);
  host = await openWebHost({ services, files, port, report: (error) => reported.push(error) });
}

beforeEach(async () => {
  await open();
  page = await browser.context.newPage();
});
afterEach(async () => {
  services.release();
  await page.close();
  await host.close();
  reported.length = 0;
});

const ask = (name: string, input: unknown = {}, on: Page = page): Promise<unknown> =>
  on.evaluate(([wanted, given]) => small.ask(wanted, given), [name, input] as const);

async function launch(on: Page = page): Promise<void> {
  await on.goto(host.newLaunchLink());
  await on.waitForURL(`${host.origin}/`);
  await on.waitForFunction(() => 'small' in globalThis);
}

const connected = (on: Page = page): Promise<unknown> =>
  on.waitForFunction(() => small.connections.at(-1) === 'connected');

describe('a window in the browser', () => {
  test('opens by the launch link, calls, hears events, and gets failures as failures', async () => {
    await launch();
    expect(page.url()).toBe(`${host.origin}/`);
    expect(await ask('app.info')).toEqual({ value: { version: '1.2.3', shell: 'browser' } });
    expect(await ask('note.write', { text: 'é\u2028"' })).toEqual({ value: 1 });
    await page.waitForFunction(() => small.heard.length === 1);
    expect(await page.evaluate(() => small.heard)).toEqual([
      { event: 'database.changed', payload: { database: 'é\u2028"' } },
    ]);
    expect(await ask('note.refuse')).toEqual({
      code: 'refused',
      message: 'The small studio refuses this.',
      detail: { why: 'a test' },
    });
    expect(await ask('note.run')).toMatchObject({ code: 'not-trusted' });
    expect(await ask('note.nothing')).toMatchObject({ code: 'not-found' });
  });

  test('is served under a policy that it does not break', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await launch();
    const response = await page.reload();
    expect(response?.headers()).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self';") as string,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(complaints).toEqual([]);
  });

  test('survives a reload, and a second tab works in the same session', async () => {
    await launch();
    await page.reload();
    await connected();
    expect(await ask('note.write', { text: 'after the reload' })).toEqual({ value: 1 });
    const second = await browser.context.newPage();
    await second.goto(`${host.origin}/`);
    await connected(second);
    expect(await ask('note.list', {}, second)).toEqual({ value: ['after the reload'] });
    await ask('note.write', { text: 'to both' });
    await second.waitForFunction(() => small.heard.length === 1);
    await second.close();
  });

  test('a launch link works once', async () => {
    const link = host.newLaunchLink();
    await page.goto(link);
    await page.waitForURL(`${host.origin}/`);
    const other = await openTestBrowser();
    const late = await other.context.newPage();
    await late.goto(link);
    await late.getByText('This link has been used').waitFor();
    expect(await late.evaluate(() => document.cookie + JSON.stringify(localStorage))).toBe('{}');
    expect((await late.goto(`${host.origin}/`))?.status()).toBe(403);
    await other.close();
  });

  test('large messages pass; what is too large is refused with a sentence and the window goes on', async () => {
    await launch();
    expect(await page.evaluate(() => small.ask('note.write', { text: 'x'.repeat(20_000_000) }))).toEqual({
      value: 1,
    });
    expect(
      await page.evaluate(() => small.ask('note.write', { text: 'é'.repeat(17_000_000) })),
    ).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('32 MB') as string,
    });
    expect(services.written).toHaveLength(1);
  });

  test('a lost connection fails what was under way, comes back, and tells that events were missed', async () => {
    await launch();
    const waiting = ask('note.wait');
    await ask('note.list'); // the call before it has arrived by now
    // An answer that JSON can't carry is a bug: it is reported, and the socket is cut.
    expect(await ask('note.odd')).toMatchObject({ code: 'not-available' });
    expect(await waiting).toMatchObject({ code: 'not-available' });
    expect(reported).toHaveLength(1);
    await page.waitForFunction(() => small.reconnects.length === 1);
    expect(await ask('note.write', { text: 'again' })).toEqual({ value: 1 });
    expect(await page.evaluate(() => small.connections)).toEqual([
      'connecting',
      'connected',
      'connecting',
      'connected',
    ]);
  });

  test('a studio that ends says so, and its page does not work with the next one on the same port', async () => {
    await launch();
    const port = Number(new URL(host.origin).port);
    await host.close();
    await page.waitForFunction(() => small.connections.at(-1) === 'ended');
    expect(await ask('note.list')).toMatchObject({ code: 'not-available' });
    await open(port);
    expect((await page.reload())?.status()).toBe(403);
    await page.getByText('Samois opens from the link in its terminal').waitFor();
    await launch();
    expect(await ask('note.list')).toEqual({ value: [] });
  });
});
