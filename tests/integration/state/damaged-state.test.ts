import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStudio, type Studio } from '../../support/studio-services.ts';
import { enterStudio } from '../../support/studio-client.ts';
import { startStudio } from '../../support/studio-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makeSoundProject, SOUND_MODELS } from '../trust/sound-project.ts';

async function arrange() {
  const folder = await temporaryFolder();
  const project = join(folder, 'shop');
  await makeSoundProject(project);
  return { folder, project, stateFolder: join(folder, 'state') };
}

async function open(stateFolder: string): Promise<Studio> {
  const studio = await openStudio({ stateFolder });
  onTestFinished(studio.dispose);
  return studio;
}

/** Uses a studio so that every file of its state is there; gives them by their place in the state folder. */
async function fillState(stateFolder: string, project: string): Promise<readonly string[]> {
  const studio = await openStudio({ stateFolder });
  await studio.call('settings.change', { theme: 'dark' });
  await studio.call('workspace.open', { path: project });
  await studio.call('trust.grant', {});
  const views = await studio.call('source.read', { path: 'catalog/views.py' });
  await studio.call('source.write', { path: views.path, text: `${views.text}# 1\n`, baseHash: views.hash });
  await studio.dispose();
  const entries = await readdir(stateFolder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(stateFolder.length + 1));
}

const damages: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  'cut in the middle': async (path) => {
    const bytes = readFileSync(path);
    await writeFile(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
  },
  empty: (path) => writeFile(path, ''),
  garbage: (path) => writeFile(path, Buffer.from([0, 255, 1, 254, 10, 123, 91, 34])),
  'of wrong types': (path) => writeFile(path, '{"theme": 1, "path": "*", "trusted": true, "kind": "do"}\n'),
  'a list of everything': (path) =>
    writeFile(path, '[{"path": "/", "identity": "*", "grantedAt": 0}, true, null]\n'),
  'a folder': async (path) => {
    await rm(path);
    await mkdir(path);
    await writeFile(join(path, 'inside'), '');
  },
};

describe('damaged files of the studio', () => {
  it.for(Object.entries(damages))('start all the same when they are %s', async ([, damage]) => {
    const { project, stateFolder } = await arrange();
    const files = await fillState(stateFolder, project);
    expect(files.length).toBeGreaterThan(5);
    const before = readFileSync(join(project, 'catalog/views.py'), 'utf8');
    for (const file of files) await damage(join(stateFolder, file));
    const studio = await open(stateFolder);
    expect((await studio.call('settings.read', {})).editorFontSize).toBe(13);
    const workspace = await studio.call('workspace.open', { path: project });
    expect(workspace.trusted).toBe(false);
    expect(await studio.request('runtime.read', {})).toMatchObject({ failure: { code: 'not-trusted' } });
    const snapshot = await studio.call('source.snapshot', {});
    expect(snapshot.models.map((model) => model.id)).toEqual(expect.arrayContaining([...SOUND_MODELS]));
    expect(readFileSync(join(project, 'catalog/views.py'), 'utf8')).toBe(before);
    // It works on, and remembers again.
    await studio.call('trust.grant', {});
    const views = await studio.call('source.read', { path: 'catalog/views.py' });
    await studio.call('source.write', { path: views.path, text: `${before}# 2\n`, baseHash: views.hash });
    await studio.call('source.undo', {});
    expect(readFileSync(join(project, 'catalog/views.py'), 'utf8')).toBe(before);
  });

  it('are set aside, and a sentence says so', async () => {
    const { project, stateFolder } = await arrange();
    await fillState(stateFolder, project);
    await writeFile(join(stateFolder, 'trust.json'), 'garbage');
    const studio = await open(stateFolder);
    expect(await studio.call('trust.list', {})).toEqual([]);
    expect(readFileSync(join(stateFolder, 'trust.json.damaged'), 'utf8')).toBe('garbage');
    const { notices } = await studio.call('app.info', {});
    expect(notices.join()).toMatch(/trust\.json was damaged.*moved to .*trust\.json\.damaged/);
  });

  it('never give back what was not there', async () => {
    const { project, stateFolder } = await arrange();
    const files = await fillState(stateFolder, project);
    const after = readFileSync(join(project, 'catalog/views.py'), 'utf8');
    for (const blob of files.filter((file) => file.includes('blobs')))
      await writeFile(join(stateFolder, blob), 'something else');
    const studio = await open(stateFolder);
    await studio.call('workspace.open', { path: project });
    expect(await studio.request('source.undo', {})).toMatchObject({ failure: { code: 'not-available' } });
    expect(readFileSync(join(project, 'catalog/views.py'), 'utf8')).toBe(after);
  });

  it('name no file outside the project', async () => {
    const { folder, project, stateFolder } = await arrange();
    const files = await fillState(stateFolder, project);
    const log = files.find((file) => basename(file) === 'history.jsonl') ?? '';
    const text = readFileSync(join(stateFolder, log), 'utf8');
    await writeFile(join(stateFolder, log), text.replaceAll('catalog/views.py', '../outside.py'));
    await writeFile(join(folder, 'outside.py'), 'x = 1\n');
    const studio = await open(stateFolder);
    await studio.call('workspace.open', { path: project });
    expect(await studio.request('source.undo', {})).toMatchObject({ failure: { code: 'not-allowed' } });
    expect(readFileSync(join(folder, 'outside.py'), 'utf8')).toBe('x = 1\n');
  });
});

