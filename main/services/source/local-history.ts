import type { FileVersion, RemovedFile } from '../../../shared/contract/source-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';
import type { BlobStore } from './blob-store.ts';
import { type NotedText, openFileHistory } from './file-history.ts';
import { type FolderMove, movesOf, pathAfter } from './folder-moves.ts';
import type { HistoryStep } from './history.ts';
import { createQueue } from './queue.ts';
import { hashBytes } from './text-file.ts';
import type { SeenChange } from './tracked-files.ts';

/** What each file of a workspace once held, whoever changed it. */
export interface LocalHistory {
  readonly versions: (path: string) => readonly FileVersion[];
  readonly removed: () => readonly RemovedFile[];
  /** Fails where there is no such version, or none with bytes. */
  readonly bytesOf: (path: string, version: string) => Promise<Uint8Array>;
  /** A step of the studio's own; its bytes are kept for undo already. */
  readonly noteStep: (step: HistoryStep) => void;
  /** A change that was seen; what the studio wrote itself is known by then, and is no news. */
  readonly noteSeen: (change: SeenChange) => void;
  /** Compares with what stands there now: others may have changed it while no studio looked. */
  readonly catchUp: () => void;
  readonly hashes: () => ReadonlySet<string>;
  readonly shorten: () => Promise<void>;
  /** Resolves when all that was noted is on disk. */
  readonly written: () => Promise<void>;
}

// Larger texts are rarely typed, and a few of them would push everything else out.
const LARGEST_TEXT = 1024 * 1024;
// After so much the store is looked through again.
const PRUNE_BYTES = 64 * 1024 * 1024;
const OWN_MOVES_KEPT = 100;
const keptNames =
  /\.(?:pyi?|html?|txt|s?[ac]ss|less|[cm]?[jt]sx?|vue|json|toml|ya?ml|cfg|conf|ini|md|rst|po|sql|xml|svg|sh|csv|graphql|j2|jinja2?)$|(?:^|\/)(?:Dockerfile|Makefile|Procfile|\.env[^/]*|\.gitignore|\.dockerignore|\.editorconfig)$/;

/** Whether the texts that a file once had are kept. */
export function hasHistory(path: string): boolean {
  return keptNames.test(path);
}

