import { indentAt, lineEnd, lineStart, nextLine } from './file-style.ts';
import type { SyntaxNode } from './parser.ts';
import { codeEnd, partsOf } from './syntax.ts';
import type { TextEdit } from './text-edit.ts';

/** Puts lines behind a statement of a block, at its indentation. */
export function insertBehind(statement: SyntaxNode, text: string, code: string): TextEdit {
  const indent = indentAt(text, statement.startIndex);
  const at = lineEnd(text, codeEnd(statement));
  return { start: at, end: at, text: `\n${indentLines(code, indent)}` };
}

/** Puts lines before a statement of a block (and before its comments), at its indentation. */
export function insertBefore(statement: SyntaxNode, text: string, code: string): TextEdit {
  const indent = indentAt(text, statement.startIndex);
  const at = lineStart(text, statement.startIndex);
  return { start: at, end: at, text: `${indentLines(code, indent)}\n` };
}

/** Every line of the code behind `indent`; empty lines stay empty. */
export function indentLines(code: string, indent: string): string {
  return code
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

/** The body of a class or function in lines of its own: `class A: pass` holds it in the header's line. */
export function isOneLiner(definition: SyntaxNode): boolean {
  const body = definition.childForFieldName('body');
  const first = body === null ? undefined : partsOf(body)[0];
  if (body === null || first === undefined) return false;
  const colon = definition.children.findLast(({ type }) => type === ':');
  return colon?.endPosition.row === first.startPosition.row;
}

/** Breaks the body of a one-line class behind its colon. */
export function breakOneLiner(definition: SyntaxNode, indent: string): TextEdit | null {
  const body = definition.childForFieldName('body');
  const first = body === null ? undefined : partsOf(body)[0];
  const colon = definition.children.findLast(({ type }) => type === ':');
  if (first === undefined || colon === undefined) return null;
  return { start: colon.endIndex, end: first.startIndex, text: `\n${indent}` };
}

/** Takes statements out of the block they stand in; a block that would be empty gets `pass`. */
export function removeStatements(gone: readonly SyntaxNode[], text: string): readonly TextEdit[] {
  const [sample] = gone;
  const block = sample?.parent;
  if (sample === undefined || block === null || block === undefined) return [];
  const isGone = (node: SyntaxNode): boolean => gone.some((each) => each.id === node.id);
  const kept = partsOf(block).filter((node) => !isGone(node));
  if (kept.length === 0 && block.type === 'block') {
    const [first, ...others] = gone;
    if (first === undefined) return [];
    return [
      { start: first.startIndex, end: codeEnd(first), text: 'pass' },
      ...others.map((node) => wholeLines(node, text)),
    ];
  }
  return gone.map((node) => wholeLines(node, text));
}

/** A statement with its line, or, where it shares the line, with the semicolon that parts it from the others. */
function wholeLines(node: SyntaxNode, text: string): TextEdit {
  const start = lineStart(text, node.startIndex);
  const end = codeEnd(node);
  const before = text.slice(start, node.startIndex);
  const after = text.slice(end, lineEnd(text, end));
  if (before.trim() !== '') {
    const semicolon = /;\s*$/.exec(before);
    return { start: node.startIndex - (semicolon?.[0].length ?? 0), end, text: '' };
  }
  const shared = /^\s*;\s*(?=[^\s#])/.exec(after);
  if (shared !== null) return { start: node.startIndex, end: end + shared[0].length, text: '' };
  const to = nextLine(text, end);
  // At the end of a file no blank lines are left over.
  if (text.slice(to).trim() === '' && start > 0)
    return { start: text.slice(0, start).trimEnd().length, end: text.trimEnd().length, text: '' };
  const above = blankLinesAbove(text, start);
  const below = skipBlankLines(text, start, to);
  // Where more lines are empty below, those stay: two of them part a class from what stands before it.
  const isWider = above < start && lineCount(text.slice(above, start)) < lineCount(text.slice(to, below));
  return isWider ? { start: above, end: to, text: '' } : { start, end: below, text: '' };
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

/** Where the empty lines above an offset start. */
function blankLinesAbove(text: string, start: number): number {
  let from = start;
  while (from > 0 && text.slice(lineStart(text, from - 1), from).trim() === '')
    from = lineStart(text, from - 1);
  return from;
}

/** Blank lines on both sides of what goes become those of one side. */
function skipBlankLines(text: string, start: number, end: number): number {
  const previous = start === 0 ? '' : text.slice(lineStart(text, start - 1), start);
  const opensBlock = /:\s*(#.*)?$/.test(previous);
  if (start !== 0 && previous.trim() !== '' && !opensBlock) return end;
  let to = end;
  while (to < text.length && text.slice(to, nextLine(text, to)).trim() === '') to = nextLine(text, to);
  return to;
}

/** Start of the first line of a statement together with the comments that stand directly above it. */
export function attachedStart(statement: SyntaxNode, text: string): number {
  let start = lineStart(text, statement.startIndex);
  while (start > 0) {
    const previous = lineStart(text, start - 1);
    const line = text.slice(previous, start);
    const sameIndent = indentAt(text, statement.startIndex) === (/^[ \t]*/.exec(line)?.[0] ?? '');
    if (!line.trimStart().startsWith('#') || !sameIndent) return start;
    start = previous;
  }
  return start;
}

/**
 * Moves a statement with its comments behind another one of its block, or before `first`; null where it shares
 * its lines with other code.
 */
export function moveStatement(
  statement: SyntaxNode,
  after: SyntaxNode | null,
  first: SyntaxNode,
  text: string,
): readonly TextEdit[] | null {
  const from = attachedStart(statement, text);
  const end = lineEnd(text, codeEnd(statement));
  const before = text.slice(lineStart(text, statement.startIndex), statement.startIndex);
  const behind = text.slice(codeEnd(statement), end);
  const target = after === null ? null : text.slice(codeEnd(after), lineEnd(text, codeEnd(after)));
  const shares = before.trim() !== '' || !/^\s*(#.*)?$/.test(behind) || !/^\s*(#.*)?$/.test(target ?? '');
  if (shares || from === 0) return null;
  const at = after === null ? endBefore(text, attachedStart(first, text)) : lineEnd(text, codeEnd(after));
  const cut = cutLines(text, from, end);
  if (at >= endBefore(text, from) && at <= end) return [];
  return [
    { start: cut.start, end: cut.end, text: '' },
    { start: at, end: at, text: `\n${text.slice(from, end)}` },
  ];
}

/** End of the line before the one that starts here. */
function endBefore(text: string, start: number): number {
  return text[start - 2] === '\r' ? start - 2 : start - 1;
}

/** Whole lines with the line break before them; of blank lines on both sides one side stays. */
function cutLines(text: string, from: number, end: number): { readonly start: number; readonly end: number } {
  const start = endBefore(text, from);
  if (text.slice(end).trim() === '') return { start: text.slice(0, start).trimEnd().length, end };
  const previous = text.slice(lineStart(text, start), start);
  const next = nextLine(text, end);
  const nextIsBlank = text.slice(next, lineEnd(text, next)).trim() === '';
  const joins = nextIsBlank && (previous.trim() === '' || /:\s*(#.*)?$/.test(previous));
  return { start, end: joins ? lineEnd(text, next) : end };
}
