import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEditorStore, type EditorStore } from '../../../../renderer/stores/editor-store.ts';
import type { Notice } from '../../../../renderer/stores/notices.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import type { SourceFile } from '../../../../shared/contract/source-calls.ts';
import { createFakeApi, type FakeApi } from './fake-api.ts';

const disk = new Map<string, string>();
const fileOf = (path: string): SourceFile => {
  const text = disk.get(path);
  if (text === undefined) throw new Failure('not-found', `${path} is gone.`);
  return { path, text, hash: `#${text}`, lineEnding: 'lf', readOnly: null };
};

let api: FakeApi;
let editor: EditorStore;
let shown: number;
let autoSave: boolean;
let notices: Notice[];

beforeEach(() => {
  disk.clear();
  disk.set('a.py', 'one').set('b.py', 'two');
  shown = 0;
  autoSave = false;
  notices = [];
  api = createFakeApi({
    'source.read': ({ path }) => fileOf(path),
    'source.write': ({ path, text, baseHash }) => {
      if (fileOf(path).hash !== baseHash) throw new Failure('changed-outside', 'It is another one by now.');
      disk.set(path, text);
      return fileOf(path);
    },
  });
  editor = createEditorStore({
    api,
    notify: (notice) => notices.push(notice),
    autoSave: () => autoSave,
    showCode: () => (shown += 1),
    pathInWorkspace: (path) => (path.startsWith('/elsewhere/') ? null : path.replace('/project/', '')),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const state = () => editor.state.getState();
const file = (path: string) => state().files.find((each) => each.path === path);

describe('opening', () => {
  test('a file is read once and shown', async () => {
    await editor.open('a.py');
    await editor.open('b.py');
    await editor.open('a.py');
    expect(state()).toMatchObject({ active: 'a.py' });
    expect(state().files.map((each) => each.path)).toEqual(['a.py', 'b.py']);
    expect(api.called).toEqual(['source.read', 'source.read']);
  });

  test('two wishes for one file at the same time make one tab', async () => {
    await Promise.all([editor.open('a.py'), editor.open('a.py')]);
    expect(state().files).toHaveLength(1);
  });

  test('revealing a place goes to the code, and takes absolute paths of the project', async () => {
    await editor.reveal({ file: '/project/a.py', line: 3 });
    expect(shown).toBe(1);
    expect(state().revealed).toEqual({ file: 'a.py', line: 3 });
    editor.revealDone();
    expect(state().revealed).toBeNull();
  });

  test('a place outside of the project is told, not opened', async () => {
    await editor.reveal({ file: '/elsewhere/django/db/models.py', line: 1 });
    expect(shown).toBe(0);
    expect(notices[0]?.kind).toBe('info');
  });
});

describe('saving', () => {
  test('writes what was typed', async () => {
    await editor.open('a.py');
    editor.edit('a.py', 'typed');
    await editor.save('a.py');
    expect(disk.get('a.py')).toBe('typed');
    expect(file('a.py')?.disk.text).toBe('typed');
  });

  test('a clean file is not written', async () => {
    await editor.open('a.py');
    await editor.save('a.py');
    expect(api.called).not.toContain('source.write');
  });

  test('over a text that changed outside becomes a conflict that the user ends', async () => {
    await editor.open('a.py');
    editor.edit('a.py', 'mine');
    disk.set('a.py', 'theirs');
    await editor.save('a.py');
    expect(file('a.py')?.conflict?.text).toBe('theirs');
    await editor.save('a.py');
    expect(disk.get('a.py')).toBe('theirs');
    editor.resolve('a.py', 'mine');
    await editor.save('a.py');
    expect(disk.get('a.py')).toBe('mine');
  });

  test('taking their text drops mine', async () => {
    await editor.open('a.py');
    editor.edit('a.py', 'mine');
    disk.set('a.py', 'theirs');
    await editor.save('a.py');
    editor.resolve('a.py', 'theirs');
    expect(file('a.py')).toMatchObject({ draft: 'theirs', conflict: null });
  });

  test('happens by itself a second after the last key, where that is wanted', async () => {
    vi.useFakeTimers();
    autoSave = true;
    await editor.open('a.py');
    editor.edit('a.py', 't');
    await vi.advanceTimersByTimeAsync(900);
    editor.edit('a.py', 'ty');
    await vi.advanceTimersByTimeAsync(900);
    expect(disk.get('a.py')).toBe('one');
    await vi.advanceTimersByTimeAsync(200);
    expect(disk.get('a.py')).toBe('ty');
  });
});

describe('changes outside', () => {
  test('a clean file follows', async () => {
    await editor.open('a.py');
    disk.set('a.py', 'new');
    api.tell('source.filesChanged', { paths: ['a.py', 'c.py'] });
    await vi.waitFor(() => {
      expect(file('a.py')?.draft).toBe('new');
    });
  });

  test('a file that is gone keeps its text and says so', async () => {
    await editor.open('a.py');
    disk.delete('a.py');
    api.tell('source.filesChanged', { paths: ['a.py'] });
    await vi.waitFor(() => {
      expect(file('a.py')).toMatchObject({ draft: 'one', missing: true });
    });
  });
});

describe('closing', () => {
  test('asks where text is not saved', async () => {
    await editor.open('a.py');
    editor.edit('a.py', 'typed');
    editor.close('a.py');
    expect(state()).toMatchObject({ closing: 'a.py' });
    editor.keepOpen();
    expect(state().files).toHaveLength(1);
    editor.close('a.py', 'discard');
    expect(state()).toMatchObject({ files: [], active: null, closing: null });
  });
});
