import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { ensurePythonEnvironment } from './python-environment.ts';

// Takes the pictures of the guide anew: the journey, with its screenshots put into docs/guide/pictures.
await build();
await ensurePythonEnvironment();
ensureChromium();
const playwright = join(root, 'node_modules/@playwright/test/cli.js');
const { status } = spawnSync(process.execPath, [playwright, 'test', '--project=web', 'journey.spec.ts'], {
  cwd: root,
  env: { ...process.env, SAMOIS_PICTURES: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
