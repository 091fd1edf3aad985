import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DeploymentContext } from './deployment-context.ts';

/** Runs a program of the project's environment, as the Python service does. */
export interface PythonRunner {
  readonly run: (work: {
    readonly python: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
  }) => Promise<{ readonly code: number | null; readonly stdout: string; readonly tail: readonly string[] }>;
}

/** Findings of `check --deploy` on an exported project, run with secrets that are thrown away. */
export async function checkExport(
  runner: PythonRunner,
  python: string,
  folder: string,
  context: DeploymentContext,
): Promise<readonly string[]> {
  const args = ['manage.py', 'check', '--deploy', '--fail-level', 'WARNING', '--no-color'];
  const result = await runner.run({
    python,
    args: ['-u', ...args, '--settings', context.settingsModule],
    cwd: folder,
    env: {
      PYTHONDONTWRITEBYTECODE: '1',
      SECRET_KEY: randomBytes(48).toString('base64url'),
      ALLOWED_HOSTS: 'example.com',
      // The checks connect to nothing, and the project's environment may lack the driver of production.
      DATABASE_URL: `sqlite:///${join(folder, '.samois', 'check.sqlite3')}`,
      REDIS_URL: 'redis://localhost:6379/0',
    },
  });
  if (result.code === 0) return [];
  const findings = result.tail.filter((line) => /\([a-z_]+\.[A-Z]\d+\)/.test(line));
  if (findings.length > 0) return findings.map((line) => `check --deploy: ${line.trim()}`);
  const last = result.tail.findLast((line) => line.trim() !== '') ?? 'it said nothing';
  return [`The exported project does not start with its production settings: ${last.trim()}`];
}
