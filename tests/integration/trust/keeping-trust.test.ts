import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testPython } from '../../support/python-environment.ts';
import { openStudio, type Studio } from '../../support/studio-services.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makeSoundProject, writeBelow } from './sound-project.ts';

let parent: string;
let project: string;
let canary: string;
let studio: Studio;

beforeEach(async () => {
  parent = await temporaryFolder();
  project = join(parent, 'shop');
  canary = join(parent, 'canary');
  await makeSoundProject(project);
  studio = await openStudio({ folder: project });
});
afterEach(() => studio.dispose());

const refused = { ok: false, failure: { code: 'not-trusted' } };

async function serve(): Promise<void> {
  await studio.call('trust.grant', {});
  await studio.call('python.choose', { path: testPython });
  await studio.call('server.start', { port: 0 });
  await expect
    .poll(async () => (await studio.call('server.status', {})).state, { timeout: 20_000 })
    .toBe('serving');
}

/** An environment that writes the canary as soon as its Python, or its library, is started. */
async function plantEnvironment(folder: string): Promise<void> {
  const real = execFileSync(testPython, ['-c', 'import os, sys; print(os.path.realpath(sys.executable))'], {
    encoding: 'utf8',
  }).trim();
  const version = execFileSync(testPython, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
    encoding: 'utf8',
  }).trim();
  const fire = `open(${JSON.stringify(canary)}, "a").write("x")\n`;
  await writeBelow(folder, {
    '.venv/pyvenv.cfg': `home = ${join(folder, '.venv/evil/bin')}\nversion = ${version}.0\n`,
    [`.venv/evil/lib/python${version}/os.py`]: fire,
    [`.venv/evil/lib/python${version}/encodings/__init__.py`]: fire,
    '.venv/evil/bin/keep': '',
    '.venv/bin/keep': '',
  });
  await symlink(real, join(folder, '.venv/bin/python'));
}

it('asks again when another folder stands in the place, and ends what runs', async () => {
  await serve();
  const changes: (boolean | undefined)[] = [];
  studio.subscribe('workspace.changed', (workspace) => changes.push(workspace?.trusted));
  await makeSoundProject(join(parent, 'other'));
  await plantEnvironment(join(parent, 'other'));
  await rename(project, join(parent, 'away'));
  await rename(join(parent, 'other'), project);
  const began = performance.now();
  expect(await studio.request('runtime.read', {})).toMatchObject(refused);
  expect(await studio.request('server.restart', {})).toMatchObject(refused);
  await expect
    .poll(async () => (await studio.call('server.status', {})).state, { timeout: 5000 })
    .toBe('stopped');
  expect(performance.now() - began).toBeLessThan(5000);
  expect(changes).toEqual([false]);
  expect((await studio.workspace())?.trusted).toBe(false);
  const python = join(project, '.venv/bin/python');
  expect((await studio.call('python.inspect', { path: python })).problem).toContain('not trusted');
  await studio.call('python.interpreters', {});
  expect(existsSync(canary)).toBe(false);
});

it('asks again after a copy, a clone in the same place, and a turned link', async () => {
  await studio.call('trust.grant', {});
  await cp(project, join(parent, 'copy'), { recursive: true });
  expect((await studio.call('workspace.open', { path: join(parent, 'copy') })).trusted).toBe(false);
  await symlink(project, join(parent, 'link'));
  expect((await studio.call('workspace.open', { path: join(parent, 'link') })).trusted).toBe(true);
  await rm(join(parent, 'link'));
  await symlink(join(parent, 'copy'), join(parent, 'link'));
  expect((await studio.call('workspace.open', { path: join(parent, 'link') })).trusted).toBe(false);
  await rm(project, { recursive: true });
  await makeSoundProject(project);
  expect((await studio.call('workspace.open', { path: project })).trusted).toBe(false);
});

it('starts no interpreter of an untrusted project, by whatever way its path is written', async () => {
  await plantEnvironment(project);
  await symlink(project, join(parent, 'link'));
  await symlink(join(project, '.venv/bin'), join(parent, 'bin'));
  await symlink(join(project, '.venv/bin/python'), join(parent, 'python'));
  await writeBelow(project, { 'run.sh': `#!/bin/sh\necho x >> '${canary}'\n` });
  await chmod(join(project, 'run.sh'), 0o755);
  await studio.call('workspace.open', { path: join(parent, 'link') });
  const ways = [
    join(project, '.venv/bin/python'),
    join(parent, 'link/.venv/bin/python'),
    join(parent, 'bin/python'),
    `${project}/../shop/.venv/bin/../bin/python`,
    `${parent}//link/./.venv/bin/python`,
    join(project, 'run.sh'),
    join(parent, 'link/run.sh'),
    project,
  ];
  for (const path of ways) {
    expect((await studio.call('python.inspect', { path })).problem, path).not.toBeNull();
    const form = {
      name: 'fresh',
      parent,
      interpreter: path,
      template: 'blank' as const,
      database: { kind: 'sqlite' as const },
      packages: { kind: 'index' as const },
      superuser: null,
    };
    expect(await studio.call('workspace.checkNew', form), path).toEqual([
      expect.objectContaining({ field: 'interpreter' }),
    ]);
    await studio.call('workspace.create', form);
  }
  await expect
    .poll(async () => (await studio.call('job.list', {})).map((job) => job.state), { timeout: 20_000 })
    .toEqual(ways.map(() => 'failed'));
  expect(existsSync(canary)).toBe(false);
  expect(existsSync(join(parent, 'fresh'))).toBe(false);
});

it('a job that runs code of the project ends with the trust', async () => {
  await studio.call('trust.grant', {});
  await studio.call('python.choose', { path: testPython });
  const begun = join(parent, 'begun');
  await writeBelow(project, {
    'shop/__init__.py': `import os, time\nopen(${JSON.stringify(begun)}, "w").write(str(os.getpid()))\ntime.sleep(1000)\n`,
  });
  const { jobId } = await studio.call('migrations.apply', {});
  await expect.poll(() => existsSync(begun), { timeout: 20_000 }).toBe(true);
  const began = performance.now();
  await studio.call('trust.revoke', { path: project });
  expect(performance.now() - began).toBeLessThan(5000);
  await expect
    .poll(async () => (await studio.call('job.list', {})).find((job) => job.id === jobId)?.state, {
      timeout: 5000,
    })
    .toBe('cancelled');
});

it('an export neither follows links into the project nor writes there', async () => {
  await studio.call('trust.grant', {});
  await studio.call('python.choose', { path: testPython });
  await mkdir(join(project, 'made'));
  await symlink(join(project, 'made'), join(parent, 'way-in'));
  const options = { hosts: [], webReplicas: 1, continuousIntegration: 'none' as const };
  for (const path of [
    join(parent, 'way-in/export'),
    join(project, 'made'),
    project,
    `${parent}/x/../shop/made/e`,
  ])
    for (const kind of ['folder', 'zip'] as const)
      expect(
        await studio.request('export.run', { options, target: { kind, path } }),
        `${kind} ${path}`,
      ).toMatchObject({
        ok: false,
      });
});
