import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import type { ExportOptions, ExportResult, ExportTarget } from '../../../../../shared/contract/data-calls.ts';
import { testPython } from '../../../../support/python-environment.ts';
import { openStudio, type Studio } from '../../../../support/studio-services.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../../../../..');

export const OPTIONS: ExportOptions = {
  hosts: ['shop.example.com'],
  webReplicas: 3,
  continuousIntegration: 'github',
};

/** A folder for one test file; the caller removes it. */
export function ownFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'samois-export-test-'));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What `startproject` and a beginner make: plain settings, an app with a model, requirements, local data. */
export function makePlainProject(parent: string, name = 'shop'): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  execFileSync(testPython, ['-m', 'django', 'startproject', 'shop', folder]);
  execFileSync(testPython, ['manage.py', 'startapp', 'catalog'], { cwd: folder });
  writeFiles(folder, {
    'requirements.txt': 'Django==5.2.19\n',
    'catalog/models.py':
      'from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=50)\n',
    'shop/settings.py': readFileSync(join(folder, 'shop/settings.py'), 'utf8').replace(
      'INSTALLED_APPS = [',
      'INSTALLED_APPS = [\n    "catalog",',
    ),
  });
  execFileSync(testPython, ['manage.py', 'makemigrations', 'catalog'], { cwd: folder });
  return folder;
}

/** The studio's own project template, as "new project" renders it. */
export function makeTemplateProject(parent: string): string {
  const folder = join(parent, 'library');
  mkdirSync(folder);
  const templates = join(root, 'resources/templates');
  const values = { packages: ['Django==5.2.19'], apps: [], docs_version: '5.2' };
  execFileSync(testPython, [
    join(templates, 'render.py'),
    'library',
    folder,
    join(templates, 'project'),
    JSON.stringify(values),
  ]);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A studio with this project open, trusted and read. */
export async function studioWith(folder: string): Promise<Studio> {
  const studio = await openStudio({ folder, interpreter: testPython });
  await vi.waitFor(
    async () => {
      if ((await studio.call('source.snapshot', {})).settings === null) throw new Error('Not read yet.');
    },
    { timeout: 20_000, interval: 50 },
  );
  return studio;
}

/** Runs an export to its end. */
export async function exportTo(
  studio: Studio,
  target: ExportTarget,
  options: ExportOptions = OPTIONS,
): Promise<ExportResult> {
  const { jobId } = await studio.call('export.run', { options, target });
  const ended = await vi.waitFor(
    async () => {
      const job = (await studio.call('job.list', {})).find(({ id }) => id === jobId);
      if (job?.state === 'running') throw new Error(`It is still at "${job.step}".`);
      return job;
    },
    { timeout: 60_000, interval: 50 },
  );
  if (ended?.state !== 'succeeded') throw new Error(JSON.stringify(ended));
  return ended.value as ExportResult;
}

/** An environment in which an export starts. */
export const GOOD_ENVIRONMENT: Readonly<Record<string, string>> = {
  SECRET_KEY: 'kT3vQ9wLr5ZpXn8sYb2mJd7hGf4aCe6uRiOq1tWxEzVyBkNjMlPc0DgSfHaUo-_5',
  ALLOWED_HOSTS: 'shop.example.com,.shop.example.org',
  DATABASE_URL: 'sqlite:////tmp/never-opened.sqlite3',
  REDIS_URL: 'redis://localhost:6379/0',
};

/** Runs Python in an export with exactly this environment. */
export async function python(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  const env = { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1', ...environment };
  try {
    const { stdout, stderr } = await execute(testPython, [...args], { cwd: folder, env });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}
