import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type {
  FileVersion,
  History,
  RemovedFile,
  SourceEntry,
  SourceFile,
} from '../../../shared/contract/source-calls.ts';
import type { Operation } from '../../../shared/django/operations.ts';
import type { Plan } from '../../../shared/django/plan/plan.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { type SourceIndex, wantsFile } from '../../../shared/django/source-index.ts';
import { withStudioLock } from '../storage/studio-lock.ts';
import { createBlobStore } from './blob-store.ts';
import { editorSave, planChange, planIsOld, refuseUneditable, restoringSave } from './file-saves.ts';
import { movesOf } from './folder-moves.ts';
import { type HistoryStep, openHistory } from './history.ts';
import { createJournal } from './journal.ts';
import { hasHistory, openLocalHistory } from './local-history.ts';
import { createQueue } from './queue.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { keepsFromSaving } from './save-failures.ts';
import { createSnapshots } from './snapshots.ts';
import { decodeText, hashBytes, lineEndingOf } from './text-file.ts';
import { createTrackedFiles, type SourceChange } from './tracked-files.ts';
import { watchWorkspace } from './watcher.ts';
import { isInside, resolveInside, workspacePathOf } from '../storage/workspace-path.ts';
import { createWorkspaceSaves, type WorkspaceChange, type WrittenFile } from './workspace-saves.ts';
import { writeProblem } from './writability.ts';

/** What the source of a workspace tells unasked. */
export interface WorkspaceSourceEvents {
  readonly onSnapshot: (snapshot: ProjectSnapshot) => void;
  readonly onFiles: (changes: readonly SourceChange[]) => void;
  readonly onHistory: (history: History) => void;
  /** A bug, or a fault of the system that costs no more than the notice of outside changes. */
  readonly onError: (error: unknown) => void;
}

/** The source of one open workspace: everything that reads or writes a file of the user, in order. */
export interface WorkspaceSource {
  readonly snapshot: () => Promise<ProjectSnapshot>;
  readonly list: () => Promise<readonly SourceEntry[]>;
  readonly read: (path: string) => Promise<SourceFile>;
  /** An empty `baseHash` means that there is no such file yet. */
  readonly write: (path: string, text: string, baseHash: string) => Promise<SourceFile>;
  readonly plan: (operation: Operation, accepted?: readonly string[]) => Promise<Plan>;
  readonly apply: (operation: Operation, planId: string, accepted?: readonly string[]) => Promise<Plan>;
  readonly history: () => Promise<History>;
  readonly undo: () => Promise<History>;
  readonly redo: () => Promise<History>;
  readonly fileHistory: (path: string) => Promise<readonly FileVersion[]>;
  readonly fileHistoryText: (path: string, version: string) => Promise<{ readonly text: string }>;
  readonly restoreFile: (path: string, version: string, baseHash: string) => Promise<SourceFile>;
  readonly removedFiles: () => Promise<readonly RemovedFile[]>;
  /** Somebody who works for us wrote these files (absolute paths): look now, not when the watcher says so. */
  readonly noteWritten: (places: readonly string[]) => Promise<null>;
  /** Ends after what is being written. */
  readonly close: () => Promise<null>;
}

/** What opening takes. */
export interface WorkspaceSourceOptions {
  /** With every symbolic link resolved. */
  readonly root: string;
  /** A folder of the studio's own storage that belongs to this workspace. */
  readonly storageFolder: string;
  readonly index: SourceIndex;
  readonly firstRevision: number;
  readonly events: WorkspaceSourceEvents;
}

// Of more than that nobody can say what they would have written.
const SHOWN_PLANS = 4;

