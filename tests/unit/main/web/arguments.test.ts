import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readArguments } from '../../../../main/web/arguments.ts';
import { openerOf } from '../../../../main/web/default-browser.ts';

test('nothing given: any free port, the browser opens, no folder', () => {
  expect(readArguments([])).toEqual({ port: 0, opensBrowser: true });
});

test('port, folder and no browser', () => {
  const given = ['--port', '8123', '--no-open', 'my project'];
  expect(readArguments(given)).toEqual({ port: 8123, opensBrowser: false, folder: resolve('my project') });
});

test.each([
  [['--port', '99999']],
  [['--port', '80a']],
  [['--port=-1']],
  [['--port']],
  [['--prot', '1']],
  [['a', 'b']],
])('refuses %j with the right form', (given) => {
  expect(() => readArguments(given)).toThrow(/Usage: npm start -- --web/);
});

test('the default browser is opened where there is a screen', () => {
  expect(openerOf('linux', {})).toBeNull();
  expect(openerOf('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
  expect(openerOf('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open']);
  expect(openerOf('darwin', {})).toEqual(['open']);
  expect(openerOf('win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler']);
});
