import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInterpreters } from '../../../../../main/services/python/find-interpreters.ts';
import { inspectInterpreter } from '../../../../../main/services/python/inspect-interpreter.ts';
import { isAtLeast, OLDEST_PYTHON } from '../../../../../shared/django/django-series.ts';
import { testEnvironment, testPython } from '../../../../support/python-environment.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const machine = { env: process.env, home: homedir(), platform: process.platform };
const context = { env: process.env, hasUv: false, untrusted: null };
const given = (path: string) => ({ path, source: 'given', reason: 'given by hand' }) as const;

/** A program called python that leaves a trace wherever it is started. */
async function trap(file: string, trace: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\ntouch '${trace}'\n`);
  await chmod(file, 0o755);
}

describe('the interpreters of this machine', () => {
  it('are each there once, with version, reason, and a sentence where one is of no use', async () => {
    const found = await findInterpreters({ ...machine, folders: [], untrusted: null });
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.problem).toBeNull();
    const real = await Promise.all(found.map(({ path }) => realpath(path)));
    expect(new Set(real).size).toBe(found.length);
    for (const { version, reason, problem, django } of found) {
      expect(reason).not.toBe('');
      if (version === null || !isAtLeast(version, OLDEST_PYTHON)) expect(problem).toContain('Python');
      else if (problem === null) expect(django).toMatch(/^\d\.\d$/u);
    }
  });

  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  it.runIf(existsSync(versions))('include those of pyenv, the old ones with their sentence', async () => {
    const found = await findInterpreters({ ...machine, folders: [], untrusted: null });
    const old = found.find(({ version }) => version?.startsWith('3.8.'));
    if (existsSync(join(versions, '3.8.18'))) {
      expect(old?.reason).toBe('pyenv version 3.8.18');
      expect(old?.problem).toContain(
        'is Python 3.8.18; Django 5.2, the oldest supported series, needs Python 3.10',
      );
    }
    for (const { path } of found) expect(path).not.toContain('shims');
  });

  it('list an environment of the project apart from the Python it was made from', async () => {
    const folder = await temporaryFolder();
    await symlink(testEnvironment, join(folder, '.venv'));
    const found = await findInterpreters({ ...machine, folders: [folder], untrusted: null });
    expect(found[0]).toMatchObject({ path: join(folder, '.venv/bin/python'), source: 'venv', problem: null });
    const base = execFileSync(testPython, ['-c', 'import sys; print(sys._base_executable)'], {
      encoding: 'utf8',
    });
    const real = await realpath(base.trim());
    const others = await Promise.all(found.slice(1).map(({ path }) => realpath(path)));
    expect(others).toContain(real);
  });
});

describe('an untrusted project', () => {
  it('has its environment read, and none of its programs started', async () => {
    const folder = await temporaryFolder();
    const project = join(folder, 'project');
    const traces = join(folder, 'trace');
    await trap(join(project, '.venv', 'bin', 'python'), traces);
    await writeFile(join(project, '.venv', 'pyvenv.cfg'), 'home = /usr/bin\nversion = 3.12.1\n');
    await trap(join(project, 'tools', 'python3'), traces);
    await trap(join(project, 'tools', 'uv'), traces);
    await symlink(join(project, 'tools'), join(folder, 'link'));
    const env = {
      ...process.env,
      PATH: [join(project, 'tools'), join(folder, 'link'), process.env['PATH'] ?? ''].join(delimiter),
      VIRTUAL_ENV: join(project, '.venv'),
    };
    const found = await findInterpreters({ ...machine, env, folders: [project], untrusted: project });
    expect(found.find(({ path }) => path === join(project, '.venv/bin/python'))).toMatchObject({
      version: '3.12.1',
      django: '6.1',
      problem: expect.stringContaining('not trusted') as string,
    });
    expect(existsSync(traces)).toBe(false);
    await inspectInterpreter(given(join(folder, 'link', 'python3')), { ...context, env, untrusted: project });
    expect(existsSync(traces)).toBe(false);
  });

  it('can not slip a module or a .pth file into the interpreter that is asked', async () => {
    const folder = await temporaryFolder();
    const trace = join(folder, 'trace');
    const environment = join(folder, '.venv');
    execFileSync(testPython, ['-m', 'venv', '--without-pip', environment]);
    const site = execFileSync(
      join(environment, 'bin/python'),
      ['-c', 'import site; print(site.getsitepackages()[0])'],
      {
        encoding: 'utf8',
      },
    ).trim();
    await writeFile(
      join(site, 'evil.pth'),
      `import pathlib; pathlib.Path(${JSON.stringify(trace)}).touch()\n`,
    );
    await writeFile(join(folder, 'json.py'), `open(${JSON.stringify(trace)}, "w")\n`);
    const env = { ...process.env, PYTHONPATH: folder };
    const found = await inspectInterpreter(given(join(environment, 'bin/python')), { ...context, env });
    expect(found).toMatchObject({ source: 'venv', problem: null });
    expect(existsSync(trace)).toBe(false);
  });
});

describe('an interpreter given by hand', () => {
  it('says when it is gone, no Python, silent or not executable', async () => {
    const folder = await temporaryFolder();
    const problemOf = async (path: string) => (await inspectInterpreter(given(path), context)).problem;
    expect(await problemOf(join(folder, 'python'))).toContain('not there any more');
    expect(await problemOf(folder)).toContain('not there any more');
    await writeFile(join(folder, 'text'), 'print("samois:{}")\n');
    expect(await problemOf(join(folder, 'text'))).toContain('not executable');
    await writeFile(join(folder, 'echo'), '#!/bin/sh\necho samois:no\n');
    await chmod(join(folder, 'echo'), 0o755);
    expect(await problemOf(join(folder, 'echo'))).toContain('does not answer like a Python');
    expect(await problemOf('/bin/ls')).toContain('does not answer like a Python');
  });

  it('says when an environment has lost its Python', async () => {
    const folder = await temporaryFolder();
    execFileSync(testPython, ['-m', 'venv', '--without-pip', join(folder, '.venv')]);
    const python = join(folder, '.venv', 'bin', 'python');
    await rm(python);
    await symlink('/nowhere/python3', python);
    expect((await inspectInterpreter(given(python), context)).problem).toContain('has lost the Python');
  });

  it('says when it can not make environments', async () => {
    const folder = await temporaryFolder();
    const python = join(folder, 'python');
    const answer = '{"version": "3.11.2", "executable": "", "venv": true, "ensurepip": false}';
    await writeFile(python, `#!/bin/sh\necho 'samois:${answer}'\n`);
    await chmod(python, 0o755);
    expect((await inspectInterpreter(given(python), context)).problem).toContain(
      'apt-get install python3.11-venv',
    );
    expect((await inspectInterpreter(given(python), { ...context, hasUv: true })).problem).toBeNull();
  });
});
