import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './build.ts';
import { electronBinary, electronFolder } from './electron-binary.ts';

/** Where a start ended up: the desktop shell, or the browser with the reason for it. */
type Shell =
  { readonly kind: 'electron'; readonly binary: string } | { readonly kind: 'browser'; readonly why: string };

const given = process.argv.slice(2);
const wantsBrowser = given.includes('--web');
const rest = given.filter((argument) => argument !== '--web');

await build();
const shell: Shell = wantsBrowser ? { kind: 'browser', why: '' } : await chooseShell();
if (shell.kind === 'browser' && shell.why !== '') console.log(`Browser mode: ${shell.why}`);

const [command, args] =
  shell.kind === 'electron'
    ? [shell.binary, [root, ...rest]]
    : [process.execPath, [join(root, 'dist/main/web/entry.js'), ...rest]];
const child = spawn(command, args, { stdio: 'inherit' });
// The terminal's Ctrl-C reaches the child as well; this process waits for it to end in its own order.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : signal === 'SIGINT' ? 0 : 1;
});

async function chooseShell(): Promise<Shell> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { kind: 'browser', why: 'this session has no display for a desktop window.' };
  }
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { kind: 'browser', why: "Electron's sandbox does not run as root." };
  }
  const present = electronBinary();
  if (present !== null) return { kind: 'electron', binary: present };
  console.log('Fetching Electron (once) …');
  const fetched = await fetchElectron();
  const binary = fetched === null ? electronBinary() : null;
  if (binary !== null) return { kind: 'electron', binary };
  return { kind: 'browser', why: `Electron could not be fetched (${fetched ?? 'its file is missing'}).` };
}

/** Runs Electron's own installer; gives null, or why it failed. */
function fetchElectron(): Promise<string | null> {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(electronFolder(), 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    installer.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const timer = setTimeout(() => installer.kill(), 180_000);
    installer.on('error', (error) => resolve(error.message));
    installer.on('exit', (code) => {
      clearTimeout(timer);
      const reason = /getaddrinfo \w+ \S+|E[A-Z]{4,} \S+|HTTP \d+|status code \d+/.exec(text)?.[0];
      resolve(code === 0 ? null : (reason ?? 'its download did not finish'));
    });
  });
}
