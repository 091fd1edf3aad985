import { structuredPatch } from 'diff';
import type { Hunk, HunkLine } from './plan.ts';

/** The changed lines of a file with three lines around them; null stands for a file that is not there. */
export function hunksBetween(before: string | null, after: string | null): readonly Hunk[] {
  const patch = structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, { context: 3 });
  return patch.hunks.map((hunk) => ({
    oldStart: hunk.oldStart,
    oldLines: hunk.oldLines,
    newStart: hunk.newStart,
    newLines: hunk.newLines,
    // "\ No newline at end of file" is a remark of the format, not a line.
    lines: hunk.lines.filter((line) => !line.startsWith('\\')).map(toLine),
  }));
}

function toLine(line: string): HunkLine {
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'context';
  return { kind, text: line.slice(1).replace(/\r$/, '') };
}
