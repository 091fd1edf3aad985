import { indentAt, lineEnd, lineStart, nextLine } from './file-style.ts';
import type { SyntaxNode } from './parser.ts';
import { partsOf } from './syntax.ts';
import type { TextEdit } from './text-edit.ts';

/** Adds items to a list, a tuple or the arguments of a call; `at` is the first one's index, by default the last. */
export function insertItems(
  list: SyntaxNode,
  text: string,
  codes: readonly string[],
  at?: number,
): readonly TextEdit[] {
  if (codes.length === 0) return [];
  const items = partsOf(list);
  const index = Math.min(at ?? items.length, items.length);
  const last = items.at(-1);
  const first = items[0];
  if (last === undefined || first === undefined) return fillEmpty(list, text, codes);
  const next = items[index];
  const vertical = first.startPosition.row > list.startPosition.row;
  if (next !== undefined) {
    const gap = vertical ? `,\n${indentAt(text, next.startIndex)}` : ', ';
    return [{ start: next.startIndex, end: next.startIndex, text: codes.map((code) => code + gap).join('') }];
  }
  return vertical ? appendLine(list, last, text, codes) : appendInline(list, last, text, codes);
}

function fillEmpty(list: SyntaxNode, text: string, codes: readonly string[]): readonly TextEdit[] {
  const open = list.startIndex + 1;
  const inside = text.slice(open, list.endIndex - 1);
  const item = list.type === 'tuple' && codes.length === 1 ? `${codes.join('')},` : codes.join(', ');
  if (inside.trim() === '') return [{ start: open, end: list.endIndex - 1, text: item }];
  // Only comments stand inside: they stay above the first item.
  const close = lineStart(text, list.endIndex - 1);
  const indent = indentAt(text, open + inside.search(/\S/));
  return [{ start: close, end: close, text: codes.map((code) => `${indent}${code},\n`).join('') }];
}

/** One item a line: the comma goes behind the item before, the new line behind its comment. */
function appendLine(
  list: SyntaxNode,
  last: SyntaxNode,
  text: string,
  codes: readonly string[],
): readonly TextEdit[] {
  const comma = trailingComma(list, last);
  const closesHere = list.endPosition.row === last.endPosition.row;
  const indent = indentAt(text, last.startIndex);
  // Several items on one line: go on in that line.
  const alone = text.slice(lineStart(text, last.startIndex), last.startIndex).trim() === '';
  if (!alone || closesHere) return appendInline(list, last, text, codes);
  const end = lineEnd(text, (comma ?? last).endIndex);
  return [
    ...(comma === null ? [{ start: last.endIndex, end: last.endIndex, text: ',' }] : []),
    {
      start: end,
      end,
      text: `${codes.map((code) => `\n${indent}${code}`).join(',')}${comma === null ? '' : ','}`,
    },
  ];
}

function appendInline(
  list: SyntaxNode,
  last: SyntaxNode,
  text: string,
  codes: readonly string[],
): readonly TextEdit[] {
  const comma = trailingComma(list, last);
  const single = list.type === 'tuple' && partsOf(list).length === 1 && comma !== null;
  if (single)
    return [{ start: last.endIndex, end: comma.endIndex, text: codes.map((code) => `, ${code}`).join('') }];
  const first = partsOf(list)[0];
  const ownLine = first !== undefined && last.startPosition.row > first.startPosition.row;
  const aligned = ownLine && text.slice(lineStart(text, last.startIndex), last.startIndex).trim() === '';
  const gap = aligned ? `,\n${indentAt(text, last.startIndex)}` : ', ';
  return [{ start: last.endIndex, end: last.endIndex, text: codes.map((code) => gap + code).join('') }];
}

function trailingComma(list: SyntaxNode, last: SyntaxNode): SyntaxNode | null {
  const comma = list.children.findLast(({ type }) => type === ',');
  return comma !== undefined && comma.startIndex >= last.endIndex ? comma : null;
}

/** Takes items out of a list, a tuple or the arguments of a call, with their commas. */
export function removeItems(
  list: SyntaxNode,
  text: string,
  gone: readonly SyntaxNode[],
): readonly TextEdit[] {
  const items = partsOf(list);
  const isGone = (node: SyntaxNode): boolean => gone.some((each) => each.id === node.id);
  const kept = items.filter((item) => !isGone(item));
  if (kept.length === 0) {
    return [{ start: list.startIndex + 1, end: list.endIndex - 1, text: '' }];
  }
  const edits: TextEdit[] = [];
  for (const [index, item] of items.entries()) {
    if (!isGone(item)) continue;
    const next = items[index + 1];
    const comma = list.children.find((c) => c.type === ',' && c.startIndex >= item.endIndex) ?? null;
    const end =
      comma === null || (next !== undefined && comma.startIndex > next.startIndex)
        ? item.endIndex
        : comma.endIndex;
    if (standsAlone(text, item, end)) {
      edits.push({ start: lineStart(text, item.startIndex), end: nextLine(text, end), text: '' });
    } else if (next !== undefined) edits.push({ start: item.startIndex, end: next.startIndex, text: '' });
    else edits.push(lastItemEdit(items, index, isGone, end, list));
  }
  return edits;
}

/** The last item goes with the comma before it, except that a tuple of one item needs its comma. */
function lastItemEdit(
  items: readonly SyntaxNode[],
  index: number,
  isGone: (node: SyntaxNode) => boolean,
  end: number,
  list: SyntaxNode,
): TextEdit {
  const before = items.slice(0, index).findLast((item) => !isGone(item));
  const start = before?.endIndex ?? list.startIndex + 1;
  const needsComma = list.type === 'tuple' && items.filter((item) => !isGone(item)).length === 1;
  const previousGone = items[index - 1];
  // Items in between have an edit of their own that reaches up to this item.
  const from =
    previousGone !== undefined && isGone(previousGone) ? (items[index]?.startIndex ?? start) : start;
  return { start: from, end, text: needsComma ? ',' : '' };
}

/** Nothing else stands on the lines of this item. */
function standsAlone(text: string, item: SyntaxNode, end: number): boolean {
  const before = text.slice(lineStart(text, item.startIndex), item.startIndex);
  const after = text.slice(end, lineEnd(text, end));
  return before.trim() === '' && /^\s*(#.*)?$/.test(after);
}
