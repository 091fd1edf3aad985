import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import type { Operation } from '../../../shared/django/operations.ts';
import { applyChange, changeBetween, type SnapshotChange } from '../../../shared/django/snapshot-change.ts';
import { type SourceThread, startSourceThread } from './source-thread.ts';

/** A file that is another one now; absolute path. */
export interface FileNotice {
  readonly place: string;
  readonly kind: 'added' | 'changed' | 'removed';
}

/** The calls `source.*`, and what other services need of the source. */
export interface SourceService {
  /**
   * Reads a folder and follows it from then on; the one that was open is closed. `project` is the folder
   * of the chosen `manage.py` in it.
   */
  readonly open: (realPath: string, project: string | null) => Promise<ProjectSnapshot>;
  readonly close: () => Promise<null>;
  readonly snapshot: () => Promise<CallOutput<'source.snapshot'>>;
  readonly list: () => Promise<CallOutput<'source.list'>>;
  readonly read: (input: CallParsed<'source.read'>) => Promise<CallOutput<'source.read'>>;
  readonly write: (input: CallParsed<'source.write'>) => Promise<CallOutput<'source.write'>>;
  readonly plan: (input: CallParsed<'source.plan'>) => Promise<CallOutput<'source.plan'>>;
  readonly apply: (input: CallParsed<'source.apply'>) => Promise<CallOutput<'source.apply'>>;
  readonly history: () => Promise<CallOutput<'source.history'>>;
  readonly undo: () => Promise<CallOutput<'source.undo'>>;
  readonly redo: () => Promise<CallOutput<'source.redo'>>;
  readonly fileHistory: (
    input: CallParsed<'source.fileHistory'>,
  ) => Promise<CallOutput<'source.fileHistory'>>;
  readonly fileHistoryText: (
    input: CallParsed<'source.fileHistoryText'>,
  ) => Promise<CallOutput<'source.fileHistoryText'>>;
  readonly restoreFile: (
    input: CallParsed<'source.restoreFile'>,
  ) => Promise<CallOutput<'source.restoreFile'>>;
  readonly removedFiles: () => Promise<CallOutput<'source.removedFiles'>>;
  /** Files that Django or a tool wrote for us; absolute paths. */
  readonly noteWritten: (places: readonly string[]) => Promise<null>;
  readonly dispose: () => Promise<void>;
}

interface Opened {
  readonly realPath: string;
  readonly project: string | null;
}

// A thread that ends again at once would do so for ever; the next call tries anew.
const RESTART_AFTER_MILLISECONDS = 10_000;

/** Owns the user's source: a worker thread reads, watches and writes it, this side asks and tells. */
export function createSourceService(deps: {
  readonly emit: Emit;
  /** Where journals and histories are kept; never in a project. */
  readonly storageFolder: string;
  /** Hears of every changed file, ours and others', before the source is parsed again. */
  readonly onFilesChanged: (changes: readonly FileNotice[]) => void;
  /** Hears of every gesture that was written. */
  readonly onApplied?: (operation: Operation) => Promise<void>;
  /** Hears of what is a bug and not an expected failure. */
  readonly report: (error: unknown) => void;
}): SourceService {
  let opened: Opened | null = null;
  let thread: SourceThread | null = null;
  let revision = 0;
  /** What was told of the folder that is open. */
  let told: ProjectSnapshot | null = null;

  const start = ({ realPath, project }: Opened): SourceThread => {
    const startedAt = Date.now();
    const started: SourceThread = startSourceThread(
      {
        root: realPath,
        project,
        storageFolder: storageOf(deps.storageFolder, realPath),
        firstRevision: revision + 1,
      },
      {
        onSnapshotChange: (change) => {
          if (thread === started) publishChange(change);
        },
        onFiles: (changes) => {
          if (thread !== started) return;
          deps.onFilesChanged(changes.map(({ path, kind }) => ({ place: join(realPath, path), kind })));
          deps.emit('source.filesChanged', {
            paths: changes.map(({ path }) => path),
            removed: changes.filter(({ kind }) => kind === 'removed').map(({ path }) => path),
          });
        },
        onHistory: (history) => {
          if (thread === started) deps.emit('source.historyChanged', history);
        },
        onError: deps.report,
      },
      (error) => {
        deps.report(error);
        if (thread !== started) return;
        thread = null;
        if (Date.now() - startedAt > RESTART_AFTER_MILLISECONDS)
          start({ realPath, project }).call('snapshot').then(publish, deps.report);
      },
    );
    thread = started;
    return started;
  };

  const publish = (snapshot: ProjectSnapshot): void => {
    deps.emit('source.changed', changeBetween(told, snapshot));
    revision = snapshot.revision;
    told = snapshot;
  };
  const publishChange = (change: SnapshotChange): void => {
    if (told === null) return; // the first one, whole, is on its way
    const next = applyChange(told, change);
    // The thread before this one ended in between, so we know another snapshot than it does.
    if (next === null) ask('snapshot').then(publish, deps.report);
    else {
      deps.emit('source.changed', change);
      revision = next.revision;
      told = next;
    }
  };

  const ask: SourceThread['call'] = (name, ...args) => {
    if (opened === null) throw new Failure('not-available', 'No folder is open.');
    return (thread ?? start(opened)).call(name, ...args);
  };

  const close = async (): Promise<null> => {
    const ending = thread;
    thread = null;
    opened = null;
    told = null;
    await ending?.end();
    return null;
  };

  return {
    open: async (realPath, project) => {
      await close();
      if (!statSync(realPath, { throwIfNoEntry: false })?.isDirectory()) {
        throw new Failure('not-found', `The folder ${realPath} does not exist any more.`);
      }
      opened = { realPath, project };
      const snapshot = await start(opened).call('snapshot');
      publish(snapshot);
      return snapshot;
    },
    close,
    snapshot: async () => ask('snapshot'),
    list: async () => ask('list'),
    read: async ({ path }) => ask('read', path),
    write: async ({ path, text, baseHash }) => ask('write', path, text, baseHash),
    plan: async ({ operation, accepted }) => ask('plan', operation, accepted),
    apply: async ({ operation, planId, accepted }) => {
      const written = await ask('apply', operation, planId, accepted);
      await deps.onApplied?.(operation);
      return written;
    },
    history: async () => ask('history'),
    undo: async () => ask('undo'),
    redo: async () => ask('redo'),
    fileHistory: async ({ path }) => ask('fileHistory', path),
    fileHistoryText: async ({ path, version }) => ask('fileHistoryText', path, version),
    restoreFile: async ({ path, version, baseHash }) => ask('restoreFile', path, version, baseHash),
    removedFiles: async () => ask('removedFiles'),
    noteWritten: async (places) => (opened === null ? null : ask('noteWritten', places)),
    dispose: async () => {
      await close();
    },
  };
}

function storageOf(folder: string, realPath: string): string {
  return join(folder, createHash('sha256').update(realPath).digest('hex').slice(0, 24));
}
