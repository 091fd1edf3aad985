import { lineEnd, lineStart, nextLine } from './file-style.ts';
import { insertItems, removeItems } from './list-edit.ts';
import type { SyntaxNode } from './parser.ts';
import { partsOf } from './syntax.ts';
import type { TextEdit } from './text-edit.ts';

/** Edits that put an item of a list behind another one, with its line and its comments where it has lines of its own. */
export function moveItem(
  list: SyntaxNode,
  text: string,
  item: SyntaxNode,
  after: SyntaxNode | null,
): readonly TextEdit[] {
  const items = partsOf(list);
  const first = items[0];
  const target = after ?? null;
  const lines = ownLines(list, text, item);
  const place =
    target === null
      ? first === undefined
        ? null
        : ownLines(list, text, first)
      : ownLines(list, text, target);
  if (lines === null || place === null) {
    const at = target === null ? 0 : items.findIndex(({ id }) => id === target.id) + 1;
    return [...removeItems(list, text, [item]), ...insertItems(list, text, [item.text], at)];
  }
  const block = text.slice(lines.start, lines.end);
  const isLast = items.at(-1)?.id === item.id;
  const goesLast = target !== null && items.at(-1)?.id === target.id;
  const end = item.endIndex - lines.start;
  // Every item but the last needs its comma; the last keeps or lacks it as before.
  const moved = lines.comma ? block : `${block.slice(0, end)},${block.slice(end)}`;
  const edits: TextEdit[] = [{ start: lines.start, end: lines.end, text: '' }];
  const at = target === null ? place.start : place.end;
  if (goesLast && !place.comma) {
    edits.push({ start: target.endIndex, end: target.endIndex, text: ',' });
    const bare = lines.comma ? withoutComma(block, end) : block;
    return [...edits, { start: at, end: at, text: bare }];
  }
  const previous = items.at(-2);
  if (isLast && !lines.comma && previous !== undefined) {
    const comma = text.indexOf(',', previous.endIndex);
    edits.push({ start: comma, end: comma + 1, text: '' });
  }
  return [...edits, { start: at, end: at, text: moved }];
}

function withoutComma(block: string, end: number): string {
  const comma = block.indexOf(',', end);
  return comma === -1 ? block : block.slice(0, comma) + block.slice(comma + 1);
}

/** The lines that belong to an item alone, with the comments above it; null where it shares a line. */
function ownLines(
  list: SyntaxNode,
  text: string,
  item: SyntaxNode,
): { readonly start: number; readonly end: number; readonly comma: boolean } | null {
  const behind = text.slice(item.endIndex, lineEnd(text, item.endIndex));
  const before = text.slice(lineStart(text, item.startIndex), item.startIndex);
  if (before.trim() !== '' || !/^\s*,?\s*(#.*)?$/.test(behind)) return null;
  if (list.endPosition.row === item.endPosition.row) return null;
  let start = lineStart(text, item.startIndex);
  for (let above = item.previousSibling; above !== null; above = above.previousSibling) {
    const from = lineStart(text, above.startIndex);
    const own = above.type === 'comment' && text.slice(from, above.startIndex).trim() === '';
    if (!own || nextLine(text, above.endIndex) !== start) break;
    start = from;
  }
  return { start, end: nextLine(text, item.endIndex), comma: /^\s*,/.test(behind) };
}
