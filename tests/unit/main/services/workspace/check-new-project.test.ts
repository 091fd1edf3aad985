import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkNewProject } from '../../../../../main/services/workspace/check-new-project.ts';
import { writeMarker } from '../../../../../main/services/workspace/unfinished-marker.ts';
import type { Interpreter, NewProject } from '../../../../../shared/contract/workspace-calls.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const interpreter: Interpreter = {
  path: '/usr/bin/python3',
  version: '3.12.1',
  source: 'system',
  reason: 'python3 in /usr/bin',
  django: '6.1',
  problem: null,
};

async function form(change: Partial<NewProject> = {}): Promise<NewProject> {
  return {
    name: 'shop',
    parent: await temporaryFolder(),
    interpreter: interpreter.path,
    template: 'blank',
    database: { kind: 'sqlite' },
    packages: { kind: 'index' },
    superuser: { username: 'ada', email: '', password: 'lovelace' },
    ...change,
  };
}

const problemsOf = (project: NewProject, problem: string | null = null) =>
  checkNewProject(project, () => Promise.resolve({ ...interpreter, problem }));

describe('the form of a new project', () => {
  it('is right when everything is', async () => {
    expect(await problemsOf(await form())).toEqual([]);
    expect(await problemsOf(await form({ superuser: null }))).toEqual([]);
  });

  it('names every field that is wrong', async () => {
    const project = await form({
      name: 'my shop',
      parent: '/nowhere/at/all',
      database: { kind: 'postgresql', url: 'mysql://x/y' },
      packages: { kind: 'wheels', folder: '/nowhere' },
      superuser: { username: '', email: 'ada', password: '' },
    });
    expect((await problemsOf(project, 'It is gone.')).map(({ field }) => field)).toEqual([
      'name',
      'parent',
      'interpreter',
      'database.url',
      'packages.folder',
      'superuser.username',
      'superuser.email',
      'superuser.password',
    ]);
  });

  it.each(['with space', "it's", 'a"b', '🎸 guitar', '$(touch x)', '--force', 'ünï'])(
    'takes a parent folder %s',
    async (name) => {
      const parent = join(await temporaryFolder(), name);
      await mkdir(parent);
      expect(await problemsOf(await form({ parent }))).toEqual([]);
    },
  );

  it('says what is wrong with a parent folder', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'file'), '');
    await mkdir(join(root, 'a:b'));
    expect(await problemsOf(await form({ parent: join(root, 'file') }))).toMatchObject([
      { field: 'parent', message: expect.stringContaining('is a file') as string },
    ]);
    expect(await problemsOf(await form({ parent: 'relative' }))).toMatchObject([{ field: 'parent' }]);
    expect(await problemsOf(await form({ parent: join(root, 'a:b') }))).toMatchObject([{ field: 'parent' }]);
  });

  it('does not go into a folder that exists, but continues an unfinished one of the same kind', async () => {
    const project = await form();
    const target = join(project.parent, 'shop');
    await mkdir(target);
    expect(await problemsOf(project)).toMatchObject([{ field: 'name' }]);
    await writeMarker(target, { interpreter: interpreter.path, template: 'blank', environment: false });
    expect(await problemsOf(project)).toEqual([]);
    expect(await problemsOf({ ...project, template: 'example' })).toMatchObject([{ field: 'name' }]);
  });

  it.each([
    'postgresql://ada:secret@localhost:5432/shop',
    'postgres://localhost/shop',
    'postgresql:///shop?host=/var/run/postgresql',
    'postgresql://ada:p%40%23%2F@db.example/shop?sslmode=require',
  ])('takes the database %s', async (url) => {
    expect(await problemsOf(await form({ database: { kind: 'postgresql', url } }))).toEqual([]);
  });

  it.each([
    ['', 'not the address'],
    ['localhost/shop', 'not the address'],
    ['mysql://localhost/shop', 'must begin with postgresql://'],
    ['postgresql://localhost', 'names no database'],
    ['postgresql://localhost/', 'names no database'],
    ['postgresql://localhost:port/shop', 'not the address'],
    ['postgresql://ada:a b@localhost/shop', 'a space'],
    ['postgresql://ada:x@localhost/shop\nSECRET_KEY=x', 'line break'],
    ['postgresql://ada:50%@localhost/shop', '%25'],
    ['postgresql://ada:a#b@localhost/shop', '%23'],
    ['postgresql://ada:a/b@localhost/shop', '%2F'],
  ])('explains the database %j', async (url, words) => {
    const problems = await problemsOf(await form({ database: { kind: 'postgresql', url } }));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(words);
  });

  it('wants a wheel of Django in a folder of wheels', async () => {
    const folder = await temporaryFolder();
    const project = await form({ packages: { kind: 'wheels', folder } });
    expect((await problemsOf(project))[0]?.message).toContain('no wheel of Django');
    await writeFile(join(folder, 'django_filter-26.2-py3-none-any.whl'), '');
    expect(await problemsOf(project)).toHaveLength(1);
    await writeFile(join(folder, 'django-5.2.19-py3-none-any.whl'), '');
    expect(await problemsOf(project)).toEqual([]);
  });
});
