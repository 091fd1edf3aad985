import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where the suites find Chromium: `CHROMIUM` names another one. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Installs Debian's Chromium where that is allowed; otherwise says in one sentence what to install. */
export function ensureChromium(): void {
  if (existsSync(chromiumPath)) return;
  const advice =
    'The suites need Chromium: install it (on Debian: apt-get install chromium) or name one in CHROMIUM.';
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(advice);
  }
  console.log("Installing Debian's chromium, which the suites need (once) …");
  const apt = (...args: string[]): boolean =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  if (!apt('update', '-qq') || !apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')) {
    throw new Error(advice);
  }
}
