// Runs a script with a Node that can run TypeScript: the caller's own when it is new enough,
// else the one that the `node` dev dependency brings. This file itself must run on Node 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST = [22, 18]; // the first Node that strips types without a flag
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const newEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
const bundled = join(
  import.meta.dirname,
  '..',
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

if (!newEnough && !existsSync(bundled)) {
  console.error(
    `Samois needs Node ${OLDEST.join('.')} or newer and found ${process.version}. ` +
      'Run "npm ci" with its install scripts allowed (it brings Node 24 along), or install a newer Node.',
  );
  process.exit(1);
}

const child = spawn(newEnough ? process.execPath : bundled, process.argv.slice(2), { stdio: 'inherit' });
// A terminal sends Ctrl-C to the whole group; the child decides how to end, and this process follows it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT') child.kill(signal);
  });
}
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1);
});