/** Opens the local history of a workspace: the log of versions, and the store that keeps their bytes. */
export async function openLocalHistory(deps: {
  readonly root: string;
  readonly log: string;
  readonly blobs: BlobStore;
  /** Asked for now and then: drops bytes that no version names any more. */
  readonly prune: () => Promise<void>;
  /** Hears of what could not be kept. */
  readonly report: (error: unknown) => void;
}): Promise<LocalHistory> {
  const { root, blobs } = deps;
  const inOrder = createQueue();
  let waiting = 0;
  const later = (work: () => void | Promise<void>): void => {
    waiting += 1;
    inOrder(work)
      .catch(deps.report)
      .finally(() => {
        waiting -= 1;
      });
  };
  const files = await openFileHistory(deps.log, later);
  const removedNow = createRecentNames();
  const addedNow = createRecentNames();
  /** Folders that the studio itself has moved: their files are seen to go from where they stood. */
  let ownMoves: readonly FolderMove[] = [];
  let keptBytes = 0;

  const keep = (bytes: Uint8Array): void => {
    later(() => blobs.keep(bytes));
    keptBytes += bytes.length;
    if (keptBytes < PRUNE_BYTES) return;
    keptBytes = 0;
    later(deps.prune);
  };

  const noteSeen = ({ path, before, after }: SeenChange): void => {
    if (!hasHistory(path) || Math.max(before?.length ?? 0, after?.length ?? 0) > LARGEST_TEXT) return;
    const change = { path, before: notedText(before), after: after === null ? null : textOf(after) };
    const [last] = files.versions(path);
    if (last !== undefined && last.hash === (change.after?.hash ?? null)) return;
    const at = Date.now();
    const { after: now } = change;
    if (now === null) {
      const moved = last === undefined ? pathAfter(ownMoves, path) : path;
      if (moved !== path && files.versions(moved).some(({ hash }) => hash === change.before?.hash)) return;
      const old = change.before?.hash ?? last?.hash ?? null;
      const newName = addedNow.take(old, at);
      if (newName !== null && newName !== path && files.versions(newName).length === 0) {
        files.move([{ from: path, to: newName }]); // its new name was seen first
        return;
      }
      removedNow.note(old, path, at);
    } else if (last === undefined && change.before === undefined) {
      const oldName = removedNow.take(now.hash, at);
      if (oldName === null) {
        addedNow.note(now.hash, path, at); // its first text is kept when there is a second
        return;
      }
      files.move([{ from: oldName, to: path }]);
      files.note([change], { at, title: `Renamed from ${oldName}`, by: 'outside' });
      return;
    }
    for (const bytes of [before, after]) if (bytes !== null && bytes !== undefined) keep(bytes);
    files.note([change], { at, title: now === null ? 'Removed outside' : 'Changed outside', by: 'outside' });
  };

  return {
    versions: files.versions,
    removed: files.removed,
    hashes: files.hashes,
    shorten: files.shorten,
    noteSeen,
    bytesOf: async (path, id) => {
      const found = files.versions(path).find((version) => version.id === id);
      if (found === undefined)
        throw new Failure('not-found', `The local history of ${path} has no such text any more.`);
      if (found.hash === null)
        throw new Failure('not-available', `${path} was removed then, so there is no text of it.`);
      await inOrder(() => undefined); // it may still be on its way there
      return blobs.get(found.hash);
    },
    noteStep: (step) => {
      const { kind, record } = step;
      const noted = (hash: string | null): NotedText =>
        hash === null ? null : { hash, size: blobs.sizeOf(hash) };
      files.move(movesOf(step));
      ownMoves = [...ownMoves, ...movesOf(step)].slice(-OWN_MOVES_KEPT);
      files.note(
        record.files.map((file) => {
          const path = kind === 'undo' ? file.path : pathAfter(record.moves, file.path);
          const [before, after] = kind === 'undo' ? [file.after, file.before] : [file.before, file.after];
          return { path, before: noted(before), after: noted(after) };
        }),
        { at: Date.now(), title: titleOf(step), by: 'studio' },
      );
    },
    catchUp: () => {
      for (const path of files.paths()) {
        later(() => noteSeen({ path, before: undefined, after: bytesNow(root, path) }));
      }
    },
    written: async () => {
      // What is looked at may lead to more to write.
      while (waiting > 0) await inOrder(() => undefined);
    },
  };
}

/** Names that came or went a moment ago, by what the file holds: a rename is seen as both. */
function createRecentNames(): {
  readonly note: (hash: string | null, path: string, at: number) => void;
  /** A name is given once: it can't be renamed to two others. */
  readonly take: (hash: string | null, at: number) => string | null;
} {
  const known = new Map<string, { readonly path: string; readonly at: number }>();
  const ONE_RENAME_MILLISECONDS = 5000;
  return {
    note: (hash, path, at) => {
      for (const [old, name] of known) if (at - name.at > ONE_RENAME_MILLISECONDS) known.delete(old);
      if (hash !== null) known.set(hash, { path, at });
    },
    take: (hash, at) => {
      const found = hash === null ? undefined : known.get(hash);
      if (hash !== null) known.delete(hash);
      return found === undefined || at - found.at > ONE_RENAME_MILLISECONDS ? null : found.path;
    },
  };
}

function bytesNow(root: string, path: string): Uint8Array | null {
  try {
    return readRegularFile(resolveInside(root, path), path)?.bytes ?? null;
  } catch (error) {
    if (error instanceof Failure) return null; // no file that a text could be given back to
    throw error;
  }
}

function titleOf({ kind, record }: HistoryStep): string {
  if (kind === 'do') return record.title;
  return `${kind === 'undo' ? 'Undo' : 'Redo'}: ${record.title}`;
}

function notedText(bytes: Uint8Array | null | undefined): NotedText | undefined {
  return bytes === null || bytes === undefined ? bytes : textOf(bytes);
}

function textOf(bytes: Uint8Array): NonNullable<NotedText> {
  return { hash: hashBytes(bytes), size: bytes.length };
}
