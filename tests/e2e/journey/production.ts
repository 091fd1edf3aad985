import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { freePort } from '../../support/free-port.ts';
import type { Home } from './home.ts';

const execute = promisify(execFile);

/** Serves an exported project as its DEPLOY.md says, in an environment of its own, and asks how it is. */
export async function bootExport(home: Home, folder: string): Promise<void> {
  const python = await productionPython(home, folder);
  const [port, redisPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env['PATH'] ?? '',
    SECRET_KEY: randomBytes(48).toString('base64url'),
    ALLOWED_HOSTS: 'library.example.org',
    DATABASE_URL: `sqlite:///${join(home.folder, 'production.sqlite3')}`,
    REDIS_URL: `redis://localhost:${String(redisPort)}/0`,
    STATIC_ROOT: join(home.folder, 'production-static'),
    DJANGO_SETTINGS_MODULE: 'library.production.settings',
    BIND: `127.0.0.1:${String(port)}`,
    WEB_CONCURRENCY: '1',
  };
  await execute(python, ['manage.py', 'migrate', '--noinput'], { cwd: folder, env });
  await execute(python, ['manage.py', 'collectstatic', '--noinput'], { cwd: folder, env });
  const gunicorn = ['-m', 'gunicorn', '--config', 'gunicorn.conf.py'];
  const site = spawn(python, gunicorn, { cwd: folder, env, stdio: 'ignore' });
  const cache = startRedis(redisPort);
  try {
    const url = `http://127.0.0.1:${String(port)}`;
    await expect.poll(() => ask(`${url}/healthz`), { timeout: 60_000 }).toBe('200 alive');
    // Ready means that the cache answers as well: where there is no Redis, it has to say so.
    const readiness = cache === null ? '503 not ready' : '200 ready';
    await expect.poll(() => ask(`${url}/readyz`)).toBe(readiness);
    expect(await ask(`${url}/api/books/`)).toMatch(/^200 /);
  } finally {
    await Promise.all([end(site), end(cache)]);
  }
}

/** An environment with what the export asks for and nothing else. */
async function productionPython(home: Home, folder: string): Promise<string> {
  const environment = join(home.folder, 'production');
  await execute(home.python, ['-m', 'venv', environment]);
  const python = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const list = join(folder, 'requirements-production.txt');
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-index', '--find-links', home.wheels];
  await execute(python, [...pip, '-r', join(folder, 'requirements.txt'), '-r', list], { cwd: folder });
  return python;
}

function startRedis(port: number): ChildProcess | null {
  const program = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path));
  if (program === undefined) return null;
  const only = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
  return spawn(program, only, { stdio: 'ignore' });
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Asks as the load balancer does; gives status and body, or why there is no answer. */
function ask(url: string): Promise<string> {
  const headers = { Host: 'library.example.org', 'X-Forwarded-Proto': 'https' };
  return new Promise((resolve) => {
    const asked = request(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve(`${String(response.statusCode)} ${body.trim()}`);
      });
    });
    asked.on('error', (error) => {
      resolve(error.message);
    });
    asked.end();
  });
}
