import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FileVersion, RemovedFile } from '../../../shared/contract/source-calls.ts';
import { type FolderMove, pathAfter } from './folder-moves.ts';
import { appendLines, readLines, rewriteLines } from './line-log.ts';

const version = z.strictObject({
  id: z.string(),
  at: z.number(),
  title: z.string(),
  by: z.enum(['studio', 'outside']),
  size: z.number().nullable(),
  hash: z.string().max(100).nullable(),
});

/** What a log of local history says, a line each. */
const fileNote = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('version'), path: z.string(), version }),
  z.strictObject({ kind: z.literal('moved'), from: z.string(), to: z.string() }),
]);
type FileNote = z.infer<typeof fileNote>;

/** A text as the history names it; null is "no file". */
export type NotedText = { readonly hash: string; readonly size: number } | null;

/** A file that has another text now. */
export interface NotedChange {
  readonly path: string;
  /** `undefined` where nobody knows what stood there. */
  readonly before: NotedText | undefined;
  readonly after: NotedText;
}

/** Who changed a file, and what for. */
export type NotedReason = Pick<FileVersion, 'at' | 'title' | 'by'>;

/** The texts that each file of a workspace once had: by name alone, the bytes are kept elsewhere. */
export interface FileHistory {
  /** The newest first. */
  readonly versions: (path: string) => readonly FileVersion[];
  readonly removed: () => readonly RemovedFile[];
  /** Files of which a text is known. */
  readonly paths: () => readonly string[];
  readonly hashes: () => ReadonlySet<string>;
  /** Known at once, and written later. */
  readonly note: (changes: readonly NotedChange[], reason: NotedReason) => void;
  /** The files below a folder, or a file, have another name now. */
  readonly move: (moves: readonly FolderMove[]) => void;
  /** Forgets what is too old or too much, and writes the log anew. */
  readonly shorten: () => Promise<void>;
}

/** How much is kept. */
export const KEPT = { versions: 50, days: 30, bytes: 256 * 1024 * 1024 } as const;

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
// Saves that follow each other so closely are one change to people: a formatter, typing with auto-save.
const ONE_CHANGE_MILLISECONDS = 10_000;

/**
 * Opens the local history of one workspace. A damaged log is set aside, and what can be read of it is used. `later`
 * runs one piece of work after the other.
 */
export async function openFileHistory(
  path: string,
  later: (work: () => Promise<void>) => void,
  now: () => number = Date.now,
): Promise<FileHistory> {
  const files = new Map<string, FileVersion[]>();
  const take = (note: FileNote): void => {
    if (note.kind === 'moved') moveVersions(files, note);
    else takeVersion(files, note.path, note.version);
  };
  for (const note of (await readLines(path, fileNote)).items) take(note);

  const add = (notes: readonly FileNote[]): void => {
    for (const note of notes) take(note);
    if (notes.length > 0) later(() => appendLines(path, notes));
  };
  return {
    versions: (file) => (files.get(file) ?? []).filter((one) => isYoung(one, now())).toReversed(),
    removed: () =>
      [...files]
        .flatMap(([file, versions]) => {
          const last = versions.at(-1);
          return last?.hash === null && versions.length > 1 ? [{ path: file, at: last.at }] : [];
        })
        .sort((one, other) => other.at - one.at),
    paths: () => [...files].flatMap(([file, versions]) => (versions.at(-1)?.hash === null ? [] : [file])),
    hashes: () =>
      new Set([...files.values()].flatMap((versions) => versions.flatMap(({ hash }) => hash ?? []))),
    note: (changes, reason) => {
      add(changes.flatMap((change) => notesOf(change, files.get(change.path) ?? [], reason)));
    },
    move: (moves) => {
      add(moves.map((move): FileNote => ({ kind: 'moved', ...move })));
    },
    shorten: async () => {
      forgetOld(files, now());
      await rewriteLines(
        path,
        [...files].flatMap(([file, versions]) => versions.map((one) => noteOf(file, one))),
      );
    },
  };
}

/** What a change adds to the versions of its file: what stood there, where that is news, and what stands there now. */
function notesOf(
  { path, before, after }: NotedChange,
  known: readonly FileVersion[],
  reason: NotedReason,
): readonly FileNote[] {
  const last = known.at(-1);
  if (last !== undefined && last.hash === (after?.hash ?? null)) return [];
  const added: FileVersion[] = [];
  if (before !== null && before !== undefined && before.hash !== last?.hash) {
    const title = last === undefined ? 'Before the first change' : 'Changed outside';
    added.push({ id: randomUUID(), at: reason.at - 1, title, by: 'outside', ...before });
  }
  const goesOn =
    added.length === 0 &&
    last !== undefined &&
    known.length > 1 &&
    last.by === reason.by &&
    last.title === reason.title &&
    reason.at - last.at < ONE_CHANGE_MILLISECONDS;
  const { at, title, by } = reason;
  const text = after ?? { hash: null, size: null };
  added.push({ id: goesOn ? last.id : randomUUID(), at, title, by, ...text });
  return added.map((one) => noteOf(path, one));
}

function noteOf(path: string, one: FileVersion): FileNote {
  return { kind: 'version', path, version: { ...one } };
}

function takeVersion(files: Map<string, FileVersion[]>, path: string, added: FileVersion): void {
  const others = (files.get(path) ?? []).filter((known) => known.id !== added.id);
  files.set(path, [...others, added].slice(-KEPT.versions));
}

function moveVersions(files: Map<string, FileVersion[]>, move: FolderMove): void {
  for (const [path, versions] of [...files]) {
    const to = pathAfter([move], path);
    if (to === path) continue;
    files.delete(path);
    files.set(to, [...(files.get(to) ?? []), ...versions].sort((a, b) => a.at - b.at).slice(-KEPT.versions));
  }
}

function forgetOld(files: Map<string, FileVersion[]>, now: number): void {
  const youngest = [...files.values()].flat().sort((one, other) => other.at - one.at);
  const kept = new Set<FileVersion>();
  const hashes = new Set<string>();
  let bytes = 0;
  for (const one of youngest) {
    if (!isYoung(one, now)) break;
    if (one.hash !== null && !hashes.has(one.hash)) bytes += one.size ?? 0;
    if (bytes > KEPT.bytes) break;
    if (one.hash !== null) hashes.add(one.hash);
    kept.add(one);
  }
  for (const [path, versions] of files) {
    const left = versions.filter((one) => kept.has(one));
    if (left.length === 0) files.delete(path);
    else files.set(path, left);
  }
}

function isYoung(one: FileVersion, now: number): boolean {
  return now - one.at < KEPT.days * DAY_MILLISECONDS;
}
