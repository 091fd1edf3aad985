import { Failure } from '../../../contract/failure.ts';
import { moveItem } from '../../../python/list-move.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { partsOf } from '../../../python/syntax.ts';
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
