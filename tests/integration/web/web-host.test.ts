import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listWindowFiles } from '../../../main/services/window-files/window-files.ts';
import { openWebHost, type WebHost } from '../../../main/web/web-host.ts';
import { createSmallServices, type SmallServices } from '../../support/small-studio/small-services.ts';
import { buildSmallWindow, type SmallWindow } from '../../support/small-studio/small-window.ts';

let window: SmallWindow;
let services: SmallServices;
let host: WebHost;
let port: number;
let dispatched = 0;

beforeAll(async () => {
  window = await buildSmallWindow();
  const files = await listWindowFiles(window.folder);
  services = createSmallServices();
  const counted: typeof services = {
    ...services,
    dispatch: (name, input) => {
      dispatched += 1;
      return services.dispatch(name, input);
    },
  };
  host = await openWebHost({
    services: counted,
    files,
    port: 0,
    report: (error) => expect.fail(String(error)),
  });
  port = Number(new URL(host.origin).port);
});
afterAll(async () => {
  await host.close();
  await window.remove();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

async function ask(method: string, path: string, headers: Headers, body = ''): Promise<Answer> {
  const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, setHost: false });
  request.end(body);
  const [event, ...rest] = await Promise.race([
    once(request, 'response').then((args: unknown[]) => ['response', ...args]),
    once(request, 'upgrade').then((args: unknown[]) => ['upgrade', ...args]),
  ]);
  const [response, socket] = rest as [IncomingMessage, Socket];
  if (event === 'upgrade') socket.destroy();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: event === 'upgrade' ? '' : await text(response),
  };
}

/** The key of a fresh launch link. */
const launchKey = (): string => new URL(host.newLaunchLink()).hash.slice(1);

interface Session {
  readonly cookie: string;
  readonly windowKey: string;
}

async function openSession(): Promise<Session> {
  const headers = { Host: `127.0.0.1:${port}`, Origin: host.origin, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ key: launchKey() });
  const answer = await ask('POST', '/session', { ...headers, 'Content-Length': String(body.length) }, body);
  const [cookie = ''] = answer.headers['set-cookie']?.[0]?.split(';') ?? [];
  return { cookie, windowKey: (JSON.parse(answer.body) as { windowKey: string }).windowKey };
}

type Credential = 'right' | 'none' | 'wrong' | 'cookie only' | 'key only' | 'of another port';

const places = {
  host: [
    'localhost:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    '127.0.0.1:PORT.evil.example',
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    '[::1]:PORT',
    '127.1:PORT',
    '2130706433:PORT',
    '0x7f000001:PORT',
    '0.0.0.0:PORT',
    '127.0.0.2:PORT',
    '127.0.0.1:0PORT',
    '127.0.0.1@evil.example:PORT',
    'evil.example@127.0.0.1:PORT',
    '127.0.0.1:PORT,evil.example',
    'LOCALHOST:PORT',
    '127.0.0.1.:PORT',
  ],
  origin: [
    'null',
    'http://localhost:PORT',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'ws://127.0.0.1:PORT',
    'http://evil.example',
    'http://127.0.0.1:PORT.evil.example',
    'http://127.0.0.1:PORT/',
    'http://[::1]:PORT',
    'file://',
    'chrome-extension://abc',
    'http://127.1:PORT',
    'http://user@127.0.0.1:PORT',
    'http://127.0.0.1:PORT,http://evil.example',
    'HTTP://127.0.0.1:PORT',
  ],
  site: ['same-site', 'cross-site', 'same-origin, cross-site', 'nonsense'],
  credential: ['none', 'wrong', 'cookie only', 'key only', 'of another port'] as readonly Credential[],
};

const channels = ['page', 'asset', 'session', 'socket', 'missing'] as const;
type Channel = (typeof channels)[number];

