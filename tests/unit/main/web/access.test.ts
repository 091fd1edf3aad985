import { describe, expect, test } from 'vitest';
import { createAccess, type DistinctHeaders, type Door } from '../../../../main/web/access.ts';

function open(port = 43210) {
  const access = createAccess(port);
  const credentials = access.redeem(access.newLaunchKey());
  if (credentials === null) throw new Error('a fresh key was refused');
  const [cookie = ''] = credentials.setCookie.split(';');
  const good: Record<Door, DistinctHeaders> = {
    launch: {
      host: [`127.0.0.1:${port}`],
      'sec-fetch-site': ['none'],
      'sec-fetch-mode': ['navigate'],
      'sec-fetch-dest': ['document'],
    },
    session: { host: [`127.0.0.1:${port}`], origin: [access.origin], 'sec-fetch-site': ['same-origin'] },
    file: { host: [`127.0.0.1:${port}`], cookie: [cookie], 'sec-fetch-site': ['same-origin'] },
    // Chromium sends no Sec-Fetch-Site with a WebSocket.
    socket: {
      host: [`127.0.0.1:${port}`],
      origin: [access.origin],
      cookie: [cookie],
      'sec-websocket-protocol': [`samois, key.${credentials.windowKey}`],
    },
  };
  return { access, credentials, cookie, good };
}

const doors = ['launch', 'session', 'file', 'socket'] as const;

describe('access', () => {
  test.each(doors)('admits what a window sends: %s', (door) => {
    const { access, good } = open();
    expect(access.admits(door, good[door])).toBe(true);
  });

  const hosts = [
    'localhost:43210',
    '127.0.0.1',
    '127.0.0.1:43211',
    '127.0.0.1:43210.evil.example',
    'evil.example:43210',
    '127.0.0.1:043210',
    '[::1]:43210',
    '127.1:43210',
    '2130706433:43210',
    '0.0.0.0:43210',
    '127.0.0.1:43210 ',
    '',
  ];
  test.each(doors.flatMap((door) => hosts.map((host) => [door, host] as const)))(
    '%s refuses the host %j',
    (door, host) => {
      const { access, good } = open();
      expect(access.admits(door, { ...good[door], host: [host] })).toBe(false);
    },
  );

  test.each(doors)('%s refuses a missing or doubled host', (door) => {
    const { access, good } = open();
    const { host, ...none } = good[door];
    expect(access.admits(door, none)).toBe(false);
    expect(access.admits(door, { ...none, host: [...(host ?? []), 'evil.example'] })).toBe(false);
  });

  const origins = [
    'null',
    'http://localhost:43210',
    'http://127.0.0.1:43211',
    'https://127.0.0.1:43210',
    'http://evil.example',
    'file://',
    '',
  ];
  test.each(doors.flatMap((door) => origins.map((origin) => [door, origin] as const)))(
    '%s refuses the origin %j',
    (door, origin) => {
      const { access, good } = open();
      expect(access.admits(door, { ...good[door], origin: [origin] })).toBe(false);
    },
  );

  test.each(['session', 'socket'] as const)('%s needs an origin', (door) => {
    const { access, good } = open();
    expect(access.admits(door, { ...good[door], origin: undefined })).toBe(false);
  });

  test.each(['same-site', 'cross-site', '', 'SAME-ORIGIN'])(
    'acting and reading refuse Sec-Fetch-Site %j',
    (site) => {
      const { access, good } = open();
      for (const door of ['session', 'file', 'socket'] as const) {
        expect(access.admits(door, { ...good[door], 'sec-fetch-site': [site] })).toBe(false);
      }
    },
  );

  test('the launch page can be reached by a link, but not put into a frame, an image or a script', () => {
    const { access, good } = open();
    const linked = { ...good.launch, 'sec-fetch-site': ['cross-site'] };
    expect(access.admits('launch', linked)).toBe(true);
    for (const [mode, dest] of [
      ['navigate', 'iframe'],
      ['no-cors', 'image'],
      ['no-cors', 'script'],
      ['cors', 'empty'],
    ]) {
      const other = { ...linked, 'sec-fetch-mode': [mode ?? ''], 'sec-fetch-dest': [dest ?? ''] };
      expect(access.admits('launch', other)).toBe(false);
    }
  });

  test('an address may be typed where it only reads', () => {
    const { access, good } = open();
    expect(access.admits('file', { ...good.file, 'sec-fetch-site': ['none'] })).toBe(true);
    expect(access.admits('session', { ...good.session, 'sec-fetch-site': ['none'] })).toBe(false);
    expect(access.admits('socket', { ...good.socket, 'sec-fetch-site': ['none'] })).toBe(false);
  });

  test('neither secret is enough alone, and neither of another start', () => {
    const { access, good, cookie } = open();
    const other = open();
    for (const wrong of [
      [],
      ['samois-43210='],
      [`${cookie}x`],
      [cookie.slice(0, -1)],
      [other.cookie],
      [cookie.replace('43210', '1')],
    ]) {
      expect(access.admits('file', { ...good.file, cookie: wrong })).toBe(false);
      expect(access.admits('socket', { ...good.socket, cookie: wrong })).toBe(false);
    }
    const key = 'sec-websocket-protocol';
    const right = good.socket[key]?.[0] ?? '';
    for (const wrong of [
      '',
      'samois',
      'samois, key.',
      `${right}x`,
      `${right}, more`,
      right.replace('samois, ', ''),
      other.good.socket[key]?.[0] ?? '',
    ]) {
      expect(access.admits('socket', { ...good.socket, [key]: [wrong] })).toBe(false);
    }
    expect(access.admits('socket', { ...good.socket, [key]: [right, right] })).toBe(false);
  });

  test('a cookie of the same name that another port set does not lock the user out', () => {
    const { access, good, cookie } = open();
    expect(access.admits('file', { ...good.file, cookie: [`samois-43210=tossed; a=b; ${cookie}`] })).toBe(
      true,
    );
  });

  test('a launch key works once, and a newer one voids it', () => {
    const access = createAccess(43210);
    expect(access.redeem('')).toBeNull();
    const first = access.newLaunchKey();
    const second = access.newLaunchKey();
    expect(access.redeem(first)).toBeNull();
    expect(access.redeem([second])).toBeNull();
    expect(access.redeem(second)).not.toBeNull();
    expect(access.redeem(second)).toBeNull();
  });

  test('secrets have 256 bits, differ at each start, and the cookie is out of reach of scripts and other sites', () => {
    const { credentials } = open();
    expect(Buffer.from(credentials.windowKey, 'base64url')).toHaveLength(32);
    expect(open().credentials.windowKey).not.toBe(credentials.windowKey);
    expect(credentials.setCookie).toMatch(/^samois-43210=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });
});
