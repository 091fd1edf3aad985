import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../../../main/services/window-files/content-security-policy.ts';
import { listWindowFiles } from '../../../../../main/services/window-files/window-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-files-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'renderer', 'index.html'), '<p>studio</p>');
  await writeFile(join(folder, 'renderer', 'assets', 'app-1a2b.js'), 'go()');
  await writeFile(join(folder, 'renderer', 'assets', 'app-1a2b.js.map'), '{}');
  await writeFile(join(folder, 'secret.html'), 'secret');
});
afterEach(() => rm(folder, { recursive: true }));

test('finds the page and its assets', async () => {
  const files = await listWindowFiles(join(folder, 'renderer'));
  expect((await files.find('/')?.read())?.toString()).toBe('<p>studio</p>');
  expect(files.find('/')).toMatchObject({ type: 'text/html; charset=utf-8', immutable: false });
  expect(files.find('/assets/app-1a2b.js')).toMatchObject({ immutable: true });
});

test('no spelling of a path leads out of the bundle', async () => {
  await symlink(join(folder, 'secret.html'), join(folder, 'renderer', 'linked.html'));
  const files = await listWindowFiles(join(folder, 'renderer'));
  const spellings = [
    '',
    '../secret.html',
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/%2e%2e%2fsecret.html',
    '//secret.html',
    '/./index.html',
    '/\\..\\secret.html',
    '/index.html\0.js',
    '/index.html/',
    '/assets',
    '/assets/',
    '/INDEX.html',
    '/index.html%00',
    `${folder}/secret.html`,
    'file:///etc/passwd',
    '/linked.html',
    '/assets/app-1a2b.js.map',
    '/__proto__',
    '/constructor',
  ];
  for (const path of spellings) expect(files.find(path), path).toBeUndefined();
});

test('a missing bundle says what to do', async () => {
  await expect(listWindowFiles(join(folder, 'nowhere'))).rejects.toThrow(/npm run build/);
});

test('the content security policy lets nothing of others in', () => {
  const policy = contentSecurityPolicy('ws://127.0.0.1:1');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1;");
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
});