/** One visitor: what it sends, and whether any of it is wrong. */
interface Visitor {
  readonly channel: Channel;
  readonly host: string;
  readonly origin: string | null;
  readonly site: string | null;
  readonly credential: Credential;
  readonly wrong: boolean;
}

/** Every single fault, and every pair and triple of faults in a fixed sample. */
function* visitors(): Generator<Visitor> {
  const pick = <T>(list: readonly T[], seed: number): T => list[seed % list.length] as T;
  for (const channel of channels) {
    const acts = channel === 'session' || channel === 'socket';
    const right = {
      channel,
      host: '127.0.0.1:PORT',
      origin: acts ? host.origin : null,
      site: null,
      credential: 'right',
      wrong: false,
    } as const;
    yield right;
    yield { ...right, site: 'same-origin' };
    yield { ...right, origin: host.origin };
    yield { ...right, site: 'none', wrong: acts };
    if (acts) yield { ...right, origin: null, wrong: true };
    for (const wrong of places.host) yield { ...right, host: wrong, wrong: true };
    for (const wrong of places.origin) yield { ...right, origin: wrong, wrong: true };
    for (const wrong of places.site) yield { ...right, site: wrong, wrong: true };
    for (const wrong of places.credential) {
      // A page needs no key, which stands in the second secret alone.
      yield { ...right, credential: wrong, wrong: !(wrong === 'cookie only' && !acts) };
    }
    for (let seed = 0; seed < 60; seed += 1) {
      yield {
        channel,
        host: seed % 3 === 0 ? right.host : pick(places.host, seed * 7),
        origin: seed % 3 === 1 ? right.origin : pick(places.origin, seed * 5),
        site: seed % 3 === 2 ? right.site : pick(places.site, seed * 3),
        credential: pick(['right', ...places.credential] as const, seed),
        wrong: true,
      };
    }
  }
}

async function visit(visitor: Visitor, session: Session): Promise<Answer> {
  const place = (template: string): string => template.replaceAll('PORT', String(port));
  const headers: Record<string, string> = { Host: place(visitor.host) };
  if (visitor.origin !== null) headers['Origin'] = place(visitor.origin);
  if (visitor.site !== null) headers['Sec-Fetch-Site'] = visitor.site;
  const { cookie, key } = credentialsOf(visitor.credential, session);
  if (cookie !== '') headers['Cookie'] = cookie;
  if (visitor.channel === 'session') {
    const body = JSON.stringify({ key: visitor.credential === 'right' ? launchKey() : key });
    headers['Content-Type'] = 'application/json';
    headers['Content-Length'] = String(Buffer.byteLength(body));
    return ask('POST', '/session', headers, body);
  }
  if (visitor.channel === 'socket') {
    Object.assign(headers, {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol': `samois, key.${key}`,
    });
    return ask('GET', '/socket', headers);
  }
  return ask('GET', { page: '/', asset: '/assets/window.js', missing: '/missing' }[visitor.channel], headers);
}

function credentialsOf(
  credential: Credential,
  session: Session,
): { readonly cookie: string; readonly key: string } {
  const bad = 'A'.repeat(43);
  const wrong = `samois-${port}=${bad}`;
  const table: Record<Credential, readonly [cookie: string, key: string]> = {
    right: [session.cookie, session.windowKey],
    none: ['', ''],
    wrong: [wrong, bad],
    'cookie only': [session.cookie, bad],
    'key only': [wrong, session.windowKey],
    'of another port': [session.cookie.replace(String(port), '1'), bad],
  };
  const [cookie, key] = table[credential];
  return { cookie, key };
}

