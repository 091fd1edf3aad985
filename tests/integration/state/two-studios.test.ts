import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testPython } from '../../support/python-environment.ts';
import { enterStudio, type StudioClient } from '../../support/studio-client.ts';
import { startStudio, type StudioProcess } from '../../support/studio-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makeSoundProject } from '../trust/sound-project.ts';

const FILE = 'catalog/views.py';
let project: string;
let processes: StudioProcess[];
let one: StudioClient;
let other: StudioClient;

beforeEach(async () => {
  const folder = await temporaryFolder();
  project = join(folder, 'shop');
  await makeSoundProject(project);
  const start = { folder: project, stateFolder: join(folder, 'state') };
  processes = [await startStudio(start), await startStudio(start)];
  [one, other] = (await Promise.all(processes.map(({ link }) => enterStudio(link)))) as [
    StudioClient,
    StudioClient,
  ];
});
afterEach(async () => {
  await Promise.all(processes.map((studio) => studio.stop()));
});

const text = (): string => readFileSync(join(project, FILE), 'utf8');

it('an edit of one is seen by the other, and its undo waits for nobody', async () => {
  const before = await one.call('source.read', { path: FILE });
  const models = await one.call('source.read', { path: 'catalog/models.py' });
  const more = `${models.text}\n\nclass Shelf(models.Model):\n    pass\n`;
  await one.call('source.write', { path: models.path, text: more, baseHash: models.hash });
  await expect
    .poll(async () => (await other.call('source.snapshot', {})).models.map((model) => model.id), {
      timeout: 10_000,
    })
    .toContain('catalog.Shelf');

  // The other goes on from there; now the first one's undo would take the other's edit away.
  const seen = await other.call('source.read', { path: models.path });
  await other.call('source.write', { path: seen.path, text: `${seen.text}# other\n`, baseHash: seen.hash });
  expect(await one.request('source.undo', {})).toMatchObject({ failure: { code: 'changed-outside' } });
  expect(readFileSync(join(project, models.path), 'utf8')).toBe(`${more}# other\n`);
  expect(text()).toBe(before.text);
});

it('of two saves at the same moment one is told, and nothing is lost', async () => {
  let conflicts = 0;
  for (let round = 0; round < 40; round += 1) {
    const { hash } = await one.call('source.read', { path: FILE });
    const save = (studio: StudioClient, name: string) =>
      studio.request('source.write', { path: FILE, text: `# ${name} ${round}\n`, baseHash: hash });
    const replies = await Promise.all([save(one, 'one'), save(other, 'other')]);
    const saved = replies.map((reply) => reply.ok);
    expect(saved.filter(Boolean), `round ${round}`).toHaveLength(1);
    expect(text()).toBe(`# ${saved[0] === true ? 'one' : 'other'} ${round}\n`);
    for (const reply of replies) {
      if (reply.ok) continue;
      expect(reply.failure).toMatchObject({ code: 'changed-outside', detail: { theirs: text() } });
      conflicts += 1;
    }
  }
  expect(conflicts).toBe(40);
});

it('neither forgets what the other remembers', async () => {
  const folders = Array.from({ length: 12 }, (_, index) => join(project, '..', `p${index}`));
  await Promise.all(folders.map(makeSoundProject));
  await Promise.all([
    ...folders.map((path, index) => (index % 2 === 0 ? one : other).request('workspace.open', { path })),
    one.call('settings.change', { theme: 'dark' }),
    other.call('settings.change', { autoSave: true }),
  ]);
  const recent = (await one.call('workspace.recent', {})).map((each) => each.name);
  expect(recent).toEqual(expect.arrayContaining(folders.map((_, index) => `p${index}`)));
  expect(await one.call('settings.read', {})).toMatchObject({ theme: 'dark', autoSave: true });
});

it('their servers do not fight for a port, and trust taken back by one ends the other’s', async () => {
  await one.call('trust.grant', {});
  await other.call('trust.grant', {});
  for (const studio of [one, other]) await studio.call('python.choose', { path: testPython });
  await one.call('server.start', { port: 0 });
  await expect
    .poll(async () => (await one.call('server.status', {})).state, { timeout: 20_000 })
    .toBe('serving');
  const { port } = await one.call('server.status', {});
  const refused = await other.request('server.start', { port });
  expect(refused).toMatchObject({ failure: { code: 'port-in-use', detail: { port } } });
  const free = refused.ok ? 0 : Number(refused.failure.detail?.['free']);
  expect((await other.call('server.start', { port: free })).port).toBe(free);
  expect(free).not.toBe(port);

  await one.call('trust.revoke', { path: project });
  expect((await one.call('server.status', {})).state).toBe('stopped');
  expect(await other.request('runtime.read', {})).toMatchObject({ failure: { code: 'not-trusted' } });
  await expect
    .poll(async () => (await other.call('server.status', {})).state, { timeout: 5000 })
    .toBe('stopped');
});
