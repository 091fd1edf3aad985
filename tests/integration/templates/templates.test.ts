import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { findInterpreters } from '../../../main/services/python/find-interpreters.ts';
import { writeProjectFiles } from '../../../main/services/workspace/project-files.ts';
import type { NewDatabase } from '../../../shared/contract/workspace-calls.ts';
import { newProject, projectCreation } from '../../support/project-creation.ts';
import { testPython } from '../../support/python-environment.ts';
import { pinnedTool } from '../../support/python-tools.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = promisify(execFile);
const templatesFolder = join(import.meta.dirname, '..', '..', '..', 'resources', 'templates');

/** A Python of this machine that runs the newest series; null where there is none. */
async function pythonFor(series: string): Promise<string | null> {
  const machine = { env: process.env, home: homedir(), platform: process.platform };
  const found = await findInterpreters({ ...machine, folders: [], untrusted: null });
  return found.find(({ django, problem }) => django === series && problem === null)?.path ?? null;
}

const newest = await pythonFor('6.1');
if (newest === null)
  console.warn('SKIPPED: the templates on Django 6.1, because no Python 3.12 or newer was found.');

const cases = [
  { template: 'blank', django: '5.2' },
  { template: 'example', django: '5.2' },
  { template: 'blank', django: '6.1' },
  { template: 'example', django: '6.1' },
] as const;

describe.each(cases)('the template $template on Django $django', ({ template, django }) => {
  const missing = django === '6.1' && newest === null;
  let python = testPython;
  beforeAll(async () => {
    if (django === '6.1' && newest !== null)
      python = join(await pinnedTool('Django==6.1.3', newest), 'python');
  });

  async function render(name: string, database: NewDatabase = { kind: 'sqlite' }): Promise<string> {
    const { python: service } = await projectCreation();
    const target = await temporaryFolder();
    const signal = new AbortController().signal;
    const tools = await service.tools({ signal, log: () => undefined });
    const project = newProject(target, { name, template, database });
    await writeProjectFiles({ tools, python, templatesFolder, project, target, packages: ['Django==5.2'] });
    return target;
  }

  async function manage(target: string, env: Record<string, string>, ...args: readonly string[]) {
    const { PATH = '' } = process.env;
    const all = ['-W', 'error', 'manage.py', ...args];
    const { stdout, stderr } = await run(python, all, { cwd: target, env: { PATH, ...env } });
    return stdout + stderr;
  }

  it.skipIf(missing)(
    'makes a project that passes its own tests and the checks of Django and Ruff',
    async () => {
      const target = await render('zebra');
      expect(await manage(target, {}, 'check')).toContain('no issues');
      expect(await manage(target, {}, 'makemigrations', '--check', '--dry-run')).toContain('No changes');
      expect(await manage(target, {}, 'test')).toMatch(/Ran \d\d tests[^]+OK/u);
      if (template === 'example') {
        await manage(target, {}, 'migrate', '-v', '0');
        expect(await manage(target, {}, 'loaddata', 'bookshop')).toMatch(/Installed \d{3} object/u);
      }
      const ruff = join(await pinnedTool('ruff==0.17.6'), 'ruff');
      expect((await run(ruff, ['check', '.'], { cwd: target })).stdout).toContain('All checks passed');
      expect((await run(ruff, ['format', '--check', '.'], { cwd: target })).stdout).toContain(
        'already formatted',
      );
    },
  );

  it.skipIf(missing)('makes a project for PostgreSQL that waits for its address', async () => {
    const url = 'postgresql://ada@db.example/shop';
    const target = await render('shop', { kind: 'postgresql', url });
    await rm(join(target, '.env'));
    await expect(manage(target, {}, 'check')).rejects.toThrow('Set the environment variable DATABASE_URL');
    const ruff = join(await pinnedTool('ruff==0.17.6'), 'ruff');
    expect((await run(ruff, ['check', '.'], { cwd: target })).stdout).toContain('All checks passed');
    expect((await run(ruff, ['format', '--check', '.'], { cwd: target })).stdout).toContain(
      'already formatted',
    );
  });

  it.skipIf(missing)('makes a project that starts locked in production', async () => {
    const target = await render('shop');
    const production = {
      DEBUG: '0',
      SECRET_KEY: 'k3Yq-8fW2zR_vT5nL0pXcB7mJ4hG9sD1aE6uI-oQwZyKtNxVrCbM',
      ALLOWED_HOSTS: 'example.com',
      DATABASE_URL: 'sqlite:///production.sqlite3',
    };
    const checked = await manage(target, production, 'check', '--deploy', '--fail-level', 'WARNING');
    expect(checked).toContain('System check identified no issues (0 silenced).');
    const refused = async (change: Record<string, string>, words: string): Promise<void> => {
      await expect(manage(target, { ...production, ...change }, 'check')).rejects.toThrow(words);
    };
    await refused({ SECRET_KEY: '' }, 'Set the environment variable SECRET_KEY');
    await refused({ SECRET_KEY: 'short' }, 'SECRET_KEY is too weak');
    await refused({ SECRET_KEY: `django-insecure-${'0123456789'.repeat(5)}` }, 'SECRET_KEY is too weak');
    await refused({ DATABASE_URL: '' }, 'Set the environment variable DATABASE_URL');
    await refused({ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL must begin with');
    await refused({ DEBUG: 'maybe' }, 'DEBUG is');

    const headers = await manage(
      target,
      { ...production, SECURE_SSL_REDIRECT: '0' },
      'shell',
      '-c',
      ASK_HEADERS,
    );
    expect(headers).toContain('200');
    for (const header of ['Strict-Transport-Security', 'X-Frame-Options', 'Referrer-Policy', 'nosniff'])
      expect(headers).toContain(header);
    expect(headers.includes('Content-Security-Policy')).toBe(django !== '5.2');
  });
});

const ASK_HEADERS = `
from django.contrib.staticfiles import finders
from django.test import Client
response = Client().get("/", secure=True, headers={"host": "example.com"})
print(response.status_code, dict(response.headers), finders.find("site.css"))
`;
