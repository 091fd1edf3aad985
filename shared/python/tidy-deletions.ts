import { nextLine } from './file-style.ts';
import { mergeDeletions, orderEdits, type TextEdit } from './text-edit.ts';

/**
 * Edits of a module, with those that take something out as one each: an import that is new inside one of them
 * stands in its place, and the end of a file keeps no empty lines before what went.
 */
export function tidyDeletions(edits: readonly TextEdit[], text: string): readonly TextEdit[] {
  const isDeletion = ({ start, end, text: code }: TextEdit): boolean => code === '' && start < end;
  const deletions = mergeDeletions(edits.filter(isDeletion));
  const others = edits.filter((edit) => !isDeletion(edit));
  const isInside = (edit: TextEdit, around: TextEdit): boolean =>
    edit.start === edit.end &&
    around.start < edit.start &&
    edit.start < around.end &&
    IMPORTS.test(edit.text);
  const kept = others.filter((edit) => !deletions.some((around) => isInside(edit, around)));
  const tidied = deletions.flatMap((around) => {
    const inside = orderEdits(others).filter((edit) => isInside(edit, around));
    const { start } = around;
    if (inside.length > 0) return [{ start, end: start, text: inPlaceOf(around, inside, text) }, around];
    return [{ ...around, start: around.end === text.length ? withoutEmptyLines(start, text) : start }];
  });
  return [...kept, ...tidied];
}

/** Whole lines of imports, put before a line or behind its end. */
const IMPORTS = /^(?:\s*\n)?(?:from|import) [^;]*$/;

/** Imports as the paragraph, or the part of one, that goes. */
function inPlaceOf({ start, end }: TextEdit, imports: readonly TextEdit[], text: string): string {
  const lines = imports.map(({ text: code }) =>
    code.endsWith('\n') ? code : `${code.replace(/^\n/, '')}\n`,
  );
  const [before, gone, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const isParagraph = before === '' || BLANK_LINE.test(before);
  const code = isParagraph ? lines.join('').replace(/^\n+/, '') : lines.join('');
  const hasGap = BLANK_LINE.test(gone) && after.trim() !== '';
  return `${code.trimEnd()}\n${hasGap ? '\n' : ''}`;
}

const BLANK_LINE = /\n\r?\n$/;

/** Where the empty lines before an offset start. */
function withoutEmptyLines(at: number, text: string): number {
  const last = text.slice(0, at).trimEnd().length;
  return last === 0 ? at : Math.min(at, nextLine(text, last));
}
