import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listWindowFiles } from '../../../main/services/window-files/window-files.ts';
import { openWebHost, type WebHost } from '../../../main/web/web-host.ts';
import { openTestBrowser, type TestBrowser } from '../../support/chromium.ts';
import { createSmallServices, type SmallServices } from '../../support/small-studio/small-services.ts';
import { buildSmallWindow, type SmallWindow } from '../../support/small-studio/small-window.ts';
import type { SmallPage } from '../../support/small-studio/window-entry.ts';
import { attack } from './attacks.ts';

declare const small: SmallPage;

let window: SmallWindow;
let services: SmallServices;
let host: WebHost;
let attacker: Server;
let browser: TestBrowser;
let user: Page;
let attackerPort: number;
let dispatched = 0;

beforeAll(async () => {
  window = await buildSmallWindow();
  services = createSmallServices();
  const files = await listWindowFiles(window.folder);
  host = await openWebHost({
    services: {
      ...services,
      dispatch: (name, input) => {
        dispatched += 1;
        return services.dispatch(name, input);
      },
    },
    files,
    port: 0,
    report: (error) => expect.fail(String(error)),
  });
  attacker = createServer((_request, response) => {
    // Cookies know no ports: this one overwrites or shadows that of the studio where it can.
    const name = `samois-${new URL(host.origin).port}`;
    response.setHeader('Set-Cookie', [`${name}=tossed; Path=/assets`, `${name}=tossed; Path=/socket`]);
    response.setHeader('Content-Type', 'text/html');
    const nested = '<!doctype html><title>nested</title>';
    const page = `<!doctype html><title>attacker</title><iframe sandbox="allow-scripts allow-forms" srcdoc="${nested}"></iframe>`;
    response.end(page);
  });
  attacker.listen(0, '127.0.0.1');
  await once(attacker, 'listening');
  attackerPort = (attacker.address() as AddressInfo).port;
  browser = await openTestBrowser(['--host-resolver-rules=MAP *.example 127.0.0.1']);
  user = await browser.context.newPage();
  await user.goto(host.newLaunchLink());
  await user.waitForURL(`${host.origin}/`);
  await user.waitForFunction(() => small.connections.at(-1) === 'connected');
  await user.evaluate(() => small.ask('note.write', { text: 'the user’s own' }));
});
afterAll(async () => {
  await browser.close();
  attacker.close();
  attacker.closeAllConnections();
  await host.close();
  await window.remove();
});

const places = [
  ['another port of the same machine', 'localhost', false],
  ['another port of the same address', '127.0.0.1', false],
  ['the internet', 'public.example', false],
  ['a sandboxed frame without an origin', 'localhost', true],
] as const;

describe('a hostile page', () => {
  test.each(places)(
    'on %s reads nothing, writes nothing and frames nothing',
    async (_place, name, sandboxed) => {
      const before = dispatched;
      const page = await browser.context.newPage();
      const popups: Page[] = [];
      page.on('popup', (popup) => popups.push(popup));
      await page.goto(`http://${name}:${attackerPort}/`);
      const from: Page | Frame = sandboxed ? (page.frames()[1] ?? expect.fail('no frame')) : page;
      const results = await from.evaluate(attack, host.origin);

      expect(Object.keys(results).length).toBeGreaterThanOrEqual(18);
      for (const [way, result] of Object.entries(results)) expect(result, way).toBe('blocked');
      for (const frame of page.frames()) {
        expect(frame.url().startsWith(host.origin), frame.url()).toBe(false);
      }
      for (const popup of popups) {
        await popup.waitForLoadState();
        expect(await popup.evaluate(() => 'small' in globalThis)).toBe(false);
        await popup.close();
      }
      expect(dispatched).toBe(before);
      expect(services.written).toEqual(['the user’s own']);
      await page.close();
    },
  );

  test('is needed for that: the same ways reach the studio from its own page', async () => {
    const results = await user.evaluate(attack, host.origin);
    expect(results).toMatchObject({
      fetch: 'got basic 200',
      'fetch without CORS': 'got basic 200',
      script: 'loaded',
      'module script': 'loaded',
      // Neither the key nor the policy of its own page lets even the studio in by these.
      socket: 'blocked',
      'frame of the page': 'blocked',
    });
    await user.reload();
  });

  test('with a name that points at this machine finds no studio behind it', async () => {
    const page = await browser.context.newPage();
    const { port } = new URL(host.origin);
    for (const path of ['/', '/launch', '/assets/window.js']) {
      const response = await page.goto(`http://rebound.example:${port}${path}`);
      expect(response?.status()).toBe(403);
    }
    await page.close();
  });

  test('does not lock the user out by cookies of the same name', async () => {
    await user.reload();
    await user.waitForFunction(() => small.connections.at(-1) === 'connected');
    expect(await user.evaluate(() => small.ask('note.list', {}))).toEqual({ value: ['the user’s own'] });
  });
});
