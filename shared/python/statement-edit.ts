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
