import { cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTrustService } from '../../../../../main/services/trust/trust-service.ts';
import { createRecentWorkspaces } from '../../../../../main/services/workspace/recent-workspaces.ts';
import { writeMarker } from '../../../../../main/services/workspace/unfinished-marker.ts';
import { createWorkspaceService } from '../../../../../main/services/workspace/workspace-service.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

/** Real services around it but Python, which here finds nothing and takes every interpreter but `bad`. */
async function arrange() {
  const root = await temporaryFolder();
  const happened: string[] = [];
  const trustedWhileClosing: boolean[] = [];
  const hook = (name: string) => (workspace: { readonly path: string }) => {
    happened.push(`${name} ${workspace.path.slice(root.length + 1)}`);
  };
  const recent = createRecentWorkspaces(join(root, 'state'));
  const workspaces = createWorkspaceService({
    trust: createTrustService({ stateFolder: join(root, 'state') }),
    recent,
    python: {
      choose: (folders) =>
        Promise.resolve(folders[0] === join(root, 'with-venv') ? join(root, 'python') : null),
      inspect: ({ path }) =>
        Promise.resolve({
          path,
          version: '3.12.1',
          source: 'given',
          reason: 'given by hand',
          django: '6.1',
          problem: path.endsWith('bad') ? 'It is no Python.' : null,
        }),
    },
    emit: (name, payload) => {
      const trusted = payload !== null && 'trusted' in payload ? String(payload.trusted) : 'none';
      happened.push(`${name} ${trusted}`);
    },
    report: (error) => happened.push(`bug ${String(error)}`),
    hooks: {
      onOpened: hook('opened'),
      onClosed: async (workspace) => {
        hook('closed')(workspace);
        trustedWhileClosing.push(await workspaces.isTrusted());
      },
      onTrusted: hook('trusted'),
      onRevoked: hook('revoked'),
      onInterpreterChosen: hook('interpreter'),
    },
  });
  const project = async (name: string, ...places: readonly string[]): Promise<string> => {
    for (const place of places.length === 0 ? [''] : places) {
      await mkdir(join(root, name, place), { recursive: true });
      await writeFile(join(root, name, place, 'manage.py'), '');
    }
    return join(root, name);
  };
  return { root, workspaces, recent, happened, trustedWhileClosing, project };
}

describe('opening', () => {
  it('tells what is there, untrusted at first', async () => {
    const { workspaces, happened, project } = await arrange();
    const path = await project('shop');
    const opened = await workspaces.open({ path });
    expect(opened).toEqual({
      path,
      realPath: path,
      name: 'shop',
      trusted: false,
      projects: [''],
      project: '',
      interpreter: null,
      problem: null,
    });
    expect(workspaces.current()).toBe(opened);
    expect(await workspaces.isTrusted()).toBe(false);
    expect(happened).toEqual(['workspace.changed false', 'opened shop']);
  });

  it('takes the project nearest to the root, or the one asked for, and remembers it', async () => {
    const { workspaces, project } = await arrange();
    const path = await project('mono', 'services/a', 'web', 'services/b');
    expect(await workspaces.open({ path })).toMatchObject({
      projects: ['web', 'services/a', 'services/b'],
      project: 'web',
    });
    expect(await workspaces.open({ path, project: 'services/b' })).toMatchObject({ project: 'services/b' });
    expect(await workspaces.open({ path })).toMatchObject({ project: 'services/b' });
    await rm(join(path, 'services/b'), { recursive: true });
    expect(await workspaces.open({ path })).toMatchObject({ project: 'web' });
    await expect(workspaces.open({ path, project: '../shop' })).rejects.toThrow('no manage.py');
  });

  it('works without manage.py, with a sentence', async () => {
    const { root, workspaces } = await arrange();
    await mkdir(join(root, 'notes'));
    const opened = await workspaces.open({ path: join(root, 'notes') });
    expect(opened.project).toBeNull();
    expect(opened.problem).toContain('There is no manage.py in');
  });

  it('tells of a project that was not completed', async () => {
    const { workspaces, project } = await arrange();
    const path = await project('half');
    await writeMarker(path, { interpreter: '/usr/bin/python3', template: 'blank', environment: true });
    expect((await workspaces.open({ path })).problem).toContain('was not completed');
    await cp(path, `${path}-copy`, { recursive: true });
    expect((await workspaces.open({ path: `${path}-copy` })).problem).toBeNull();
  });

  it.each([
    ['missing', 'does not exist'],
    ['file', 'is a file'],
    ['loop', 'in a circle'],
  ])('refuses a path that is %s and keeps what is open', async (name, words) => {
    const { root, workspaces, project } = await arrange();
    const opened = await workspaces.open({ path: await project('shop') });
    await writeFile(join(root, 'file'), '');
    await symlink('loop', join(root, 'loop'));
    await expect(workspaces.open({ path: join(root, name) })).rejects.toThrow(words);
    expect(workspaces.current()).toBe(opened);
  });

  it('closes the project before, whatever comes at once', async () => {
    const { workspaces, happened, project } = await arrange();
    const [a, b] = [await project('a'), await project('b')];
    await Promise.all([workspaces.open({ path: a }), workspaces.open({ path: b }), workspaces.close()]);
    expect(happened.filter((event) => !event.startsWith('workspace'))).toEqual([
      'opened a',
      'closed a',
      'opened b',
      'closed b',
    ]);
    expect(workspaces.current()).toBeNull();
  });
});

