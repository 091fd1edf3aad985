import { diffArrays } from 'diff';

interface Line {
  readonly text: string;
  readonly ending: string;
}

/**
 * Gives the lines of `after` the endings they had in `before`. Editors show a file of mixed endings
 * with one kind, and saving it so would change every other line: lines that are the same keep theirs,
 * new ones take that of the line above.
 */
export function withLineEndingsOf(before: string, after: string): string {
  const old = linesOf(before);
  const typed = linesOf(after);
  const endings: string[] = [];
  let oldIndex = 0;
  const parts = diffArrays(
    old.map((line) => line.text),
    typed.map((line) => line.text),
  );
  for (const part of parts) {
    if (part.removed) {
      oldIndex += part.value.length;
      continue;
    }
    // Of what was added nothing is known but the line above; of what stayed, its old ending is.
    const stayed = old.slice(oldIndex, oldIndex + part.value.length);
    const above = endings.at(-1) ?? old[0]?.ending ?? '\n';
    for (const at of part.value.keys()) endings.push(part.added ? above : (stayed[at]?.ending ?? ''));
    if (!part.added) oldIndex += part.value.length;
  }
  return typed.map((line, index) => line.text + endingFor(line, endings[index], old[0])).join('');
}

/** The last line of a text may have no ending, and only that one. */
function endingFor(line: Line, ending: string | undefined, first: Line | undefined): string {
  if (line.ending === '') return '';
  return ending === undefined || ending === '' ? (first?.ending ?? line.ending) : ending;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, line = '', ending = ''] = match;
    if (whole !== '') lines.push({ text: line, ending });
  }
  return lines;
}
