import type { Hunk, HunkLine } from '../../shared/django/plan/plan.ts';

/** A line of a hunk with its numbers in the file before and after. */
export interface NumberedLine extends HunkLine {
  readonly before: number | null;
  readonly after: number | null;
}

/** Gives the lines of a hunk their numbers. */
export function numberedLines(hunk: Hunk): readonly NumberedLine[] {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  return hunk.lines.map((line) => ({
    ...line,
    before: line.kind === 'added' ? null : before++,
    after: line.kind === 'removed' ? null : after++,
  }));
}

/** How many lines a list of hunks adds and removes. */
export function countLines(hunks: readonly Hunk[]): { readonly added: number; readonly removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  };
}
