import type { SourceFile } from '../../shared/contract/source-calls.ts';

/** A file in a tab of the editor. */
export interface OpenFile {
  readonly path: string;
  /** The bytes that were read or written last: what a save must still find. */
  readonly disk: SourceFile;
  /** The text as it is typed. */
  readonly draft: string;
  /** What stands on disk by now, where it was changed outside while the draft was changed too. */
  readonly conflict: SourceFile | null;
  /** The file is gone from the disk. */
  readonly missing: boolean;
}

/** Whether a file holds text that is not saved. */
export function isDirty(file: OpenFile): boolean {
  return file.draft !== file.disk.text;
}

/** A file as it was read just now. */
export function freshFile(disk: SourceFile): OpenFile {
  return { path: disk.path, disk, draft: disk.text, conflict: null, missing: false };
}

/** The list with one file changed. */
export function updateFile(
  files: readonly OpenFile[],
  path: string,
  change: (file: OpenFile) => OpenFile,
): readonly OpenFile[] {
  return files.map((file) => (file.path === path ? change(file) : file));
}

/** A file after its bytes on disk became other ones: followed where nothing is typed, else a conflict. */
export function changedOutside(file: OpenFile, disk: SourceFile): OpenFile {
  if (disk.hash === file.disk.hash) return { ...file, conflict: null, missing: false };
  if (!isDirty(file) || disk.text === file.draft) return freshFile(disk);
  return { ...file, conflict: disk, missing: false };
}

/** A file after a save; what was typed since stays. */
export function saved(file: OpenFile, disk: SourceFile, written: string): OpenFile {
  return {
    ...file,
    disk,
    draft: file.draft === written ? disk.text : file.draft,
    conflict: null,
    missing: false,
  };
}

/** Which file is shown after one was closed: its right neighbour, else its left one. */
export function neighbour(files: readonly OpenFile[], path: string): string | null {
  const index = files.findIndex((file) => file.path === path);
  return (files[index + 1] ?? files[index - 1])?.path ?? null;
}

/** A change as the editor reports it: lines and columns from 1. */
export interface TypedChange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/**
 * Applies what was typed to the text with its own line endings. The editor knows one line ending a
 * file; taking its whole text would change every line of a file with mixed ones.
 */
export function applyTyped(text: string, changes: readonly TypedChange[], ending: '\n' | '\r\n'): string {
  const starts = lineStarts(text);
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  const edits = changes
    .map((change) => ({
      start: offset(change.startLine, change.startColumn),
      end: offset(change.endLine, change.endColumn),
      text: change.text.replace(/\r\n|\r|\n/g, ending),
    }))
    .sort((one, other) => other.start - one.start);
  return edits.reduce(
    (result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end),
    text,
  );
}

function lineStarts(text: string): readonly number[] {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** A place in the editor: line and column from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Where an offset into the file's own text stands in the editor. */
export function positionAt(text: string, offset: number): TextPosition {
  const starts = lineStarts(text);
  let line = 0;
  for (let step = starts.length; step > 0; step = Math.floor(step / 2)) {
    while ((starts[line + step] ?? Infinity) <= offset) line += step;
  }
  return { line: line + 1, column: Math.max(offset - (starts[line] ?? 0), 0) + 1 };
}

/** The one replacement that makes one text of another: what lies between their common start and end. */
export function replacementOf(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
