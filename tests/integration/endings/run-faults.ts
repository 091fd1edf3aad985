import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from '../../../scripts/build.ts';

// Every ending of the studio with every state of a project, five times each: `npm run test:faults -- [ROUNDS]`.
await build();
const rounds = process.argv[2] ?? '5';
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'integration', 'tests/integration/endings'],
  { cwd: root, env: { ...process.env, SAMOIS_FAULT_ROUNDS: rounds }, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
