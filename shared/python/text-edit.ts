/** Replaces `[start, end)` of a text, in UTF-16 offsets, by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits in the order of the text; edits at the same place keep the order they were given in. */
export function orderEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
}

/** The first pair of edits that change the same characters; null when they can all be applied. */
export function findOverlap(edits: readonly TextEdit[]): readonly [TextEdit, TextEdit] | null {
  const ordered = orderEdits(edits);
  for (let i = 1; i < ordered.length; i += 1) {
    const [before, after] = [ordered[i - 1], ordered[i]];
    if (before !== undefined && after !== undefined && after.start < before.end) return [before, after];
  }
  return null;
}

/** The text with all edits made; edits that overlap or lie outside are a bug. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const overlap = findOverlap(edits);
  if (overlap !== null) throw new RangeError(`Edits overlap at ${String(overlap[1].start)}.`);
  const parts: string[] = [];
  let at = 0;
  for (const edit of orderEdits(edits)) {
    if (edit.start < 0 || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`Edit ${String(edit.start)}..${String(edit.end)} lies outside the text.`);
    }
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** The edits that take `edits` back: applied to the changed text they give the same bytes again. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return orderEdits(edits).map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: text.slice(edit.start, edit.end) };
  });
}

/** Deletions that touch the same characters become one; other edits stay as they are. */
export function mergeDeletions(edits: readonly TextEdit[]): readonly TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of orderEdits(edits)) {
    const before = merged.at(-1);
    const both = before?.text === '' && edit.text === '' && edit.start < before.end;
    if (both) merged.splice(-1, 1, { start: before.start, end: Math.max(before.end, edit.end), text: '' });
    else merged.push(edit);
  }
  return merged;
}
