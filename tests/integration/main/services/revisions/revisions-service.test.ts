import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRevisionsService } from '../../../../../main/services/revisions/revisions-service.ts';
import { compareModels } from '../../../../../shared/django/model-changes.ts';

const execute = promisify(execFile);

const FIRST = `from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=200)
`;

let root: string;
/** The project is a folder of the repository, and not the whole of it. */
let workspace: string;
let trap: string;

const git = (...args: readonly string[]) =>
  execute('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args]);

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text);
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'samois-revisions-')));
  workspace = join(root, 'backend');
  trap = join(root, 'sprung');
  await write('manage.py', "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n");
  await write('shop/__init__.py', '');
  await write('shop/settings.py', "INSTALLED_APPS = ['catalog']\n");
  await write('catalog/__init__.py', '');
  await write('catalog/models.py', FIRST);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'First authors');
  await git('tag', 'v1');
  await write('catalog/models.py', FIRST.replace('200', '300').replace('Author', 'Writer'));
  await git('commit', '--quiet', '--all', '--message', 'Longer names');
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const service = () => createRevisionsService({ workspace: () => ({ realPath: workspace, project: null }) });

describe('the revisions of a project', () => {
  it('are its branches, tags and newest commits', async () => {
    const revisions = await service().list();
    expect(revisions.filter(({ kind }) => kind === 'name').map(({ name }) => name)).toEqual(['main', 'v1']);
    expect(revisions.map(({ subject }) => subject)).toContain('Longer names');
  });

  it('give their models as the source lens reads them, a rename as a change', async () => {
    const { models: before } = await service().models({ revision: 'v1' });
    const { models: after } = await service().models({ revision: 'HEAD' });
    expect(before.map(({ id }) => id)).toEqual(['catalog.Author']);
    const changes = compareModels(before, after);
    expect([...changes.keys()]).toEqual(['catalog.Writer']);
    expect(changes.get('catalog.Writer')).toMatchObject({
      mark: 'changed',
      fields: new Map([['name', 'changed']]),
      others: ['name (was catalog.Author)'],
    });
  });

  it('say what is wrong with a name, and take none for an option', async () => {
    await expect(service().models({ revision: 'nowhere' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(service().models({ revision: '--output=x' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are read without starting what the repository names', async () => {
    const program = join(root, 'program.sh');
    await writeFile(program, `#!/bin/sh\ntouch '${trap}'\n`, { mode: 0o755 });
    for (const setting of ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'diff.external', 'gpg.program'])
      await git('config', setting, program);
    await git('config', 'log.showSignature', 'true');
    await service().list();
    await service().models({ revision: 'v1' });
    expect(existsSync(trap)).toBe(false);
  });

  it('are none where there is no repository', async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'samois-no-repository-')));
    try {
      const lone = createRevisionsService({ workspace: () => ({ realPath: folder, project: null }) });
      await expect(lone.list()).rejects.toMatchObject({ code: 'not-available' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
