import type { SyntaxNode } from './parser.ts';

/** How a file is written, so that new code looks like the old. */
export interface FileStyle {
  readonly quote: "'" | '"';
  readonly indent: string;
  readonly lineEnding: '\n' | '\r\n';
  readonly lineLength: number;
}

/** Black and ruff break lines behind this column unless they are told otherwise. */
export const DEFAULT_LINE_LENGTH = 88;

/** What a file shows of how it is written; null where it does not show it. */
export interface FileHabits {
  readonly quote: FileStyle['quote'] | null;
  readonly indent: string | null;
  readonly lineEnding: FileStyle['lineEnding'] | null;
}

/** Reads quotes, indentation and line endings off a file. */
export function readHabits(root: SyntaxNode, text: string): FileHabits {
  const crlf = text.split('\r\n').length - 1;
  const lines = text.split('\n').length - 1;
  return {
    quote: quoteOf(root),
    indent: indentOf(root, text),
    lineEnding: lines === 0 ? null : crlf * 2 > lines ? '\r\n' : '\n',
  };
}

/** The style of a file with these habits; `fallback` gives what it does not show. */
export function styleFrom(habits: FileHabits, fallback: FileStyle | null): FileStyle {
  return {
    quote: habits.quote ?? fallback?.quote ?? "'",
    indent: habits.indent ?? fallback?.indent ?? '    ',
    lineEnding: habits.lineEnding ?? fallback?.lineEnding ?? '\n',
    lineLength: fallback?.lineLength ?? DEFAULT_LINE_LENGTH,
  };
}

/** So many strings show a habit; looking at all of a long file takes as long as parsing it. */
const ENOUGH_STRINGS = 200;

function quoteOf(root: SyntaxNode): "'" | '"' | null {
  let single = 0;
  let double = 0;
  for (const statement of root.namedChildren) {
    if (single + double > ENOUGH_STRINGS) break;
    for (const start of statement.descendantsOfType('string_start')) {
      const quotes = start.text.replace(/^[a-zA-Z]+/, '');
      // Around other quotes nobody has a choice.
      if (/['"]/.test(start.parent?.text.slice(start.text.length, -quotes.length) ?? '')) continue;
      if (quotes === "'") single += 1;
      else if (quotes === '"') double += 1;
    }
  }
  return single + double === 0 ? null : double > single ? '"' : "'";
}

function indentOf(root: SyntaxNode, text: string): string | null {
  for (const node of root.namedChildren) {
    const definition = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
    const body = definition?.childForFieldName('body');
    if (body === null || body === undefined || body.startPosition.row === node.startPosition.row) continue;
    const first = body.namedChildren.find(({ type }) => type !== 'comment');
    if (first !== undefined) return indentAt(text, first.startIndex);
  }
  // A module without blocks shows its indentation in lists that stand over several lines.
  return /^\S.*[[({]\r?\n([ \t]+)\S/m.exec(text)?.[1] ?? null;
}

/** Offset at which the line of `index` starts. */
export function lineStart(text: string, index: number): number {
  return text.lastIndexOf('\n', index - 1) + 1;
}

/** Offset of the line break that ends the line of `index`, or of the end of the text. */
export function lineEnd(text: string, index: number): number {
  const found = text.indexOf('\n', index);
  if (found === -1) return text.length;
  return found > index && text[found - 1] === '\r' ? found - 1 : found;
}

/** The line ending that new lines at `index` get: that of the line there, because a file may have both. */
export function lineEndingAt(text: string, index: number, style: FileStyle): FileStyle['lineEnding'] {
  const found = text.indexOf('\n', index);
  if (found < 1) return style.lineEnding;
  return text[found - 1] === '\r' ? '\r\n' : '\n';
}

/** Offset behind the line break that ends the line of `index`. */
export function nextLine(text: string, index: number): number {
  const found = text.indexOf('\n', index);
  return found === -1 ? text.length : found + 1;
}

/** The white space a line starts with. */
export function indentAt(text: string, index: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, index), index))?.[0] ?? '';
}
