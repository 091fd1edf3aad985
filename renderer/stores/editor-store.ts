import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { SourceFile } from '../../shared/contract/source-calls.ts';
import { attempt, failureOf, type Notify } from './notices.ts';
import {
  changedOutside,
  freshFile,
  isDirty,
  neighbour,
  saved,
  updateFile,
  type OpenFile,
} from './open-files.ts';

/** Where to go: a file of the workspace and a place in it. A `Place` of the source lens is one. */
export interface RevealTarget {
  /** Inside the workspace, or absolute as Python names it. */
  readonly file: string;
  readonly line?: number | null;
  /** Offsets into its text; they win over the line. */
  readonly start?: number;
  readonly end?: number;
}

/** The files in tabs and the place to show. */
export interface EditorState {
  readonly files: readonly OpenFile[];
  readonly active: string | null;
  /** The place that is to be shown; null once it is in sight. */
  readonly revealed: RevealTarget | null;
  /** A file with unsaved text that is to be closed: the user is asked. */
  readonly closing: string | null;
}

/** Opens, edits and saves files. */
export interface EditorStore {
  readonly state: StoreApi<EditorState>;
  readonly open: (path: string) => Promise<void>;
  /** Shows a place of the source: opens its file, goes to the code. */
  readonly reveal: (target: RevealTarget) => Promise<void>;
  /** The place is in sight. */
  readonly revealDone: () => void;
  readonly activate: (path: string) => void;
  /** The text as it is typed. */
  readonly edit: (path: string, draft: string) => void;
  readonly save: (path: string) => Promise<void>;
  readonly saveAll: () => Promise<void>;
  /** Closes a tab; asks first where text is not saved, unless told what to do with it. */
  readonly close: (path: string, unsaved?: 'ask' | 'discard') => void;
  readonly keepOpen: () => void;
  /** Ends a conflict: keeps what was typed (to be saved over the other text), or takes what stands on disk. */
  readonly resolve: (path: string, keep: 'mine' | 'theirs') => void;
  readonly clear: () => void;
}

interface EditorStoreDeps {
  readonly api: Client;
  readonly notify: Notify;
  /** Whether files are saved a pause after the last key. */
  readonly autoSave: () => boolean;
  /** Brings the code in sight. */
  readonly showCode: () => void;
  /** The path inside the workspace; null for a file outside of it. */
  readonly pathInWorkspace: (path: string) => string | null;
}

const AUTO_SAVE_PAUSE = 1000;

const nothing: EditorState = { files: [], active: null, revealed: null, closing: null };

/** Makes the store of the open files. */
export function createEditorStore(deps: EditorStoreDeps): EditorStore {
  const { api } = deps;
  const state = createStore<EditorState>(() => nothing);
  const change = (path: string, update: (file: OpenFile) => OpenFile): void => {
    state.setState(({ files }) => ({ files: updateFile(files, path, update) }));
  };
  const fileAt = (path: string): OpenFile | undefined =>
    state.getState().files.find((file) => file.path === path);

  api.subscribe('source.filesChanged', ({ paths }) => {
    for (const path of paths) if (fileAt(path) !== undefined) void follow(path);
  });

  /** False where what stands there now is no text that could be shown. */
  const follow = async (path: string): Promise<boolean> => {
    try {
      const disk = await api.call('source.read', { path });
      change(path, (file) => changedOutside(file, disk));
      return true;
    } catch (error) {
      const isGone = failureOf(error).code === 'not-found';
      if (isGone) change(path, (file) => ({ ...file, missing: true }));
      return isGone;
    }
  };

  const open = async (path: string): Promise<void> => {
    if (fileAt(path) === undefined) {
      const disk = await api.call('source.read', { path });
      state.setState(({ files }) => ({
        files: files.some((file) => file.path === path) ? files : [...files, freshFile(disk)],
      }));
    }
    state.setState({ active: path });
  };

  const save = async (path: string): Promise<void> => {
    const file = fileAt(path);
    if (file === undefined || !isDirty(file) || file.conflict !== null) return;
    const written = file.draft;
    try {
      const disk = await api.call('source.write', { path, text: written, baseHash: file.disk.hash });
      change(path, (now) => saved(now, disk, written));
    } catch (error) {
      const isShown = error instanceof Failure && error.code === 'changed-outside' && (await follow(path));
      if (!isShown) throw error;
    }
  };

  const pauses = new Map<string, ReturnType<typeof setTimeout>>();
  const saveSoon = (path: string): void => {
    clearTimeout(pauses.get(path));
    if (!deps.autoSave()) return;
    const work = (): void => void attempt(deps.notify, `${path} was not saved`, () => save(path));
    pauses.set(path, setTimeout(work, AUTO_SAVE_PAUSE));
  };

  return {
    state,
    open,
    reveal: async (target) => {
      const path = deps.pathInWorkspace(target.file);
      if (path === null) {
        deps.notify({
          kind: 'info',
          title: 'This file is not part of the project',
          description: `${target.file} stands outside of the open folder.`,
        });
        return;
      }
      deps.showCode();
      await open(path);
      state.setState({ revealed: { ...target, file: path } });
    },
    revealDone: () => {
      state.setState({ revealed: null });
    },
    activate: (path) => {
      state.setState({ active: path });
    },
    edit: (path, draft) => {
      change(path, (file) => ({ ...file, draft }));
      saveSoon(path);
    },
    save,
    saveAll: async () => {
      for (const file of state.getState().files) await save(file.path);
    },
    close: (path, unsaved = 'ask') => {
      const file = fileAt(path);
      if (file !== undefined && isDirty(file) && unsaved === 'ask') {
        state.setState({ closing: path, active: path });
        return;
      }
      state.setState(({ files, active }) => ({
        files: files.filter((other) => other.path !== path),
        active: active === path ? neighbour(files, path) : active,
        closing: null,
      }));
    },
    keepOpen: () => {
      state.setState({ closing: null });
    },
    resolve: (path, keep) => {
      change(path, (file) => resolveConflict(file, file.conflict, keep));
    },
    clear: () => {
      state.setState(nothing);
    },
  };
}

function resolveConflict(file: OpenFile, theirs: SourceFile | null, keep: 'mine' | 'theirs'): OpenFile {
  if (theirs === null) return file;
  return keep === 'theirs' ? freshFile(theirs) : { ...file, disk: theirs, conflict: null };
}
