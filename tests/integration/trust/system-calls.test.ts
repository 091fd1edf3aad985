import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { enterStudio } from '../../support/studio-client.ts';
import { startStudio } from '../../support/studio-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { boobyTraps, type Trap } from './booby-traps.ts';
import { fingerprint, layTrap } from './lay-trap.ts';

const strace = process.platform === 'linux' && hasStrace();
if (!strace)
  console.warn('SKIPPED: system calls of the built studio are not looked at. Install strace for it.');

/** Every file and program that the studio, or a process of it, asked the system for. */
interface Trace {
  readonly programs: readonly string[];
  readonly connections: readonly string[];
  readonly files: readonly string[];
}

function readTrace(file: string): Trace {
  const lines = readFileSync(file, 'utf8').split('\n');
  const named = (call: RegExp): readonly string[] =>
    lines.flatMap((line) => {
      const found = call.exec(line)?.[1];
      return found === undefined || line.includes('ENOENT') ? [] : [found];
    });
  return {
    programs: named(/ execve\("((?:[^"\\]|\\.)*)"/),
    connections: named(/ connect\(\d+, (\{sa_family=AF_INET6?.*?\})/),
    files: named(/ openat\([^,]*, "((?:[^"\\]|\\.)*)"/),
  };
}

/** Traps of size and of odd names have nothing that could be executed or led to. */
const leadsSomewhere = ({ name }: Trap): boolean => !/files|nested|names|line of|sparse|texts/.test(name);

/** A way out that is only looked at (the type of what a link leads to) opens nothing. */
it.skipIf(!strace)(
  'the built studio executes its own programs alone, connects to nobody, and opens nothing outside',
  { timeout: 180_000 },
  async () => {
    const parent = await realpath(await temporaryFolder());
    const home = await realpath(await temporaryFolder());
    // Somebody who uses Poetry: then the project's pyproject.toml is asked for its name.
    await mkdir(join(home, '.cache/pypoetry/virtualenvs/other-py3.11'), { recursive: true });
    const sites = [];
    for (const [index, trap] of boobyTraps(500).filter(leadsSomewhere).entries())
      sites.push(await layTrap(trap, join(parent, String(index))));
    const outsides = sites.map((site) => fingerprint(site.outside));
    const trace = join(parent, 'trace');
    const studio = await startStudio({
      // The worst place to be started from.
      cwd: sites[0]?.project ?? parent,
      // Version managers of this machine would show their own programs.
      env: { PATH: '/usr/bin:/bin', HOME: home },
      under: [
        'strace',
        '-f',
        '--seccomp-bpf',
        '-qq',
        '-s',
        '4096',
        '-e',
        'trace=execve,connect,openat',
        '-o',
        trace,
      ],
    });
    const client = await enterStudio(studio.link);
    for (const site of sites) {
      await client.call('workspace.open', { path: site.project });
      for (const name of [
        'source.snapshot',
        'source.list',
        'layout.read',
        'database.list',
        'server.status',
      ] as const)
        expect(await client.request(name, {}), `${name} in ${site.project}`).toMatchObject({ ok: true });
      await client.request('database.tables', { database: 'default' });
    }
    await client.call('python.interpreters', {});
    client.close();
    process.kill(studioUnder(studio.pid), 'SIGTERM');
    await expect.poll(() => existsSync(`/proc/${studio.pid}/exe`), { timeout: 10_000 }).toBe(false);

    const { programs, connections, files } = readTrace(trace);
    const names = new Set(programs.map((program) => basename(program).replace(/[\d.]+$/, '')));
    expect(
      [...names].filter((name) => !['node', 'sh', 'python', 'strace', 'uname', 'grep'].includes(name)),
    ).toEqual([]);
    expect(programs.filter((program) => program.startsWith(parent))).toEqual([]);
    expect(connections).toEqual([]);
    for (const [index, site] of sites.entries()) {
      expect(existsSync(site.canary)).toBe(false);
      expect(fingerprint(site.outside)).toBe(outsides[index]);
    }
    const roots = sites.map((site) => `${site.project}/`);
    const strangers = files.filter(
      (file) => file.startsWith(parent) && !roots.some((root) => `${file}/`.startsWith(root)),
    );
    expect(strangers).toEqual([]);
    for (const path of ['locked', 'closed.py'])
      for (const site of sites)
        if (existsSync(join(site.project, path))) await chmod(join(site.project, path), 0o700);
  },
);

/** strace does not pass signals on: they go to the program it runs. */
function studioUnder(tracer: number): number {
  const children = readFileSync(`/proc/${tracer}/task/${tracer}/children`, 'utf8').trim().split(' ');
  return Number(children[0]);
}

function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