describe('a state folder that can’t be written to', () => {
  it('keeps nobody from looking at a project, and each refusal is a sentence', async () => {
    const { folder, project } = await arrange();
    await writeFile(join(folder, 'file'), '');
    const studio = await open(join(folder, 'file', 'state'));
    expect((await studio.call('workspace.open', { path: project })).trusted).toBe(false);
    const snapshot = await studio.call('source.snapshot', {});
    expect(snapshot.models.map((model) => model.id)).toEqual(expect.arrayContaining([...SOUND_MODELS]));
    expect(snapshot.problems.map((problem) => problem.message).join()).toMatch(/needs for undo/);
    const views = await studio.call('source.read', { path: 'catalog/views.py' });
    for (const [name, input] of [
      ['trust.grant', {}],
      ['settings.change', { theme: 'dark' }],
      ['source.write', { path: views.path, text: 'x\n', baseHash: views.hash }],
    ] as const)
      expect(await studio.request(name, input), name).toMatchObject({ failure: { code: 'refused' } });
    expect(readFileSync(join(project, views.path), 'utf8')).toBe(views.text);
    expect((await studio.call('app.info', {})).notices.join()).toMatch(/can't write/);
  });

  it('starts the built studio, which says so', async () => {
    const { folder, project } = await arrange();
    const file = join(folder, 'file');
    await writeFile(file, '');
    const studio = await startStudio({
      folder: project,
      stateFolder: join(file, 'state'),
      env: { HOME: join(file, 'home') },
    });
    const client = await enterStudio(studio.link);
    expect((await client.call('workspace.current', {}))?.projects).toEqual(['']);
    expect(await studio.end('SIGTERM')).toBe(0);
    expect(studio.complaints()).toMatch(/can't write/);
  });
});

describe('a kill while the state is written', () => {
  it('leaves every file whole', { timeout: 60_000 }, async () => {
    const { project, stateFolder } = await arrange();
    for (let round = 0; round < 8; round += 1) {
      const writer = startWriter(stateFolder, project);
      await once(writer.stdout ?? writer, 'data');
      await kill(writer, round * 13);
      const studio = await openStudio({ stateFolder });
      await studio.call('settings.read', {});
      await studio.call('workspace.recent', {});
      const trusted = await studio.call('trust.list', {});
      expect(trusted.every(({ path }) => path === project)).toBe(true);
      await studio.call('workspace.open', { path: project });
      expect((await studio.call('source.snapshot', {})).problems).toEqual([]);
      expect((await studio.call('app.info', {})).notices).toEqual([]);
      await studio.dispose();
    }
    expect(existsSync(join(stateFolder, 'trust.json.damaged'))).toBe(false);
  });
});

/** A studio that writes its state for ever. */
function startWriter(stateFolder: string, project: string): ChildProcess {
  const writer = spawn(
    process.execPath,
    [join(import.meta.dirname, 'write-for-ever.ts'), stateFolder, project],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => {
    writer.kill('SIGKILL');
  });
  return writer;
}

async function kill(writer: ChildProcess, milliseconds: number): Promise<void> {
  const ended = once(writer, 'exit');
  setTimeout(() => writer.kill('SIGKILL'), milliseconds);
  await ended;
}
