import type { SyntaxNode } from '../../../python/parser.ts';
import type { SourceText } from '../../project-files.ts';

/** A name, a keyword or the text of a string in which a word stands. */
export interface Occurrence {
  readonly node: SyntaxNode;
  readonly kind: 'attribute' | 'keyword' | 'string';
}

/** Where a word stands in a text, also as part of `author__name` or `name_id`. */
export function wordOffsets(text: string, word: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (isBoundary(text, at - 1) && isBoundary(text, at + word.length)) found.push(at);
  }
  return found;
}

function isBoundary(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isDigit = code >= 48 && code <= 57;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
  return !isDigit && !isLetter;
}

/**
 * Where a word may name a member by what stands around it: behind a dot, as a keyword, or in a string of names. It
 * spares most files, and most functions of the others, from being parsed.
 */
export function memberOffsets(text: string, word: string): readonly number[] {
  return wordOffsets(text, word).filter((at) => {
    const start = backOver(IN_NAME, text, at);
    const end = forwardOver(IN_NAME, text, at + word.length);
    return isBehindDot(text, start) || isKeyword(text, start, end) || isInNames(text, start, end);
  });
}

const IN_NAME = /[\w\u0080-\uffff]/;
const IN_NAMES = /[\w.\u0080-\uffff]/;
const BLANK = /[\s\\]/;

function backOver(pattern: RegExp, text: string, at: number): number {
  let start = at;
  while (start > 0 && pattern.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function forwardOver(pattern: RegExp, text: string, at: number): number {
  let end = at;
  while (end < text.length && pattern.test(text.charAt(end))) end += 1;
  return end;
}

function isBehindDot(text: string, start: number): boolean {
  const before = backOver(BLANK, text, start);
  return text.charAt(before - 1) === '.' || isBelowComment(text, before, start);
}

function isKeyword(text: string, start: number, end: number): boolean {
  const behind = forwardOver(BLANK, text, end);
  if (text.charAt(behind) !== '=' || text.charAt(behind + 1) === '=') return false;
  const before = backOver(BLANK, text, start);
  return /[(,]/.test(text.charAt(before - 1)) || isBelowComment(text, before, start);
}

/** A comment stands between two parts of an expression, so it is not looked further. */
function isBelowComment(text: string, before: number, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', before - 1) + 1, start);
  return line.includes('\n') && line.includes('#');
}

/** `'-author__name'`, `"author.name"` */
function isInNames(text: string, start: number, end: number): boolean {
  const quote = text.charAt(forwardOver(IN_NAMES, text, end));
  if (quote !== "'" && quote !== '"') return false;
  const first = backOver(IN_NAMES, text, start);
  return text.charAt(first - 1) === quote || text.charAt(first - 2) === quote;
}

/** The nodes at places where a word may name a member: finding them by text spares the walk over the tree. */
export function occurrencesAt(
  places: readonly number[],
  word: string,
  { root }: SourceText,
): readonly Occurrence[] {
  const found = new Map<number, Occurrence>();
  for (const at of places) {
    const node = root.descendantForIndex(at, at + word.length);
    const kind = node === null ? null : kindOf(node);
    if (node !== null && kind !== null) found.set(node.startIndex, { node, kind });
  }
  return [...found.values()];
}

function kindOf(node: SyntaxNode): Occurrence['kind'] | null {
  if (node.type === 'string_content') return 'string';
  if (node.type !== 'identifier') return null;
  const { parent } = node;
  if (parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id)
    return 'attribute';
  if (parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id)
    return 'keyword';
  return null;
}
