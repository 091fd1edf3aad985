import { structuredPatch } from 'diff';
import type { Hunk, HunkLine } from './plan.ts';

const CONTEXT = 3;
// Where lines repeat, a change may be told of ones further down than those that differ.
const MARGIN = 12;

/** The changed lines of a file with three lines around them; null stands for a file that is not there. */
export function hunksBetween(before: string | null, after: string | null): readonly Hunk[] {
  const { skipped, old, changed } = middleOf(before ?? '', after ?? '');
  const patch = structuredPatch('', '', old, changed, undefined, undefined, { context: CONTEXT });
  return patch.hunks.map((hunk) => ({
    oldStart: skipped + hunk.oldStart,
    oldLines: hunk.oldLines,
    newStart: skipped + hunk.newStart,
    newLines: hunk.newLines,
    // "\ No newline at end of file" is a remark of the format, not a line.
    lines: hunk.lines.filter((line) => !line.startsWith('\\')).map(toLine),
  }));
}

/** Both texts without the lines that are the same above and below: comparing a long file costs more than its plan. */
function middleOf(
  before: string,
  after: string,
): { readonly skipped: number; readonly old: string; readonly changed: string } {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same += 1;
  let start = same;
  for (let lines = 0; lines <= MARGIN && start > 0; lines += 1) start = lineStart(before, start);
  let left = 0;
  while (left < shorter - same && before.at(-1 - left) === after.at(-1 - left)) left += 1;
  let end = before.length - left;
  for (let lines = 0; lines <= MARGIN && end < before.length; lines += 1) end = lineEnd(before, end);
  return {
    skipped: before.slice(0, start).split('\n').length - 1,
    old: before.slice(start, end),
    changed: after.slice(start, after.length - (before.length - end)),
  };
}

/** Where the line above an offset starts, or the line in which it stands. */
function lineStart(text: string, offset: number): number {
  return offset < 2 ? 0 : text.lastIndexOf('\n', offset - 2) + 1;
}

function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found === -1 ? text.length : found + 1;
}

function toLine(line: string): HunkLine {
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'context';
  return { kind, text: line.slice(1).replace(/\r$/, '') };
}
