import type { ExpressionFacts } from '../../python/python-module.ts';
import type { Definition } from '../module-resolver.ts';
import type { Place } from '../project-model.ts';
import { lineageOf } from './class-lineage.ts';
import { placeIn, type RouteContext } from './route-prefix.ts';
import { classMethods, decoratorMethods, functionMethods, mappedMethods } from './view-methods.ts';

/** The view of a route as far as the source tells. */
export interface RouteView {
  /** Where it is defined; null for others' code. */
  readonly place: Place | null;
  readonly methods: readonly string[] | null;
}

/** Finds the function or class behind what stands in the place of a view. */
export function routeView(path: string, view: ExpressionFacts, context: RouteContext): RouteView {
  const found = viewDefinition(path, view, context, 0);
  const given = givenMethods(view);
  if (found?.kind === 'function') {
    return { place: placeIn(found.path, found.facts.span), methods: given ?? functionMethods(found.facts) };
  }
  if (found?.kind !== 'class') return { place: null, methods: given };
  const lineage = lineageOf(found.path, found.facts, context.resolver);
  return { place: placeIn(found.path, found.facts.span), methods: given ?? classMethods(lineage) };
}

/** A variable of views leads to what was put into it: `book_list = BookList.as_view()`. */
function viewDefinition(
  path: string,
  view: ExpressionFacts,
  context: RouteContext,
  depth: number,
): Definition | null {
  const name = viewNameOf(view);
  const found = name === null ? null : context.resolver.resolve(path, name);
  if (found?.kind !== 'variable' || depth > 4) return found;
  return viewDefinition(found.path, found.value, context, depth + 1);
}

/** Methods that stand in the URLconf: `require_POST(view)`, `as_view({'get': 'list'})`. */
function givenMethods(view: ExpressionFacts): readonly string[] | null {
  const { call } = view;
  if (call === null) return null;
  if (call.callee?.endsWith('.as_view') === true) {
    const actions = call.positional[0] ?? call.keywords.find(({ name }) => name === 'actions')?.value;
    return mappedMethods(actions?.literal);
  }
  const inner = call.positional.at(-1);
  return (
    decoratorMethods({ ...view, dotted: call.callee, call: null }) ??
    (inner === undefined ? null : givenMethods(inner))
  );
}

/** The name of the class or function behind decorators, `partial()` and `as_view()`; null where there is none. */
export function viewNameOf({ dotted, call }: ExpressionFacts): string | null {
  if (dotted !== null) return dotted;
  if (call === null) return null;
  const owner = call.callee === null ? undefined : /^(.+)\.as_view$/.exec(call.callee)?.[1];
  if (owner !== undefined) return owner;
  const [first] = call.positional;
  if (/(^|\.)partial$/.test(call.callee ?? '')) return first === undefined ? null : viewNameOf(first);
  const inner = call.positional.findLast((argument) => viewNameOf(argument) !== null);
  return inner === undefined ? call.callee : viewNameOf(inner);
}
