import type { ShellEntry } from '../../../shared/contract/shell-calls.ts';
import { parseAnsi, type StyledText } from './ansi.ts';

/** One line of the shell. */
export interface ShellRow {
  readonly id: string;
  readonly kind: ShellEntry['kind'];
  /** What stands before an input: `>>>`, `...`. */
  readonly prompt: string;
  readonly text: string;
  readonly parts: readonly StyledText[];
}

/** Of a line that is longer so much is shown: nobody reads the rest, and the page would. */
const SHOWN_OF_A_LINE = 4000;

/** The lines that stand in the shell; pieces of one stream are put together first. */
export function shellRows(entries: readonly ShellEntry[]): readonly ShellRow[] {
  const rows: ShellRow[] = [];
  for (const { id, kind, text } of runs(entries)) {
    const lines = text.replace(/\n$/, '').split('\n');
    lines.forEach((line, index) => {
      const cut = line.length > SHOWN_OF_A_LINE ? `${line.slice(0, SHOWN_OF_A_LINE)}…` : line;
      const parts = parseAnsi(cut);
      rows.push({
        id: `${id}.${index}`,
        kind,
        prompt: kind !== 'input' ? '' : index === 0 ? '>>> ' : '... ',
        text: parts.map((part) => part.text).join(''),
        parts,
      });
    });
  }
  return rows;
}

/** The text with a completion in place of the word before the cursor, and where the cursor is then. */
export function withCompletion(
  text: string,
  cursor: number,
  start: number,
  option: { readonly text: string; readonly kind: string },
): { readonly text: string; readonly cursor: number } {
  // Both a call and a lookup go on by what one types anyway.
  const inserted = option.kind === 'function' ? `${option.text}(` : option.text;
  return {
    text: text.slice(0, start) + inserted + text.slice(cursor),
    cursor: start + inserted.length,
  };
}

function runs(entries: readonly ShellEntry[]): readonly ShellEntry[] {
  const joined: { id: number; kind: ShellEntry['kind']; text: string[] }[] = [];
  for (const { id, kind, text } of entries) {
    const last = joined.at(-1);
    if (last?.kind === kind && kind !== 'input' && kind !== 'note') last.text.push(text);
    else joined.push({ id, kind, text: [text] });
  }
  return joined.map(({ id, kind, text }) => ({ id, kind, text: text.join('') }));
}
