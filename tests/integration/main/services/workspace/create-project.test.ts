import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { environmentWithUv, newProject, projectCreation } from '../../../../support/project-creation.ts';
import { pinnedTool } from '../../../../support/python-tools.ts';

const run = promisify(execFile);

async function inProject(path: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(join(path, '.venv', 'bin', 'python'), ['manage.py', ...args], { cwd: path });
  return stdout;
}

/** What of a path is still mentioned by running programs. */
async function processesOf(path: string): Promise<readonly string[]> {
  const { stdout } = await run('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(path));
}

describe('a new project', () => {
  it('is complete, trusted and listed, wherever it is made', async () => {
    // What the shell had set for another project must not reach this one.
    const env = { ...environmentWithUv(null), DATABASE_URL: 'postgresql://nowhere.invalid/x', DEBUG: '0' };
    const { creation, finished, trust, recent, jobs, folder } = await projectCreation(env);
    const parent = join(folder, `it's a "café" 🎸`);
    await mkdir(parent);
    const superuser = { username: 'ada', email: 'ada@example.com', password: 'p\'w "$HOME" 🎸' };
    const job = creation.create(newProject(parent, { superuser }));
    const path = join(parent, 'shop');
    expect(await finished(job)).toMatchObject({ state: 'succeeded', value: { path } });

    expect(await readdir(path)).toEqual(
      expect.arrayContaining(['.gitignore', '.venv', 'db.sqlite3', 'manage.py']),
    );
    expect(existsSync(join(path, '.samois'))).toBe(false);
    expect(await readFile(join(path, 'requirements.txt'), 'utf8')).toMatch(/^Django==5\.2\.\d+\n$/u);
    expect(await inProject(path, 'check')).toContain('no issues');
    expect(await trust.isTrusted(path)).toBe(true);
    expect(await recent.list()).toMatchObject([{ path, exists: true }]);

    const question = `from django.contrib.auth import authenticate; print(authenticate(username="ada", password=${JSON.stringify(superuser.password)}).is_superuser)`;
    expect(await inProject(path, 'shell', '-v', '0', '-c', question)).toContain('True');
    expect(jobs.log(job.jobId).join('\n')).not.toContain(superuser.password);
  });

  it('is made by uv where that is on PATH, here the example with its data', async () => {
    const env = environmentWithUv(await pinnedTool('uv==0.13.9'));
    const { creation, finished, jobs, folder } = await projectCreation(env);
    const job = creation.create(newProject(folder, { name: 'bookshop', template: 'example' }));
    const path = join(folder, 'bookshop');
    expect(await finished(job)).toMatchObject({ state: 'succeeded', value: { path } });
    expect(jobs.log(job.jobId).join('\n')).toMatch(/Installed \d+ packages/u);
    expect(await readFile(join(path, '.venv', 'pyvenv.cfg'), 'utf8')).toContain('uv = ');
    const count = 'from catalog.models import Book; print(Book.objects.count())';
    expect(Number(await inProject(path, 'shell', '-v', '0', '-c', count))).toBeGreaterThan(10);
  });

  it('is refused before anything is made when the form is wrong', async () => {
    const { creation, finished, folder } = await projectCreation();
    const job = await finished(creation.create(newProject(folder, { name: 'class' })));
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'invalid-input' } });
    expect(job.failure?.detail).toMatchObject({ problems: [{ field: 'name' }] });
    expect(existsSync(join(folder, 'class'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('says when its folder can not be made', async () => {
    const { creation, finished } = await projectCreation();
    const job = await finished(creation.create(newProject('/proc', { name: 'shop' })));
    expect(job).toMatchObject({ state: 'failed' });
    expect(job.failure?.message).toContain('/proc');
  });
});

describe('a new project that is interrupted', () => {
  it('leaves no process, says what is left, and can be continued', async () => {
    const { creation, at, finished, jobs, folder } = await projectCreation();
    const path = join(folder, 'shop');
    const halfEnvironment = creation.create(newProject(folder));
    await at(halfEnvironment, 'Making the virtual environment');
    jobs.cancel(halfEnvironment.jobId);
    expect(await finished(halfEnvironment)).toMatchObject({ state: 'cancelled' });

    const halfPackages = creation.create(newProject(folder));
    await at(halfPackages, 'Installing packages');
    jobs.cancel(halfPackages.jobId);
    const cancelled = await finished(halfPackages);
    expect(cancelled).toMatchObject({ state: 'cancelled', failure: { code: 'cancelled', detail: { path } } });
    expect(cancelled.failure?.message).toContain(`kept in ${path}: try again`);
    expect(await processesOf(path)).toEqual([]);
    expect(existsSync(join(path, 'manage.py'))).toBe(false);

    const environment = await stat(join(path, '.venv'));
    expect(await creation.checkNew(newProject(folder))).toEqual([]);
    expect(await finished(creation.create(newProject(folder)))).toMatchObject({ state: 'succeeded' });
    expect((await stat(join(path, '.venv'))).ino).toBe(environment.ino);
    expect(await inProject(path, 'check')).toContain('no issues');
  });

  it('can be continued after it stopped between two files', async () => {
    const { creation, at, finished, jobs, folder } = await projectCreation();
    const path = join(folder, 'shop');
    const first = creation.create(newProject(folder));
    await at(first, 'Migrating the database');
    jobs.cancel(first.jobId);
    await finished(first);
    await writeFile(join(path, 'notes.txt'), 'of the user');
    expect(await finished(creation.create(newProject(folder)))).toMatchObject({ state: 'succeeded' });
    expect(await readFile(join(path, 'notes.txt'), 'utf8')).toBe('of the user');
  });

  it('is not made twice at once', async () => {
    const { creation, at, finished, jobs, folder } = await projectCreation();
    const first = creation.create(newProject(folder));
    await at(first, 'Making the virtual environment');
    expect(await creation.checkNew(newProject(folder))).toMatchObject([{ field: 'name' }]);
    await expect(creation.removeUnfinished({ path: join(folder, 'shop') })).rejects.toThrow(
      'being made right now',
    );
    jobs.cancel(first.jobId);
    await finished(first);
  });
});

describe('a new project that fails', () => {
  it('names the missing wheel, stays listed, and can be removed', async () => {
    const { creation, finished, recent, folder } = await projectCreation();
    const wheels = join(folder, 'wheels');
    await mkdir(wheels);
    await writeFile(join(wheels, 'django-5.1.0-py3-none-any.whl'), '');
    const path = join(folder, 'shop');
    const packages = { kind: 'wheels', folder: wheels } as const;
    const job = await finished(creation.create(newProject(folder, { packages })));
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'tool-failed', detail: { path } } });
    expect(job.failure?.message).toContain(`${wheels} holds no suitable wheel of Django`);
    expect(await recent.list()).toMatchObject([{ path, exists: true }]);

    await creation.removeUnfinished({ path });
    expect(existsSync(path)).toBe(false);
    expect(await recent.list()).toEqual([]);
  });

  it('names a package index that can not be reached', async () => {
    const env = {
      ...environmentWithUv(null),
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_CONFIG_FILE: '/dev/null',
    };
    const { creation, finished, folder } = await projectCreation(env);
    const job = await finished(creation.create(newProject(folder, { packages: { kind: 'index' } })));
    expect(job.failure?.message).toContain('The package index could not be reached');
  });

  it('names a PostgreSQL that does not answer, and keeps its password to itself', async () => {
    const { creation, finished, jobs, folder } = await projectCreation();
    const port = await closedPort();
    const url = `postgresql://ada:s3cret-p%40ss@127.0.0.1:${String(port)}/shop`;
    const started = creation.create(newProject(folder, { database: { kind: 'postgresql', url } }));
    const job = await finished(started);
    expect(job.failure?.message).toContain(`No PostgreSQL answers at 127.0.0.1:${String(port)}`);
    expect(JSON.stringify([job, jobs.log(started.jobId)])).not.toContain('s3cret');
    const path = join(folder, 'shop');
    expect((await stat(join(path, '.env'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(path, 'requirements.txt'), 'utf8')).toMatch(/^psycopg\[binary\]==3\.\d/mu);
    expect(await readFile(join(path, '.gitignore'), 'utf8')).toContain('\n.env\n');

    // With the other answer it goes on, and nothing of the first one stays.
    expect(await finished(creation.create(newProject(folder)))).toMatchObject({ state: 'succeeded' });
    expect(existsSync(join(path, '.env'))).toBe(false);
  });
});

describe('removing what is unfinished', () => {
  it('touches no other folder, not even one with a copied marker', async () => {
    const { creation, finished, folder } = await projectCreation();
    const packages = { kind: 'wheels', folder: join(folder, 'wheels') } as const;
    await mkdir(packages.folder);
    await writeFile(join(packages.folder, 'django-5.1.0-py3-none-any.whl'), '');
    await finished(creation.create(newProject(folder, { packages })));
    const other = join(folder, 'other');
    await cp(join(folder, 'shop', '.samois'), join(other, '.samois'), { recursive: true });
    for (const path of [other, folder, join(folder, 'missing'), '/'])
      await expect(creation.removeUnfinished({ path })).rejects.toThrow('not a project whose making');
    expect(existsSync(other)).toBe(true);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
