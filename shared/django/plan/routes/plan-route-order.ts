import { Failure } from '../../../contract/failure.ts';
import { lineEnd, lineStart, nextLine } from '../../../python/file-style.ts';
import { insertItems, removeItems } from '../../../python/list-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { partsOf } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { requireRoute, type RouteEntry } from './route-entry.ts';
import { noteShadowed, reordered } from './shadowing.ts';

/** Puts a route behind another one of its list, or first; Django takes the first that fits. */
export function planRouteReorder(
  { route, after }: OperationOf<'route.reorder'>,
  context: PlanContext,
  draft: Draft,
): void {
  const entry = requireRoute(route, context, draft);
  const list = requireList(entry);
  const anchor = after === null ? null : requireRoute(after, context, draft);
  if (anchor !== null && anchor.list?.id !== list.id) {
    const message = `${after?.pattern ?? ''} stands in another list than ${route.pattern}: only routes of one list have an order.`;
    throw new Failure('refused', message, { file: route.file });
  }
  if (anchor?.item.id === entry.item.id)
    throw new Failure('invalid-input', 'A route can’t stand behind itself.');
  const items = partsOf(list);
  const order = reordered(list, entry.item, anchor?.item ?? null);
  if (order.every(({ id }, index) => id === items[index]?.id)) return;
  draft.edit(route.file, moveItem(list, entry.source.text, entry.item, anchor?.item ?? null));
  noteShadowed(order, draft);
}

/** The list a route stands in; fails for registrations of a router. */
export function requireList({ list, source, call }: RouteEntry): SyntaxNode {
  if (list !== null) return list;
  throw new Failure('refused', 'This route does not stand in a list of patterns: move it in the editor.', {
    file: source.path,
    line: call.startPosition.row + 1,
  });
}

/** Edits that put an item of a list behind another one, with its line and its comments where it has lines of its own. */
function moveItem(
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
