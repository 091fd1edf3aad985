import { indentAt, lineEnd, lineStart, type FileStyle } from '../file-style.ts';
import type { SyntaxNode } from '../parser.ts';
import type { TextEdit } from '../text-edit.ts';
import { hasFixedLines, print, widthOf } from './document.ts';
import { expressionDocument, type FormatterStyle } from './expression-document.ts';
import { statementLayouts, type Layouts } from './statement-document.ts';

/** How the formatter of a project leaves its files. */
export interface FormattedStyle extends FormatterStyle, Omit<FileStyle, 'quote'> {}

/** A range of the text, in UTF-16 offsets. */
export type Range = Pick<TextEdit, 'start' | 'end'>;

/** Edits that leave the statements in the ranges as Black and ruff would; what they can't judge stays as it is. */
export function layoutEdits(
  root: SyntaxNode,
  text: string,
  ranges: readonly Range[],
  style: FormattedStyle,
): readonly TextEdit[] {
  return [...unitsIn(root, ranges)].flatMap((unit) => {
    const edits = hasComments(unit.node, unit.end)
      ? itemEdits(unit.node, text, headOf(ranges, unit), style)
      : [statementEdit(unit, text, style)];
    return edits.flatMap((edit) =>
      edit === null || text.slice(edit.start, edit.end) === edit.text ? [] : [edit],
    );
  });
}

/** A simple statement, a decorator, or a block of which the header is meant. */
interface Unit extends Range {
  readonly node: SyntaxNode;
}

function* unitsIn(node: SyntaxNode, ranges: readonly Range[]): Generator<Unit> {
  for (const child of node.namedChildren) {
    const isTouched = (end: number): boolean =>
      ranges.some((range) => range.start < end && range.end > child.startIndex);
    if (!isTouched(child.endIndex)) continue;
    const { type } = child;
    const isBlock = /^(block|decorated_definition|.*_clause|.*_definition)$/.test(type);
    const body = child.childForFieldName('body') ?? child.childForFieldName('consequence');
    const colon = child.children.find(
      (each) => each.type === ':' && each.startIndex < (body?.startIndex ?? 0),
    );
    const end = body === null ? child.endIndex : (colon?.endIndex ?? child.startIndex);
    if (type !== 'block' && type !== 'decorated_definition' && isTouched(end)) {
      yield { node: child, start: child.startIndex, end };
    }
    if (isBlock || body !== null || type === 'try_statement') yield* unitsIn(child, ranges);
  }
}

function statementEdit({ node, start, end }: Unit, text: string, style: FormattedStyle): TextEdit | null {
  const layouts = statementLayouts(node, style);
  return layouts === null ? null : layoutEdit({ start, end }, layouts, text, style);
}

/** What of the ranges is before the block of a statement. */
function headOf(ranges: readonly Range[], { end }: Unit): readonly Range[] {
  return ranges
    .filter(({ start }) => start < end)
    .map((range) => ({ ...range, end: Math.min(range.end, end) }));
}

/** Where comments stand between the items of brackets, the items that have lines of their own are laid out alone. */
function itemEdits(
  node: SyntaxNode,
  text: string,
  ranges: readonly Range[],
  style: FormattedStyle,
): readonly (TextEdit | null)[] {
  return node.namedChildren.flatMap((child) => {
    const { startIndex: start, endIndex: end } = child;
    if (!ranges.some((range) => range.start < end && range.end > start)) return [];
    const isItem = /^(list|tuple|set|dictionary|argument_list)$/.test(node.type) && text[end] === ',';
    if (!isItem || hasComments(child, end)) return itemEdits(child, text, ranges, style);
    return [layoutEdit({ start, end: end + 1 }, [[expressionDocument(child, style), ',']], text, style)];
  });
}

/** Lays out what has its lines to itself, but for a comment at its end. */
function layoutEdit(
  { start, end }: Range,
  layouts: Layouts,
  text: string,
  style: FormattedStyle,
): TextEdit | null {
  const base = text.slice(lineStart(text, start), start);
  const stop = lineEnd(text, end);
  const comment = text.slice(end, stop);
  if (base.trim() !== '' || !/^\s*(#.*)?$/.test(comment) || layouts.some(hasFixedLines)) return null;
  // What tools read off a comment does not count for the length of its line.
  const tail = /^\s*(#\s*(noqa|type:|pyright:|pylint:)|$)/i.test(comment) ? '' : comment;
  const options = { width: style.lineLength, unit: style.indent, base: indentAt(text, start) };
  const printed = layouts.flatMap((layout) => print([layout, tail], options) ?? []);
  const fits = (code: string): boolean =>
    code.split('\n').every((line, at) => widthOf(at === 0 ? base + line : line) <= style.lineLength);
  const best = printed.find(fits) ?? printed.at(-1);
  if (best === undefined) return null;
  const code = best.slice(0, best.length - tail.length);
  return { start, end, text: code.replaceAll('\n', style.lineEnding) };
}

function hasComments(node: SyntaxNode, end: number): boolean {
  return node.descendantsOfType(['comment', 'line_continuation']).some(({ startIndex }) => startIndex < end);
}
