import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { vi } from 'vitest';
import { testPython } from '../../../../support/python-environment.ts';

const PASSWORD = 'a-Password-of-this-test-1';

/** One server of a test; it can be stopped and started again on the same port. */
export interface TestServer {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Installs what is missing where it may; says loudly what the machine lacks otherwise. */
export function productionServicesAvailable(): boolean {
  const missing = [
    ...(postgresqlFolder() === null ? ['postgresql'] : []),
    ...(isOnPath('redis-server') ? [] : ['redis-server']),
  ];
  if (missing.length > 0 && process.getuid?.() === 0 && isOnPath('apt-get')) {
    console.log(`Installing ${missing.join(' and ')} for the tests of the export (once) …`);
    execFileSync('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...missing], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'ignore',
    });
  }
  const available = postgresqlFolder() !== null && isOnPath('redis-server');
  if (!available) {
    console.warn(
      'SKIPPED: the export is not tested on PostgreSQL and Redis. On Debian: apt-get install postgresql redis-server',
    );
  }
  return available;
}

export function isOnPath(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** Redis with a password, on a port of its own. */
export function createRedis(port: number): TestServer {
  let child: ChildProcess | null = null;
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--requirepass', PASSWORD, '--save', ''];
  return {
    url: `redis://:${PASSWORD}@127.0.0.1:${String(port)}/0`,
    start: async () => {
      child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await saidBy(child, /Ready to accept connections/);
    },
    stop: async () => {
      await ended(child, 'SIGTERM');
    },
  };
}

/** PostgreSQL in a folder of its own; it refuses to run as root, so root hands it to `postgres`. */
export function createPostgresql(folder: string, port: number): TestServer {
  const programs = postgresqlFolder() ?? '';
  const data = join(folder, 'postgresql');
  const user = process.getuid?.() === 0 ? idsOf('postgres') : null;
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  let child: ChildProcess | null = null;
  return {
    url: `postgresql://site:${PASSWORD}@127.0.0.1:${String(port)}/postgres`,
    start: async () => {
      if (!existsSync(data)) {
        mkdirSync(data, { mode: 0o700 });
        const passwords = join(folder, 'password');
        writeFileSync(passwords, PASSWORD);
        if (user !== null) chownSync(data, user.uid, user.gid);
        execFileSync('chmod', ['711', folder]);
        const auth = ['--auth=scram-sha-256', `--pwfile=${passwords}`, '--username=site', '--no-sync'];
        execFileSync(join(programs, 'initdb'), ['-D', data, ...auth], {
          ...identity,
          stdio: 'ignore',
          cwd: '/',
        });
      }
      const options = [
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `unix_socket_directories=${data}`,
        '-c',
        'fsync=off',
      ];
      child = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...options], {
        ...identity,
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await saidBy(child, /ready to accept connections/);
    },
    stop: async () => {
      await ended(child, 'SIGINT'); // "fast": ends the connections of clients
    },
  };
}

/** The exported site under gunicorn, as its image starts it. */
export function createGunicorn(
  folder: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): TestServer {
  let child: ChildProcess | null = null;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    start: async () => {
      child = spawn(testPython, ['-m', 'gunicorn', '--config', 'gunicorn.conf.py'], {
        cwd: folder,
        env: {
          PATH: process.env['PATH'] ?? '',
          BIND: `127.0.0.1:${String(port)}`,
          PYTHONDONTWRITEBYTECODE: '1',
          ...environment,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await saidBy(child, /Booting worker/);
    },
    stop: async () => {
      await ended(child, 'SIGTERM');
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks an address; unlike fetch it lets a test choose the Host header. */
export function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false, timeout: 15_000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error(`${url} did not answer.`)));
    sent.end();
  });
}

function postgresqlFolder(): string | null {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return null;
  const versions = readdirSync(base).filter((version) => existsSync(join(base, version, 'bin/initdb')));
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(base, newest, 'bin');
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

async function saidBy(child: ChildProcess, wanted: RegExp): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  await vi.waitFor(
    () => {
      if (wanted.test(output)) return;
      throw new Error(
        `It said nothing like ${String(wanted)} (exit code ${String(child.exitCode)}): ${output}`,
      );
    },
    { timeout: 30_000, interval: 50 },
  );
}

async function ended(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}
