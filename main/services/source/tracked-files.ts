import { lstatSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { SourceEntry } from '../../../shared/contract/source-calls.ts';
import type { SourceProblem } from '../../../shared/django/project-model.ts';
import { isIgnoredFolder } from './ignored-folders.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { decodeText, encodeText, hashBytes } from './text-file.ts';
import { lookAt, type Walk, walkWorkspace } from './walk.ts';

/** A file whose bytes are other ones now. */
export interface SourceChange {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
}

/** The bytes of a file that is another one now. */
export interface SeenChange {
  readonly path: string;
  /** `undefined` where nobody knows them. */
  readonly before: Uint8Array | null | undefined;
  readonly after: Uint8Array | null;
}

/** Who gets the texts: the pure engine that makes the project model of them. */
export interface TextSink {
  readonly wantsFile: (path: string) => boolean;
  /** Of such a file it is told what it held before, though nothing is read from it. */
  readonly keepsText: (path: string) => boolean;
  readonly setFile: (path: string, text: string, hash: string) => void;
  readonly removeFile: (path: string) => void;
}

/** The files of the workspace as they were last seen. */
export interface TrackedFiles {
  /** Looks at everything; says what is different from what was known. */
  readonly scan: () => readonly SourceChange[];
  /** Looks at these paths again. */
  readonly refresh: (paths: readonly string[]) => readonly SourceChange[];
  /**
   * Reads a few of the files whose texts are only kept: true while there are more. They are many and nobody waits for
   * them, so they come after everything else.
   */
  readonly keepSome: () => boolean;
  /** Remembers what we wrote ourselves, so that the watcher's echo of it is no news. */
  readonly remember: (path: string, hash: string | null) => void;
  readonly entries: () => readonly SourceEntry[];
  readonly problems: () => readonly SourceProblem[];
}

// What happens to a folder with many below it is told in many small pieces.
const IGNORED_MILLISECONDS = 500;

/** A file as it was last read; the text is the sink's own, so that it is kept once. */
interface Known {
  readonly hash: string;
  readonly text: string | null;
  readonly bom: boolean;
  /** Of a file that is no matter of the sink's. */
  readonly kept?: Uint8Array;
}

// Larger ones were mostly made by a program, and all of them together are to be no burden.
const LARGEST_KEPT = 256 * 1024;
const MOST_KEPT = 16 * 1024 * 1024;
const KEPT_AT_ONCE = 40;

/**
 * Follows the files of a workspace and hands the texts that matter to the sink. Reads, and nothing else. `onSeen`
 * hears of every file that was read and is another one by then.
 */
export function createTrackedFiles(
  root: string,
  sink: TextSink,
  onSeen: (change: SeenChange) => void = () => undefined,
): TrackedFiles {
  let kinds = new Map<string, 'file' | 'folder'>();
  const links = new Map<string, Set<string>>();
  const read = new Map<string, Known>();
  let looked = false;
  let keptBytes = 0;
  /** Files that are still to be read to be kept. */
  let unkept: string[] | null = null;
  const ignored = new Map<string, boolean>();
  let ignoredSince = 0;
  const fileProblems = new Map<string, SourceProblem>();
  let walkProblems: readonly SourceProblem[] = [];

  /** Tells what a file held and what it holds; of the first look at everything nothing is told. */
  const tell = (path: string, before: Known | undefined, after: Uint8Array | null): void => {
    if (looked && (before !== undefined || after !== null))
      onSeen({ path, before: bytesOf(path, before), after });
  };

  const forget = (path: string): SourceChange => {
    tell(path, read.get(path), null);
    kinds.delete(path);
    keptBytes -= read.get(path)?.kept?.length ?? 0;
    read.delete(path);
    fileProblems.delete(path);
    sink.removeFile(path);
    return { path, kind: 'removed' };
  };

  /** Reads one file where its text matters; true when its bytes are other ones. */
  const load = (path: string): boolean => {
    if (!sink.wantsFile(path)) return loadKept(path);
    const before = read.get(path);
    try {
      const file = readRegularFile(join(root, path), path);
      if (file === null) return false; // its removal is told by the next look
      const hash = hashBytes(file.bytes);
      if (hash === before?.hash) return false;
      tell(path, before, file.bytes);
      read.set(path, { hash, ...(take(path, file.bytes, hash) ?? { text: null, bom: false }) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      read.delete(path);
      fileProblems.set(path, problemOf(path, error.message));
      sink.removeFile(path);
    }
    return true;
  };

  /** The same for a file that nothing is read from. */
  const loadKept = (path: string): boolean => {
    const before = read.get(path);
    if (before === undefined && !(looked && sink.keepsText(path))) return true; // nothing is known, nothing can be compared
    const bytes = bytesAt(path);
    if (bytes === null) return lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined; // else its removal is told
    const hash = hashBytes(bytes);
    if (hash === before?.hash) return false;
    tell(path, before, bytes);
    keep(path, bytes, hash);
    return true;
  };

  const keep = (path: string, bytes: Uint8Array, hash: string): void => {
    keptBytes -= read.get(path)?.kept?.length ?? 0;
    const fits =
      sink.keepsText(path) && bytes.length <= LARGEST_KEPT && keptBytes + bytes.length <= MOST_KEPT;
    if (fits) keptBytes += bytes.length;
    read.set(path, { hash, text: null, bom: false, ...(fits ? { kept: bytes } : {}) });
  };

  /** Null for what is no text of a sane size. */
  const bytesAt = (path: string): Uint8Array | null => {
    try {
      return readRegularFile(join(root, path), path)?.bytes ?? null;
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  };

  const take = (path: string, bytes: Uint8Array, hash: string): Omit<Known, 'hash'> | null => {
    const { text, bom, readOnly, exact } = decodeText(path, bytes);
    if (readOnly === null) fileProblems.delete(path);
    else fileProblems.set(path, problemOf(path, readOnly));
    if (exact) sink.setFile(path, text, hash);
    else sink.removeFile(path);
    return exact && readOnly === null ? { text, bom } : null;
  };

  const addLinks = (walk: Walk): void => {
    for (const [real, paths] of walk.links) {
      for (const path of paths) links.set(real, (links.get(real) ?? new Set()).add(path));
    }
  };

  const addFolder = (path: string): readonly SourceChange[] => {
    const walk = walkWorkspace(root, path);
    addLinks(walk);
    kinds.set(path, 'folder');
    return [...walk.entries].flatMap(([below, kind]) => {
      const known = kinds.get(below) === kind;
      kinds.set(below, kind);
      return kind === 'file' && (load(below) || !known) ? [added(below, known)] : [];
    });
  };

  const removeBelow = (path: string): readonly SourceChange[] => {
    if (kinds.get(path) === 'file') return [forget(path)];
    const gone = [...kinds].filter(([known]) => known === path || known.startsWith(`${path}/`));
    return gone.flatMap(([known, kind]) => {
      const change = forget(known);
      return kind === 'file' ? [change] : [];
    });
  };

  const refreshOne = (path: string): readonly SourceChange[] => {
    const known = kinds.get(path);
    const found = isBelowIgnored(root, path, ignored) ? null : lookAt(root, path);
    if (found === null) return known === undefined ? [] : removeBelow(path);
    if (found.real !== path) links.set(found.real, (links.get(found.real) ?? new Set()).add(path));
    const removed = known !== undefined && known !== found.kind ? removeBelow(path) : [];
    if (found.kind === 'folder') return known === 'folder' ? [] : [...removed, ...addFolder(path)];
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      if (kinds.get(folder) === 'folder') break; // so are those above it
      kinds.set(folder, 'folder');
    }
    kinds.set(path, 'file');
    return load(path) || known === undefined ? [...removed, added(path, known === 'file')] : removed;
  };

  const withLinks = (paths: readonly string[]): ReadonlySet<string> => {
    const all = new Set(paths);
    for (const path of paths) {
      for (const [real, names] of links) {
        if (path !== real && !path.startsWith(`${real}/`)) continue;
        for (const name of names) all.add(name + path.slice(real.length));
      }
    }
    return all;
  };

  return {
    scan: () => {
      const before = kinds;
      const walk = walkWorkspace(root);
      walkProblems = walk.problems;
      kinds = new Map(walk.entries);
      links.clear();
      addLinks(walk);
      const files = (known: ReadonlyMap<string, string>): string[] =>
        [...known].flatMap(([path, kind]) => (kind === 'file' ? [path] : []));
      const removed = files(before).flatMap((path) => (kinds.has(path) ? [] : [forget(path)]));
      const changed = files(kinds).flatMap((path) => {
        const known = before.has(path);
        // Of files that are not read nothing tells a change here, so a look at all of them is silent.
        const news = sink.wantsFile(path) || read.has(path) ? load(path) : false;
        return news || !known ? [added(path, known)] : [];
      });
      looked = true;
      return [...removed, ...changed];
    },
    refresh: (paths) => {
      if (Date.now() - ignoredSince > IGNORED_MILLISECONDS) {
        ignored.clear();
        ignoredSince = Date.now();
      }
      return [...withLinks(paths)].flatMap(refreshOne);
    },
    keepSome: () => {
      unkept ??= [...kinds].flatMap(([path, kind]) =>
        kind === 'file' && !sink.wantsFile(path) && sink.keepsText(path) ? [path] : [],
      );
      for (const path of unkept.splice(-KEPT_AT_ONCE)) {
        if (read.has(path) || kinds.get(path) !== 'file') continue;
        const bytes = bytesAt(path);
        if (bytes !== null) keep(path, bytes, hashBytes(bytes));
      }
      return unkept.length > 0;
    },
    remember: (path, hash) => {
      keptBytes -= read.get(path)?.kept?.length ?? 0;
      if (hash === null) read.delete(path);
      else if (!sink.wantsFile(path)) read.set(path, { hash, text: null, bom: false });
    },
    entries: () =>
      [...kinds]
        .map(([path, kind]) => ({ path, kind }))
        .sort((left, right) => (left.path < right.path ? -1 : 1)),
    problems: () => [...walkProblems, ...fileProblems.values()],
  };
}

/** The bytes that a text was read from; `undefined` where it was not kept. */
function bytesOf(path: string, known: Known | undefined): Uint8Array | undefined {
  if (known?.kept !== undefined) return known.kept;
  if (known === undefined || known.text === null) return undefined;
  const bytes = encodeText(path, known.text, known.bom);
  return hashBytes(bytes) === known.hash ? bytes : undefined;
}

function added(path: string, known: boolean): SourceChange {
  return { path, kind: known ? 'changed' : 'added' };
}

function problemOf(path: string, message: string): SourceProblem {
  return { message, place: { file: path, start: 0, end: 0, line: 1 }, severity: 'warning' };
}

/** Each folder is asked for once: paths that are looked at together mostly stand in the same ones. */
function isBelowIgnored(root: string, path: string, known: Map<string, boolean>): boolean {
  const folder = posix.dirname(path);
  if (folder === '.') return false;
  const found =
    known.get(folder) ?? (isBelowIgnored(root, folder, known) || isIgnoredFolder(join(root, folder)));
  known.set(folder, found);
  return found;
}
