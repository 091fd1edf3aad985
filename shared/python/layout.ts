import type { FileStyle } from './file-style.ts';
import {
  group,
  ifBroken,
  indent as indented,
  join,
  print,
  softLine,
  spaceLine,
  widthOf,
  type Document,
} from './formatting/document.ts';
import { chainDocument, expressionDocument, type FormatterStyle } from './formatting/expression-document.ts';
import type { SyntaxNode } from './parser.ts';

/** New code keeps the quotes it was written with; the lines are those of Black in any project. */
const AS_WRITTEN: FormatterStyle = {
  quote: null,
  keepsTrailingCommas: false,
  sortsImports: false,
  joinsStrings: false,
  endsLists: true,
};

/** A call in as many lines as the line length asks for, the way Black breaks it. */
export function layoutCall(
  head: string,
  args: readonly string[],
  style: FileStyle,
  indent = '',
  tail = ')',
): string {
  const oneLine = `${head}${args.join(', ')}${tail}`;
  if (args.length === 0 || fits(`${indent}${oneLine}`, style)) return oneLine;
  const lines = group(
    [join(args, [',', spaceLine]), ifBroken(',')],
    args.some((arg) => arg.includes('\n')),
  );
  const [open, close] = [head.slice(-1), tail.slice(0, 1)];
  const call = group(
    [head.slice(0, -1), open, indented([softLine, lines]), softLine, close, tail.slice(1)],
    true,
  );
  return printed(call, style, indent) ?? oneLine;
}

function fits(line: string, style: FileStyle): boolean {
  return !line.includes('\n') && widthOf(line) <= style.lineLength;
}

/** The lines of a document, all without the indentation they are to stand at. */
function printed(document: Document, { lineLength, indent: unit }: FileStyle, base: string): string | null {
  return print(document, { width: lineLength, unit, base })?.replaceAll(`\n${base}`, '\n') ?? null;
}

/** A list of strings in as many lines as the line length asks for. */
export function layoutStrings(head: string, texts: readonly string[], style: FileStyle, indent = ''): string {
  const items = texts.map((text) => `${style.quote}${text}${style.quote}`);
  return layoutCall(`${head}[`, items, style, indent, ']');
}

/** An expression behind `head` in as many lines as the line length asks for, the way Black breaks it. */
export function layoutExpression(
  head: string,
  expression: SyntaxNode,
  style: FileStyle,
  indent = '',
  tail = '',
): string {
  const oneLine = `${head}${expression.text}${tail}`;
  // What was typed in several lines is laid out already.
  if (expression.text.includes('\n') || fits(`${indent}${oneLine}`, style)) return oneLine;
  const ways = [expressionDocument(expression, AS_WRITTEN), chainDocument(expression, AS_WRITTEN, false)];
  return (
    ways.reduce<string | null>((found, way) => found ?? printed([head, way, tail], style, indent), null) ??
    oneLine
  );
}
