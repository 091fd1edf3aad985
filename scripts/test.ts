import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, root } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { ensurePythonEnvironment, testPython } from './python-environment.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One suite or one check: how it runs, and how its result is counted. */
interface Step {
  readonly name: string;
  readonly group: 'lint' | 'unit' | 'host' | 'integration' | 'e2e';
  readonly prepare?: () => Promise<unknown>;
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Reads the counts a runner left; a check without it counts as one test. */
  readonly counts?: () => Promise<Counts>;
}

const node = process.execPath;
const results = join(root, '.cache', 'results');
const tool = (path: string): string => join(root, 'node_modules', path);
const python = (...args: string[]): string[] => [testPython, ...args];

const vitest = (name: 'unit' | 'integration'): Pick<Step, 'command' | 'counts'> => ({
  command: [
    node,
    tool('vitest/vitest.mjs'),
    ...['run', '--project', name, '--reporter=default', '--reporter=json'],
    `--outputFile.json=${join(results, `${name}.json`)}`,
  ],
  counts: async () => {
    const report = JSON.parse(await readFile(join(results, `${name}.json`), 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numFailedTestSuites: number;
    };
    // A file that fails to load has no test of its own: count it, or it would vanish.
    const failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0);
    return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
  },
});

const steps: readonly Step[] = [
  { name: 'types', group: 'lint', command: [node, tool('typescript/bin/tsc'), '-b'] },
  { name: 'eslint', group: 'lint', command: [node, tool('eslint/bin/eslint.js'), '--max-warnings=0', '.'] },
  {
    name: 'arrows',
    group: 'lint',
    command: [
      node,
      tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
      ...['shared', 'main', 'preload', 'renderer', 'scripts', 'tests'],
    ],
  },
  {
    name: 'format',
    group: 'lint',
    command: [node, tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  { name: 'unit', group: 'unit', ...vitest('unit') },
  {
    // Holds ruff and mypy as tests, so that they need no step of their own.
    name: 'host',
    group: 'host',
    prepare: ensurePythonEnvironment,
    command: python('-m', 'pytest', '-q', 'tests/host', `--junitxml=${join(results, 'host.xml')}`),
    counts: async () => {
      const xml = await readFile(join(results, 'host.xml'), 'utf8');
      const count = (name: string): number =>
        Number(new RegExp(`<testsuite [^>]*${name}="(\\d+)"`).exec(xml)?.[1] ?? 0);
      const failed = count('failures') + count('errors');
      return { passed: count('tests') - failed - count('skipped'), failed, skipped: count('skipped') };
    },
  },
  {
    name: 'integration',
    group: 'integration',
    prepare: async () => {
      await build();
      ensureChromium();
    },
    ...vitest('integration'),
  },
  {
    name: 'e2e',
    group: 'e2e',
    prepare: async () => {
      await build();
      await ensurePythonEnvironment();
      ensureChromium();
    },
    command: [node, tool('@playwright/test/cli.js'), 'test'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, 'e2e.json') },
    counts: async () => {
      const { stats } = JSON.parse(await readFile(join(results, 'e2e.json'), 'utf8')) as {
        stats: { expected: number; unexpected: number; skipped: number; flaky: number };
      };
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
    },
  },
];

const wanted = process.argv.slice(2);
const chosen = steps.filter(
  (step) => wanted.length === 0 || wanted.includes(step.group) || wanted.includes(step.name),
);
await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of chosen) {
  const started = Date.now();
  console.log(`\n── ${step.name}`);
  const counts = await runStep(step);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `── ${step.name}: ${counts.failed === 0 ? 'ok' : 'FAILED'}, ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`,
  );
}
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function runStep(step: Step): Promise<Counts> {
  try {
    await step.prepare?.();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const code = await run(step);
  if (step.counts === undefined)
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counts = existsSync(results) ? await step.counts().catch(() => null) : null;
  // A runner that ended badly without a failed test has failed all the same.
  if (counts === null) return { passed: 0, failed: 1, skipped: 0 };
  return code === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

function run(step: Step): Promise<number> {
  const [command = '', ...args] = step.command;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: step.cwd ?? root,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
