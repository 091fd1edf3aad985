import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const entry = join(import.meta.dirname, '../../support/small-studio/web-entry.ts');

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-browser-mode-'));
  await mkdir(join(folder, 'renderer'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'renderer', 'index.html'), '<p>studio</p>');
  // Stands where xdg-open is looked up: it writes down how it was called.
  await writeFile(
    join(folder, 'bin', 'xdg-open'),
    `#!/bin/sh\nprintf '%s' "$*" > '${folder}/opened.new'\nmv '${folder}/opened.new' '${folder}/opened'\n`,
  );
  await chmod(join(folder, 'bin', 'xdg-open'), 0o755);
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(...given: string[]): {
  readonly process: ChildProcess;
  readonly line: (pattern: RegExp) => Promise<RegExpExecArray>;
} {
  const started = spawn(process.execPath, [entry, join(folder, 'renderer'), ...given], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SAMOIS_STATE_FOLDER: join(folder, 'state'),
      DISPLAY: ':9',
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
    },
  });
  child = started;
  let output = '';
  started.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(output);
      if (found !== null) return found;
      await once(started.stdout, 'data', { signal: AbortSignal.timeout(20_000) });
    }
  };
  return { process: started, line };
}

const link = /http:\/\/127\.0\.0\.1:(\d+)\/launch#([\w-]{43})\n/;

describe('browser mode', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends everything', async (signal) => {
    const studio = start('--no-open');
    const [, port = ''] = await studio.line(link);
    await studio.line(/Ctrl-C ends Samois/);
    studio.process.kill(signal);
    const [code] = (await once(studio.process, 'exit')) as [number | null];
    expect(code).toBe(0);
    await studio.line(/disposed/);
    const socket = connect({ host: '127.0.0.1', port: Number(port) });
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('brings the link to the browser by a page that only this user can read', async () => {
    const studio = start();
    const [, port = '', key = ''] = await studio.line(link);
    await studio.line(/Ctrl-C ends Samois/);
    await expect
      .poll(() => readFile(join(folder, 'opened'), 'utf8').catch(() => ''), { timeout: 10_000 })
      .toMatch(/^file:.*\.html$/);
    const opened = await readFile(join(folder, 'opened'), 'utf8');
    expect(opened).not.toContain(key);
    const page = new URL(opened);
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect(await readFile(page, 'utf8')).toContain(`url=http://127.0.0.1:${port}/launch#${key}"`);
    studio.process.kill('SIGTERM');
    await once(studio.process, 'exit');
    expect(await readdir(join(folder, 'state'))).toEqual([]);
  });

  test('uses the port that was asked for, and says when it is taken', async () => {
    const first = start('--no-open');
    const [, port = ''] = await first.line(link);
    const second = spawn(process.execPath, [entry, join(folder, 'renderer'), '--no-open', '--port', port]);
    expect(await text(second.stderr)).toBe(
      `Port ${port} is taken by another program. Give another one with --port, or none for a free one.\n`,
    );
    expect(second.exitCode ?? ((await once(second, 'exit')) as [number])[0]).toBe(1);
  });

  test('a wrong argument and a missing bundle end with one sentence', async () => {
    for (const [given, sentence] of [
      [['--prot', '1'], /Unknown option.*Usage/],
      [['--no-open', 'a', 'b'], /one folder at a time/],
    ] as const) {
      const wrong = spawn(process.execPath, [entry, join(folder, 'renderer'), ...given]);
      const [complaint] = await Promise.all([text(wrong.stderr), once(wrong, 'exit')]);
      expect(complaint).toMatch(sentence);
      expect(complaint).not.toContain('    at ');
      expect(wrong.exitCode).toBe(1);
    }
    const unbuilt = spawn(process.execPath, [entry, join(folder, 'nowhere'), '--no-open']);
    expect(await text(unbuilt.stderr)).toMatch(/npm run build/);
  });
});
