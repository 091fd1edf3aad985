import { randomUUID } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import { HalfDone } from '../storage/backing-out.ts';
import { reasonOf, systemCode } from '../storage/system-reasons.ts';
import { isInside, workspacePathOf } from '../storage/workspace-path.ts';
import type { BlobStore } from './blob-store.ts';
import type { HistoryLog, HistoryRecord, HistoryStep } from './history.ts';
import type { Journal } from './journal.ts';
import type { SourceChange } from './tracked-files.ts';
import { type FolderMove, pathAfter } from './folder-moves.ts';
import { checkStep, performStep } from './perform-step.ts';
import { halfSaved, notSettled, saveFailed } from './save-failures.ts';
import { hashBytes } from './text-file.ts';
import { missingFolders } from './write-all.ts';

/** One file of a save: its bytes before and after, null for no file. */
export interface FileSave {
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  readonly mode: number;
}

/** What one save changes: all of it or nothing. */
export interface WorkspaceChange {
  /** Named by where they stand before any folder moves. */
  readonly files: readonly FileSave[];
  readonly moves?: readonly FolderMove[];
  /** Folders that go with the last file in them, outermost first. */
  readonly removedFolders?: readonly string[];
}

/** A file that was just written, and the hash of what stands there now. */
export interface WrittenFile extends SourceChange {
  readonly hash: string | null;
}

/** The one way in which the studio writes files of the user: all or none, and always with a way back. */
export interface WorkspaceSaves {
  readonly save: (title: string, change: WorkspaceChange) => Promise<void>;
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
  readonly onWritten: (files: readonly WrittenFile[], step: HistoryStep) => void;
  /** Hears of each file of an interrupted save that could not be decided, in a sentence. */
  readonly onUndecided: (sentences: readonly string[]) => void;
  /** Nothing of an earlier save is left in the journal. */
  readonly settled: boolean;
}): WorkspaceSaves {
  const { root, blobs, journal, history } = deps;
  let { settled } = deps;

  const perform = (step: HistoryStep): Promise<void> => deps.alone(() => performAlone(step));

  const performAlone = async (step: HistoryStep): Promise<void> => {
    const { record } = step;
    if (!settled) await settleEarlier(record);
    await checkStep(root, step, blobs);
    settled = false;
    const end = await keeping(record, () => journal.begin(step));
    try {
      await performStep(root, step, blobs);
    } catch (error) {
      if (error instanceof HalfDone) throw halfSaved(record.title, error);
      await ending(end);
      throw saveFailed(nameOf(root, record, error), error);
    }
    deps.onWritten(writtenFiles(step), step);
    await ending(async () => {
      await history.append(step);
      await end();
    });
  };

  /** What fails here is done before the next save: until then the journal keeps what is needed for undo. */
  const ending = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      settled = true;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  };

  const settleEarlier = async (record: HistoryRecord): Promise<void> => {
    try {
      deps.onUndecided(await journal.recover(root, history, blobs));
    } catch (error) {
      throw notSettled(record.title, error);
    }
  };

  return {
    save: async (title, { files: saves, moves = [], removedFolders = [] }) => {
      const contents = saves.flatMap(({ before, after }) =>
        [before, after].filter((bytes) => bytes !== null),
      );
      await keeping({ title, files: saves }, () => blobs.put(...contents));
      const files = saves.map(({ path, before, after, mode }) => {
        return { path, before: before && hashBytes(before), after: after && hashBytes(after), mode };
      });
      const created = saves.filter((save) => save.before === null).map((save) => save.path);
      const madeFolders = [...missingFolders(root, [...created, ...moves.map((move) => move.to)])];
      const at = Date.now();
      const folders = { madeFolders, moves: [...moves], removedFolders: [...removedFolders] };
      await perform({ kind: 'do', record: { id: randomUUID(), title, at, files, ...folders } });
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
async function keeping<T>(
  { title, files }: { readonly title: string; readonly files: readonly { readonly path: string }[] },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const { path } = error as NodeJS.ErrnoException;
    const [file] = files;
    const what = file === undefined || files.length > 1 ? `“${title}”` : file.path;
    const where = path === undefined ? 'its own folder' : path;
    throw new Failure(
      'refused',
      `${what} was not saved: the studio can't write ${where}, which it needs for undo: ${reasonOf(code)}.`,
      { code },
    );
  }
}

/** What a failure of the system is about, by the name that people know. */
function nameOf(root: string, { title }: HistoryRecord, error: unknown): string {
  const { path } = error as NodeJS.ErrnoException;
  return path !== undefined && isInside(root, path) ? workspacePathOf(root, path) : `“${title}”`;
}

function writtenFiles({ kind: stepKind, record }: HistoryStep): readonly WrittenFile[] {
  return record.files.map((file) => {
    const [from, to] = stepKind === 'undo' ? [file.after, file.before] : [file.before, file.after];
    const kind = to === null ? 'removed' : from === null ? 'added' : 'changed';
    return { path: stepKind === 'undo' ? file.path : pathAfter(record.moves, file.path), kind, hash: to };
  });
}
