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

/** The nodes of a file that a word may name a member in: finding them by text spares the walk over the tree. */
export function occurrencesOf(word: string, { text, root }: SourceText): readonly Occurrence[] {
  const found = new Map<number, Occurrence>();
  for (const at of wordOffsets(text, word)) {
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
