import type { SyntaxNode } from './parser.ts';
import { applyEdits, invertEdits, orderEdits, type TextEdit } from './text-edit.ts';

type Range = Pick<TextEdit, 'start' | 'end'>;

/** A run of statements at the top of a module that edits reach. */
export interface EditedRegion {
  /** Where it stands in the text before. */
  readonly start: number;
  readonly end: number;
  /** What it is afterwards. */
  readonly text: string;
  /** Lines of the changed file above it. */
  readonly linesAbove: number;
  /** What the edits replaced, in the text before, and what they wrote, in `text`. */
  readonly replaced: readonly Range[];
  readonly written: readonly Range[];
}

/**
 * Parts of a module that are parsed alike alone and in the whole: each begins with a statement and ends where
 * the next one begins. So a change of a long module is checked in the time its own statements take.
 */
export function editedRegions(
  root: SyntaxNode,
  text: string,
  edits: readonly TextEdit[],
): readonly EditedRegion[] {
  const starts = root.namedChildren.map(({ startIndex }) => startIndex);
  const runs: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of orderEdits(edits)) {
    const start = starts.findLast((each) => each <= edit.start) ?? 0;
    const end = starts.find((each) => each > edit.end) ?? text.length;
    const run = runs.at(-1);
    if (run !== undefined && start <= run.end) {
      run.end = Math.max(run.end, end);
      run.edits.push(edit);
    } else runs.push({ start, end, edits: [edit] });
  }
  let lines = 0;
  let at = 0;
  return runs.map((run) => {
    const inside = run.edits.map((edit) => ({
      ...edit,
      start: edit.start - run.start,
      end: edit.end - run.start,
    }));
    const changed = applyEdits(text.slice(run.start, run.end), inside);
    const linesAbove = lines + breaksIn(text.slice(at, run.start));
    lines = linesAbove + breaksIn(changed);
    at = run.end;
    const written = invertEdits(text.slice(run.start, run.end), inside);
    return { start: run.start, end: run.end, text: changed, linesAbove, replaced: run.edits, written };
  });
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}