/** Opens a workspace: settles what a crash left, reads the source, begins to watch. */
export async function openWorkspaceSource(options: WorkspaceSourceOptions): Promise<WorkspaceSource> {
  const { root, storageFolder, index, events } = options;
  const blobs = createBlobStore(join(storageFolder, 'blobs'));
  const journal = createJournal(join(storageFolder, 'journal'));
  const history = await openHistory(join(storageFolder, 'history.jsonl'));
  const lock = join(storageFolder, 'lock');
  const local = await openLocalHistory({
    root,
    log: join(storageFolder, 'file-history.jsonl'),
    blobs,
    prune: () => withStudioLock(lock, () => blobs.keepOnly(namedHashes())),
    report: events.onError,
  });
  const namedHashes = (): ReadonlySet<string> => new Set([...history.hashes(), ...local.hashes()]);
  let left: readonly string[] = history.problem === null ? [] : [history.problem];
  let settled = false;
  const tellLeft = (sentences: readonly string[]): void => {
    left = [...left, ...sentences];
  };
  await orTell(tellLeft, () =>
    withStudioLock(lock, async () => {
      tellLeft(await journal.recover(root, history, blobs));
      settled = true;
      await history.shorten();
      await local.shorten();
      await blobs.keepOnly(namedHashes());
    }),
  );

  const files = createTrackedFiles(root, { ...index, wantsFile, keepsText: hasHistory }, local.noteSeen);
  files.scan();
  const snapshots = createSnapshots({ index, files, left: () => left, firstRevision: options.firstRevision });
  const inOrder = createQueue();
  let publishing = false;
  const publish = (): void => {
    publishing = false;
    const fresh = snapshots.renew();
    if (fresh !== null) events.onSnapshot(fresh);
  };
  /** Whoever saved is answered first: making the snapshot of a large project takes longer than the save. */
  const publishSoon = (): void => {
    if (publishing) return;
    publishing = true;
    inOrder(publish).catch(events.onError);
  };

  /** The way every change takes, ours and others'. */
  const take = (changes: readonly SourceChange[]): void => {
    if (changes.length > 0) events.onFiles(changes);
    publishSoon();
  };
  const takeOwn = (written: readonly WrittenFile[], step: HistoryStep): void => {
    // Whoever reloads on a save must not wait until we have parsed it.
    events.onFiles(written.map(({ path, kind }) => ({ path, kind })));
    local.noteStep(step);
    const own = new Set(written.map((file) => file.path));
    const folders = movesOf(step).flatMap(({ from, to }) => [from, to]);
    const seen = files.refresh([...folders, ...own, ...step.record.removedFolders]);
    for (const file of written) files.remember(file.path, file.hash);
    take(seen.filter((change) => !own.has(change.path)));
  };

  const alone = <T>(work: () => Promise<T>): Promise<T> => withStudioLock(lock, work);
  const saves = createWorkspaceSaves({
    ...{ root, blobs, journal, history, alone, settled },
    onWritten: takeOwn,
    onUndecided: tellLeft,
  });
  const lookLater = (look: () => readonly SourceChange[]): void => {
    inOrder(() => {
      take(look());
    }).catch(events.onError);
  };
  let closed = false;
  /** Bit by bit: whoever asks for something meanwhile has the turn. */
  const keepTexts = (): void => {
    inOrder(() => !closed && files.keepSome()).then((more) => {
      if (more) setImmediate(keepTexts);
    }, events.onError);
  };
  const watcher = watchWorkspace(root, {
    onChange: (places) => {
      lookLater(() => files.refresh(places.map((place) => workspacePathOf(root, place))));
    },
    onReady: () => {
      local.catchUp();
      lookLater(files.scan); // what changed between the first look and now was seen by nobody
      keepTexts();
    },
    onProblem: events.onError,
  });

  const read = (path: string): SourceFile => {
    const place = resolveInside(root, path);
    const file = readRegularFile(place, path);
    if (file === null) throw new Failure('not-found', `${path} does not exist any more.`, { path });
    const { text, readOnly } = decodeText(path, file.bytes);
    return {
      path,
      text,
      hash: hashBytes(file.bytes),
      lineEnding: lineEndingOf(text),
      readOnly: readOnly ?? writeProblem(path, place),
    };
  };

  /** Windows may still show them. */
  const shownPlans = new Map<string, Plan>();
  const plan = (operation: Operation, accepted: readonly string[]): Plan => {
    const made = index.plan(operation, accepted);
    refuseUneditable(root, made);
    shownPlans.set(made.id, made);
    for (const id of [...shownPlans.keys()].slice(0, -SHOWN_PLANS)) shownPlans.delete(id);
    return made;
  };

  const moved = (step: () => Promise<void>) => async (): Promise<History> => {
    await step();
    events.onHistory(history.view());
    return history.view();
  };

  const save = async (title: string, change: WorkspaceChange): Promise<void> => {
    if (change.files.length + (change.moves ?? []).length + (change.removedFolders ?? []).length === 0)
      return;
    await saves.save(title, change);
    events.onHistory(history.view());
  };

  return {
    snapshot: () =>
      inOrder(() => {
        publish();
        return snapshots.current();
      }),
    list: () => inOrder(() => files.entries()),
    read: (path) => inOrder(() => read(path)),
    write: (path, text, baseHash) =>
      inOrder(async () => {
        await save(`Edit ${path}`, { files: editorSave(root, path, text, baseHash) });
        return read(path);
      }),
    plan: (operation, accepted = []) => inOrder(() => plan(operation, accepted)),
    apply: (operation, planId, accepted = []) =>
      inOrder(async () => {
        const made = index.plan(operation, accepted);
        if (made.id !== planId) throw planIsOld(root, made, shownPlans.get(planId));
        await save(made.title, planChange(root, made));
        return made;
      }).catch((error: unknown) => {
        // The plan was made from what we knew; now we know better than the watcher did.
        if (error instanceof Failure && error.code === 'changed-outside') lookLater(files.scan);
        throw error;
      }),
    history: () => inOrder(() => history.view()),
    undo: () => inOrder(moved(saves.undo)),
    redo: () => inOrder(moved(saves.redo)),
    fileHistory: (path) => inOrder(() => local.versions(path)),
    removedFiles: () => inOrder(() => local.removed()),
    fileHistoryText: (path, version) =>
      inOrder(async () => ({ text: decodeText(path, await local.bytesOf(path, version)).text })),
    restoreFile: (path, version, baseHash) =>
      inOrder(async () => {
        const bytes = await local.bytesOf(path, version);
        await save(`Restore ${path}`, { files: restoringSave(root, path, bytes, baseHash) });
        return read(path);
      }),
    noteWritten: (places) =>
      inOrder(() => {
        const inside = places.filter((place) => isInside(root, place));
        take(files.refresh(inside.map((place) => workspacePathOf(root, place))));
        return null;
      }),
    close: async () => {
      closed = true;
      await watcher.close();
      await inOrder(() => null);
      await local.written();
      return null;
    },
  };
}

/** The source can be read without room for the way back; it is the saves that will be refused. */
async function orTell(
  tell: (sentences: readonly string[]) => void,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell([keepsFromSaving(error)]);
  }
}
