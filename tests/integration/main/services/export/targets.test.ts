import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import type { Studio } from '../../../../support/studio-services.ts';
import {
  exportTo,
  makePlainProject,
  OPTIONS,
  ownFolder,
  studioWith,
  writeFiles,
} from './exported-project.ts';

const { folder, remove } = ownFolder();
let project: string;
let studio: Studio;

beforeAll(async () => {
  project = makePlainProject(folder);
  writeFiles(project, {
    '.env': 'SECRET_KEY=x',
    '.gitignore': 'ignored/\n*.tmp\n',
    'ignored/file.txt': 'x',
    'notes.tmp': 'x',
    'db.sqlite3': 'x',
    'server.pem': 'x',
    '.samois/layout.json': '{}',
    'venv/pyvenv.cfg': '',
    'venv/lib/x.py': '',
    'static/Ünïcode name.txt': 'ä',
    Dockerfile: '# my own\n',
  });
  symlinkSync('/etc/passwd', join(project, 'passwd.txt'));
  symlinkSync('manage.py', join(project, 'manage-link.py'));
  studio = await studioWith(project);
});

afterAll(async () => {
  await studio.dispose();
  remove();
});

const files = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
const hash = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

it('shows the files before they are written, the written ones with their text', async () => {
  const preview = await studio.call('export.preview', OPTIONS);
  const named = (path: string) => preview.find((file) => file.path === path);
  expect(named('compose.yaml')).toMatchObject({ origin: 'deployment' });
  expect(named('compose.yaml')?.text).toContain('replicas: 3');
  expect(named('.env.example')?.text).toContain('ALLOWED_HOSTS=shop.example.com');
  expect(named('shop/settings.py')).toMatchObject({ origin: 'project', text: null });
  expect(named('.github/workflows/checks.yml')).toBeDefined();
  const gitlab = await studio.call('export.preview', { ...OPTIONS, continuousIntegration: 'gitlab' });
  expect(gitlab.map((file) => file.path)).toContain('.gitlab-ci.yml');
});

it('copies the source, without what git ignores, secrets, local data and links that lead out', async () => {
  const target = join(folder, 'first');
  const result = await exportTo(studio, { kind: 'folder', path: target });
  const written = files(target);
  for (const path of [
    'manage.py',
    'catalog/models.py',
    'static/Ünïcode name.txt',
    '.gitignore',
    'manage-link.py',
  ]) {
    expect(written).toContain(path);
    expect(hash(join(target, path))).toBe(hash(join(project, path)));
  }
  for (const path of ['.env', 'db.sqlite3', 'server.pem', 'notes.tmp', 'ignored/file.txt', 'passwd.txt']) {
    expect(written).not.toContain(path);
  }
  expect(written.filter((path) => /^venv|pycache|layout\.json|tmp/.test(path))).toEqual([]);
  expect(statSync(join(target, 'manage.py')).mode & 0o111).toBe(0o111);
  expect(result.files).toBe(written.length - 1); // the manifest is ours
  expect(readFileSync(join(target, 'Dockerfile'), 'utf8')).toBe('# my own\n');
  expect(readFileSync(join(target, 'Dockerfile.new'), 'utf8')).toContain('FROM python:');
  expect(result.issues).toEqual([expect.stringContaining('its own Dockerfile') as string]);
});

it('replaces in an earlier export what nobody touched, and keeps what somebody changed', async () => {
  const target = join(folder, 'second');
  await exportTo(studio, { kind: 'folder', path: target });
  appendFileSync(join(target, 'compose.yaml'), '# tuned by hand\n');
  appendFileSync(join(target, 'nginx.conf'), '# tuned by hand\n');
  writeFileSync(join(target, 'notes.md'), 'mine');
  rmSync(join(target, 'DEPLOY.md'));
  const again = await exportTo(
    studio,
    { kind: 'folder', path: target },
    { ...OPTIONS, webReplicas: 5, continuousIntegration: 'none' },
  );
  expect(readFileSync(join(target, 'compose.yaml'), 'utf8')).toMatch(/replicas: 3[^]*tuned by hand/);
  expect(readFileSync(join(target, 'compose.yaml.new'), 'utf8')).toContain('replicas: 5');
  expect(readFileSync(join(target, 'nginx.conf'), 'utf8')).toContain('tuned by hand');
  expect(existsSync(join(target, 'nginx.conf.new'))).toBe(false); // we have nothing new to say there
  expect(readFileSync(join(target, 'notes.md'), 'utf8')).toBe('mine');
  expect(existsSync(join(target, 'DEPLOY.md'))).toBe(true);
  expect(existsSync(join(target, '.github/workflows/checks.yml'))).toBe(false);
  expect(again.issues.join('\n')).toContain('compose.yaml was changed in the export');
});

it('refuses folders with anything else in them, the project itself, and missing parents', async () => {
  const refusal = async (path: string, kind: 'folder' | 'zip' = 'folder') =>
    studio.call('export.run', { options: OPTIONS, target: { kind, path } }).then(
      () => 'started',
      (error: unknown) => (error as Error).message,
    );
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  writeFileSync(join(taken, 'thesis.txt'), 'years of work');
  expect(await refusal(taken)).toMatch(/not empty/);
  expect(await refusal(join(project, 'out'))).toMatch(/inside the project/);
  expect(await refusal(join(project, 'out.zip'), 'zip')).toMatch(/inside the project/);
  expect(await refusal(join(folder, 'no/where'))).toMatch(/does not exist/);
  expect(await refusal('relative')).toMatch(/absolute/);
  expect(await refusal(join(taken, 'thesis.txt'), 'zip')).toMatch(/exists already/);
  expect(files(taken)).toEqual(['thesis.txt']);
  const preview = (hosts: string[]) =>
    studio.call('export.preview', { ...OPTIONS, hosts }).catch((error: unknown) => (error as Error).message);
  expect(await preview(['*'])).toMatch(/any host/);
  expect(await preview(['a.example\nSECRET_KEY=x'])).toMatch(/no host name/);
});

it('writes a zip that holds the same files in one folder', async () => {
  const zip = join(folder, 'shop 1.zip');
  await exportTo(studio, { kind: 'zip', path: zip });
  const archive = await openPromise(zip);
  const entries: string[] = [];
  for await (const entry of archive.eachEntry()) entries.push(entry.fileName);
  expect(entries).toContain('shop 1/manage.py');
  expect(entries).toContain('shop 1/static/Ünïcode name.txt');
  expect(entries.map((entry) => entry.slice('shop 1/'.length)).toSorted()).toEqual(
    files(join(folder, 'first')),
  );
  execFileSync('python3', ['-m', 'zipfile', '--test', zip]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.samois-tmp'))).toEqual([]);
});

it('leaves nothing behind when it is cancelled', async () => {
  const target = join(folder, 'cancelled');
  const { jobId } = await studio.call('export.run', {
    options: OPTIONS,
    target: { kind: 'folder', path: target },
  });
  await studio.call('job.cancel', { jobId });
  await expect
    .poll(async () => (await studio.call('job.list', {})).find(({ id }) => id === jobId)?.state)
    .toBe('cancelled');
  expect(existsSync(target)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith('.samois-tmp'))).toEqual([]);
});
