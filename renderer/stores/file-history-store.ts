import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { FileVersion, RemovedFile } from '../../shared/contract/source-calls.ts';
import { failureOf } from './notices.ts';

/** The local history of one file, as it is looked at. */
export interface ShownHistory {
  readonly path: string;
  /** The newest first. */
  readonly versions: readonly FileVersion[];
  /** The version whose text is shown. */
  readonly selected: string | null;
  /** Its text; null while it is read, and of a version without one. */
  readonly text: string | null;
  /** What stands there now; null where the file is gone. */
  readonly now: { readonly text: string; readonly hash: string; readonly readOnly: string | null } | null;
}

/** What of the past of files is in sight. */
export interface FileHistoryState {
  readonly shown: ShownHistory | null;
  /** The files to choose from that are not there any more; null while they are not asked for. */
  readonly removed: readonly RemovedFile[] | null;
}

/** Shows the texts that a file once had, and gives them back. */
export interface FileHistoryStore {
  readonly state: StoreApi<FileHistoryState>;
  readonly open: (path: string) => Promise<void>;
  readonly openRemoved: () => Promise<void>;
  readonly select: (version: string) => Promise<void>;
  /** Gives the file the text that is shown; undo takes that back. */
  readonly restore: () => Promise<void>;
  readonly close: () => void;
  readonly clear: () => void;
}

const nothing: FileHistoryState = { shown: null, removed: null };

/** Makes the store of the local history. */
export function createFileHistoryStore(api: Client): FileHistoryStore {
  const state = createStore<FileHistoryState>(() => nothing);
  const update = (path: string, change: Partial<ShownHistory>): void => {
    state.setState(({ shown, ...rest }) => ({
      ...rest,
      shown: shown?.path === path ? { ...shown, ...change } : shown,
    }));
  };

  const readNow = async (path: string): Promise<ShownHistory['now']> => {
    try {
      return await api.call('source.read', { path });
    } catch (error) {
      if (failureOf(error).code === 'not-found') return null;
      throw error;
    }
  };
  const read = async (path: string): Promise<Pick<ShownHistory, 'versions' | 'now'>> => {
    const [versions, now] = await Promise.all([api.call('source.fileHistory', { path }), readNow(path)]);
    return { versions, now };
  };

  const select = async (version: string): Promise<void> => {
    const { shown } = state.getState();
    if (shown === null) return;
    const { path, versions } = shown;
    update(path, { selected: version, text: null });
    const chosen = versions.find(({ id }) => id === version);
    if (chosen === undefined || chosen.hash === null) return;
    const { text } = await api.call('source.fileHistoryText', { path, version });
    if (state.getState().shown?.selected === version) update(path, { text });
  };

  const open = async (path: string): Promise<void> => {
    const { versions, now } = await read(path);
    state.setState({ shown: { path, versions, now, selected: null, text: null }, removed: null });
    // The newest one that is another text than what stands there: the rest shows no difference.
    const first = versions.find(({ hash }) => hash !== null && hash !== now?.hash) ?? versions[0];
    if (first !== undefined) await select(first.id);
  };

  api.subscribe('source.filesChanged', ({ paths }) => {
    const path = state.getState().shown?.path;
    if (path === undefined || !paths.includes(path)) return;
    // What made the change is noted before the change is told, and a text that was read stays what it is.
    read(path).then(
      (fresh) => {
        update(path, fresh);
      },
      (error: unknown) => {
        reportError(error);
      },
    );
  });

  return {
    state,
    open,
    select,
    openRemoved: async () => {
      state.setState({ shown: null, removed: await api.call('source.removedFiles', {}) });
    },
    restore: async () => {
      const { shown } = state.getState();
      if (shown === null || shown.selected === null) return;
      const { path, selected: version, now } = shown;
      await api.call('source.restoreFile', { path, version, baseHash: now?.hash ?? '' });
      update(path, await read(path));
    },
    close: () => {
      state.setState(nothing);
    },
    clear: () => {
      state.setState(nothing);
    },
  };
}
