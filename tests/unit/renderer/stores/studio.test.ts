import { expect, test, vi } from 'vitest';
import type { Notice } from '../../../../renderer/stores/notices.ts';
import { createStudio } from '../../../../renderer/stores/studio.ts';
import { pathInWorkspace } from '../../../../renderer/stores/workspace-store.ts';
import { firstSettings } from '../../../../renderer/stores/settings-store.ts';
import { stoppedServer } from '../../../../shared/contract/host-calls.ts';
import type { Workspace } from '../../../../shared/contract/workspace-calls.ts';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { changeBetween } from '../../../../shared/django/snapshot-change.ts';
import { createFakeApi } from './fake-api.ts';
import { NO_COMPONENTS } from '../../../../shared/django/component-model.ts';

const workspace = (name: string): Workspace => ({
  path: `/home/me/${name}`,
  realPath: `/mnt/disk/${name}`,
  name,
  trusted: false,
  projects: [''],
  project: '',
  interpreter: null,
  problem: null,
});

const snapshot = (revision: number): ProjectSnapshot => ({
  revision,
  project: '',
  settings: null,
  apps: [],
  models: [],
  routes: [],
  ...NO_COMPONENTS,
  problems: [],
});

const answers = () => ({
  'app.info': () =>
    ({
      version: '1',
      shell: 'browser',
      platform: 'linux',
      nativeDialogs: false,
      home: '/home/me',
      notices: [],
    }) as const,
  'settings.read': () => firstSettings,
  'job.list': () => [],
  'workspace.current': () => workspace('one'),
  'workspace.recent': () => [],
  'source.snapshot': () => snapshot(1),
  'source.list': () => [],
  'source.history': () => ({ undo: null, redo: null }),
  'source.read': ({ path }: { path: string }) =>
    ({ path, text: '', hash: '', lineEnding: 'lf', readOnly: null }) as const,
  'server.status': () => stoppedServer,
  'server.log': () => ({ lines: [], dropped: 0 }),
});

test('an open folder is read as soon as it is known', async () => {
  const studio = createStudio(createFakeApi(answers()), () => undefined);
  await studio.load();
  await vi.waitFor(() => {
    expect(studio.source.state.getState().snapshot?.revision).toBe(1);
  });
});

test('another folder leaves nothing of the former one in sight', async () => {
  const api = createFakeApi(answers());
  const studio = createStudio(api, () => undefined);
  await studio.load();
  await studio.editor.open('a.py');
  api.answers['source.snapshot'] = () => snapshot(7);
  api.tell('workspace.changed', workspace('two'));
  expect(studio.editor.state.getState().files).toEqual([]);
  await vi.waitFor(() => {
    expect(studio.source.state.getState().snapshot?.revision).toBe(7);
  });
});

test('an old snapshot does not overtake a new one', async () => {
  const api = createFakeApi(answers());
  const studio = createStudio(api, () => undefined);
  await studio.load();
  api.tell('source.changed', changeBetween(snapshot(1), snapshot(9)));
  api.tell('source.changed', changeBetween(snapshot(7), snapshot(8)));
  expect(studio.source.state.getState().snapshot?.revision).toBe(9);
});

test('a change of a snapshot that was missed asks for a whole one', async () => {
  const api = createFakeApi(answers());
  const studio = createStudio(api, () => undefined);
  await studio.load();
  api.answers['source.snapshot'] = () => snapshot(9);
  api.tell('source.changed', changeBetween(snapshot(8), snapshot(9)));
  await vi.waitFor(() => {
    expect(studio.source.state.getState().snapshot?.revision).toBe(9);
  });
});

test('after a loss of the connection everything is read anew', async () => {
  const api = createFakeApi(answers());
  const studio = createStudio(api, () => undefined);
  await studio.load();
  const before = api.called.length;
  api.reconnect();
  await vi.waitFor(() => {
    expect(api.called.slice(before)).toContain('source.snapshot');
  });
  expect(api.called.slice(before)).toContain('workspace.current');
});

test('absolute paths of Python become paths of the workspace', () => {
  const open = workspace('one');
  expect(pathInWorkspace(open, '/mnt/disk/one/a/models.py')).toBe('a/models.py');
  expect(pathInWorkspace(open, '/home/me/one/a.py')).toBe('a.py');
  expect(pathInWorkspace(open, '/home/me/one-more/a.py')).toBeNull();
  expect(pathInWorkspace(open, 'a/models.py')).toBe('a/models.py');
  const windows = { ...open, path: 'C:\\Work\\one', realPath: 'C:\\Work\\one' };
  expect(pathInWorkspace(windows, 'C:\\Work\\one\\a\\models.py')).toBe('a/models.py');
});

test('where another program was faster, both texts are one press away', () => {
  const told: Notice[] = [];
  const studio = createStudio(createFakeApi(answers()), (notice) => told.push(notice));
  const change = { path: 'catalog/models.py', yours: 'a = 1\n', theirs: null };
  studio.notify({ kind: 'problem', title: 'Nothing was taken back', difference: change });
  expect(told[0]?.difference).toBeUndefined();
  told[0]?.action?.onChoose();
  expect(studio.shell.state.getState().dialog).toEqual({ kind: 'difference', change });
});