it('trusts nothing any more while what ran of the project is ended', async () => {
  const { workspaces, trustedWhileClosing, project } = await arrange();
  await workspaces.open({ path: await project('a') });
  await workspaces.grantTrust();
  await workspaces.open({ path: await project('b') });
  await workspaces.grantTrust();
  expect(await workspaces.isTrusted()).toBe(true);
  await workspaces.close();
  expect(trustedWhileClosing).toEqual([false, false]);
});

describe('recent workspaces', () => {
  it('are the latest twenty, with those that are gone marked', async () => {
    const { root, workspaces, project } = await arrange();
    for (let number = 1; number <= 22; number += 1)
      await workspaces.open({ path: await project(`p${String(number)}`) });
    await rm(join(root, 'p21'), { recursive: true });
    const recent = await workspaces.recent();
    expect(recent).toHaveLength(20);
    expect(recent[0]).toMatchObject({ name: 'p22', exists: true });
    expect(recent[1]).toMatchObject({ name: 'p21', exists: false });
    await workspaces.forget({ path: join(root, 'p21') });
    expect((await workspaces.recent())[1]).toMatchObject({ name: 'p20' });
  });
});

describe('trust', () => {
  it('is granted to the open project and revoked again', async () => {
    const { workspaces, happened, project } = await arrange();
    const path = await project('shop');
    await workspaces.open({ path });
    expect(await workspaces.grantTrust()).toMatchObject({ trusted: true });
    expect(await workspaces.isTrusted()).toBe(true);
    await workspaces.revokeTrust({ path });
    expect(await workspaces.isTrusted()).toBe(false);
    expect(workspaces.current()).toMatchObject({ trusted: false });
    expect(happened.slice(2)).toEqual([
      'workspace.changed true',
      'trusted shop',
      'workspace.changed false',
      'revoked shop',
    ]);
  });

  it('is remembered when the project is opened again', async () => {
    const { workspaces, project } = await arrange();
    const path = await project('shop');
    await workspaces.open({ path });
    await workspaces.grantTrust();
    await workspaces.close();
    expect(await workspaces.open({ path })).toMatchObject({ trusted: true });
  });

  it('ends at once when another folder takes the place of the open one', async () => {
    const { root, workspaces, project } = await arrange();
    const path = await project('shop');
    await workspaces.open({ path });
    await workspaces.grantTrust();
    await rename(path, join(root, 'away'));
    await project('shop');
    expect(await workspaces.isTrusted()).toBe(false);
  });

  it('of another folder does not touch the open one', async () => {
    const { root, workspaces, happened, project } = await arrange();
    await workspaces.open({ path: await project('shop') });
    await workspaces.grantTrust();
    await workspaces.revokeTrust({ path: join(root, 'other') });
    expect(await workspaces.isTrusted()).toBe(true);
    expect(happened).not.toContain('revoked shop');
  });

  it('needs an open project', async () => {
    const { workspaces } = await arrange();
    await expect(workspaces.grantTrust()).rejects.toThrow('Open a folder first');
  });
});

describe('the interpreter', () => {
  it('is found when the project is opened', async () => {
    const { root, workspaces, project } = await arrange();
    const opened = await workspaces.open({ path: await project('with-venv') });
    expect(opened.interpreter).toBe(join(root, 'python'));
  });

  it('is remembered once chosen, as long as it is there', async () => {
    const { root, workspaces, happened, project } = await arrange();
    const path = await project('with-venv');
    const chosen = join(root, 'chosen');
    await writeFile(chosen, '');
    await workspaces.open({ path });
    await workspaces.chooseInterpreter({ path: chosen });
    expect(happened.at(-1)).toBe('interpreter with-venv');
    expect(await workspaces.open({ path })).toMatchObject({ interpreter: chosen });
    await rm(chosen);
    expect(await workspaces.open({ path })).toMatchObject({ interpreter: join(root, 'python') });
  });

  it('is refused with its own problem', async () => {
    const { workspaces, project } = await arrange();
    await workspaces.open({ path: await project('shop') });
    await expect(workspaces.chooseInterpreter({ path: '/bad' })).rejects.toThrow('It is no Python.');
    expect(workspaces.current()?.interpreter).toBeNull();
  });
});
