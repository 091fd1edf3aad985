import { randomUUID } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import type { BlobStore } from './blob-store.ts';
import type { HistoryLog, HistoryStep } from './history.ts';
import type { Journal } from './journal.ts';
import type { SourceChange } from './tracked-files.ts';
import {
  checkWrites,
  type FileWrite,
  missingFolders,
  removeMadeFolders,
  writeAll,
  writesOf,
} from './write-all.ts';

/** One file of a save: its bytes before and after, null for no file. */
export interface FileSave {
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  readonly mode: number;
}

/** A file that was just written, and the hash of what stands there now. */
export interface WrittenFile extends SourceChange {
  readonly hash: string | null;
}

/** The one way in which the studio writes files of the user: all or none, and always with a way back. */
export interface WorkspaceSaves {
  readonly save: (title: string, files: readonly FileSave[]) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

/** Ties the journal, the writes and the history together; `onWritten` hears of every step that succeeded. */
export function createWorkspaceSaves(deps: {
  readonly root: string;
  readonly blobs: BlobStore;
  readonly journal: Journal;
  readonly history: HistoryLog;
  /** Runs something while no other studio writes in this workspace. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onWritten: (files: readonly WrittenFile[]) => void;
}): WorkspaceSaves {
  const { root, blobs, journal, history } = deps;

  const perform = (step: HistoryStep): Promise<void> => deps.alone(() => performAlone(step));

  const performAlone = async (step: HistoryStep): Promise<void> => {
    const writes = writesOf(root, step);
    await checkWrites(writes, blobs);
    const end = await keeping(() => journal.begin(step));
    try {
      await writeAll(writes, blobs);
    } catch (error) {
      if (step.kind !== 'undo') await removeMadeFolders(root, step.record);
      await end();
      throw error;
    }
    if (step.kind === 'undo') await removeMadeFolders(root, step.record);
    deps.onWritten(writes.map(writtenFile));
    await keeping(() => history.append(step));
    await end();
  };

  const keepBytes = (bytes: Uint8Array | null): Promise<string | null> =>
    bytes === null ? Promise.resolve(null) : keeping(() => blobs.put(bytes));

  return {
    save: async (title, saves) => {
      const files = [];
      for (const { path, before, after, mode } of saves) {
        files.push({ path, before: await keepBytes(before), after: await keepBytes(after), mode });
      }
      const created = saves.filter((save) => save.before === null).map((save) => save.path);
      const madeFolders = [...missingFolders(root, created)];
      await perform({
        kind: 'do',
        record: { id: randomUUID(), title, at: Date.now(), files, madeFolders },
      });
    },
    undo: async () => {
      const record = history.nextUndo();
      if (record === null) throw new Failure('not-available', 'There is nothing to undo.');
      await perform({ kind: 'undo', record });
    },
    redo: async () => {
      const record = history.nextRedo();
      if (record === null) throw new Failure('not-available', 'There is nothing to redo.');
      await perform({ kind: 'redo', record });
    },
  };
}

/** Without room for the way back nothing is written: the promise is that everything can be undone. */
async function keeping<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const where = path === undefined ? 'its own folder' : path;
    throw new Failure('refused', `The studio can't write ${where} (${code}), which it needs for undo.`);
  }
}

function writtenFile({ path, from, to }: FileWrite): WrittenFile {
  const kind = to === null ? 'removed' : from === null ? 'added' : 'changed';
  return { path, kind, hash: to };
}