describe('the web host', () => {
  test('lets in only what the policy allows, and tells nobody why not', async () => {
    const session = await openSession();
    const before = dispatched;
    const refusals = new Set<string>();
    let refused = 0;
    let admitted = 0;
    for (const visitor of visitors()) {
      const answer = await visit(visitor, session);
      const good = { page: 200, asset: 200, session: 200, socket: 101, missing: 404 }[visitor.channel];
      expect(answer.status, JSON.stringify(visitor)).toBe(visitor.wrong ? 403 : good);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      if (!visitor.wrong) {
        admitted += 1;
        continue;
      }
      refused += 1;
      expect(answer.headers['set-cookie']).toBeUndefined();
      if (visitor.channel !== 'socket') refusals.add(answer.body);
    }
    expect(refusals.size).toBe(1);
    expect(refused).toBeGreaterThan(500);
    expect(admitted).toBeGreaterThan(15);
    expect(dispatched).toBe(before);
    expect(services.written).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'POST'])('has no %s', async (method) => {
    const { cookie } = await openSession();
    const headers = { Host: `127.0.0.1:${port}`, Origin: host.origin, Cookie: cookie };
    for (const path of ['/', '/launch', '/assets/window.js']) {
      expect((await ask(method, path, headers)).status).toBe(403);
    }
  });

  test('no spelling of a path reaches another file', async () => {
    const { cookie } = await openSession();
    const headers = { Host: `127.0.0.1:${port}`, Cookie: cookie };
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fetc/passwd',
      '//etc/passwd',
      '/assets\\..\\x',
      '/index.html%00.js',
    ]) {
      expect((await ask('GET', path, headers)).status, path).toBe(404);
    }
    expect((await ask('GET', 'http://127.0.0.1/', headers)).status).toBe(403);
  });

  test('a session needs a small JSON body', async () => {
    const headers = { Host: `127.0.0.1:${port}`, Origin: host.origin };
    const post = async (type: string, body: string): Promise<number> =>
      (
        await ask(
          'POST',
          '/session',
          { ...headers, 'Content-Type': type, 'Content-Length': String(body.length) },
          body,
        )
      ).status;
    const key = launchKey();
    expect(await post('text/plain', JSON.stringify({ key }))).toBe(403);
    expect(await post('application/json', JSON.stringify({ key, more: 'x'.repeat(2000) }))).toBe(403);
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"key":null}',
      '{"key":["a"]}',
      `{"__proto__":{"key":"${key}"}}`,
    ]) {
      expect(await post('application/json', body), body).toBe(403);
    }
    expect(await post('application/json', JSON.stringify({ key }))).toBe(200);
    expect(await post('application/json', JSON.stringify({ key }))).toBe(403);
  });

  test('listens on 127.0.0.1 and nowhere else', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
    for (const address of [...others, '127.0.0.2', '::1']) {
      const socket = connect({ host: address, port });
      const reached = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'error').then(() => false),
      ]).catch(() => false);
      socket.destroy();
      expect(reached, address).toBe(false);
    }
  });

  test('a taken port is said in a sentence', async () => {
    const files = await listWindowFiles(window.folder);
    const opening = openWebHost({ services, files, port, report: () => undefined });
    await expect(opening).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(String(port)) as string,
    });
  });

  test.each([
    ['no JSON', '{'],
    ['no request', '{"id":"1"}'],
    ['a list', '[]'],
    ['more than a request', '{"id":1,"name":"a","input":{},"x":1}'],
  ])('a socket that sends %s is closed', async (_what, sent) => {
    const socket = await openSocket();
    socket.send(sent);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
  });

  test('a socket that sends too much is closed before it is kept', async () => {
    const socket = await openSocket();
    socket.send(Buffer.alloc(33 * 1024 * 1024, 32).toString());
    const [code] = (await once(socket, 'close')) as [number];
    expect([1006, 1009]).toContain(code);
  });

  async function openSocket(): Promise<WebSocket> {
    const { cookie, windowKey } = await openSession();
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, ['samois', `key.${windowKey}`], {
      origin: host.origin,
      headers: { Cookie: cookie },
    });
    socket.on('error', () => undefined); // the far end may hang up while this one still sends
    await once(socket, 'open');
    return socket;
  }
});
