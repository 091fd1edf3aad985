import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTrustService } from '../../../../../main/services/trust/trust-service.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function arrange() {
  const folder = await temporaryFolder();
  const project = join(folder, 'shop');
  await mkdir(project);
  const stateFolder = join(folder, 'state');
  return { folder, project, stateFolder, trust: createTrustService({ stateFolder }) };
}

describe('trust', () => {
  it('is given to nobody at first', async () => {
    const { project, trust } = await arrange();
    expect(await trust.isTrusted(project)).toBe(false);
    expect(await trust.list()).toEqual([]);
  });

  it('is kept for the next start, outside the project', async () => {
    const { project, stateFolder, trust } = await arrange();
    await trust.grant(project);
    expect(await createTrustService({ stateFolder }).isTrusted(project)).toBe(true);
    expect(await trust.list()).toMatchObject([{ path: project }]);
  });

  it('holds for the real folder, however it is reached', async () => {
    const { folder, project, trust } = await arrange();
    await symlink(project, join(folder, 'link'));
    await trust.grant(join(folder, 'link'));
    expect(await trust.isTrusted(project)).toBe(true);
    expect(await trust.isTrusted(join(project, '..', 'shop'))).toBe(true);
  });

  it('does not reach into folders, nor out to those around', async () => {
    const { folder, project, trust } = await arrange();
    await mkdir(join(project, 'inner'));
    await mkdir(`${project}-evil`);
    await trust.grant(project);
    for (const other of [join(project, 'inner'), `${project}-evil`, folder])
      expect(await trust.isTrusted(other)).toBe(false);
  });

  it('ends when another folder stands at the same path', async () => {
    const { project, trust } = await arrange();
    await trust.grant(project);
    await rm(project, { recursive: true });
    await mkdir(project);
    expect(await trust.isTrusted(project)).toBe(false);
  });

  it('ends when another folder is moved to the same path', async () => {
    const { folder, project, trust } = await arrange();
    await mkdir(join(folder, 'other'));
    await trust.grant(project);
    await rename(project, join(folder, 'away'));
    await rename(join(folder, 'other'), project);
    expect(await trust.isTrusted(project)).toBe(false);
  });

  it('is not lost when the folder changes inside', async () => {
    const { project, trust } = await arrange();
    await trust.grant(project);
    await writeFile(join(project, 'manage.py'), '');
    expect(await trust.isTrusted(project)).toBe(true);
  });

  it('can be revoked, also for a folder that is gone', async () => {
    const { project, trust } = await arrange();
    await trust.grant(project);
    await rm(project, { recursive: true });
    await trust.revoke(project);
    expect(await trust.list()).toEqual([]);
  });

  it('is refused for what is no folder', async () => {
    const { folder, trust } = await arrange();
    await writeFile(join(folder, 'file'), '');
    await expect(trust.grant(join(folder, 'file'))).rejects.toThrow('not a folder');
    await expect(trust.grant(join(folder, 'missing'))).rejects.toThrow('not a folder');
  });

  it.each([
    '[{"path": "/", "identity": "1:1:1"',
    '{"all": true}',
    '[{"path": 1}]',
    '"*"',
    '',
    '[{"path":"x","identity":"1","grantedAt":1,"all":true}]',
  ])('trusts nobody when its file is damaged: %s', async (content) => {
    const { project, stateFolder, trust } = await arrange();
    await trust.grant(project);
    await writeFile(join(stateFolder, 'trust.json'), content);
    expect(await trust.isTrusted(project)).toBe(false);
    expect(await readFile(join(stateFolder, 'trust.json.damaged'), 'utf8')).toBe(content);
  });

  it('ignores a file in the project that claims to be trusted', async () => {
    const { project, stateFolder, trust } = await arrange();
    await trust.grant(project);
    const claim = await readFile(join(stateFolder, 'trust.json'), 'utf8');
    await trust.revoke(project);
    await mkdir(join(project, '.samois'));
    await writeFile(join(project, '.samois', 'trust.json'), claim);
    await writeFile(join(project, 'trust.json'), claim);
    expect(await trust.isTrusted(project)).toBe(false);
  });
});
