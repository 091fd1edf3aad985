import type { ExpressionFacts, PythonClass, PythonFunction, Span } from '../../python/python-module.ts';
import { attributeOf, lastPart, lineageOf, methodsOf } from './class-lineage.ts';
import type { RouteContext } from './route-prefix.ts';
import { textsOf } from './view-methods.ts';

/** A viewset with what it inherits from classes of the workspace. */
export interface ViewSet {
  readonly path: string;
  readonly facts: PythonClass;
  readonly attributes: ReadonlyMap<string, ExpressionFacts>;
  readonly methods: ReadonlyMap<string, PythonFunction>;
  /** Dotted names of its bases: `rest_framework.viewsets.ModelViewSet`. */
  readonly names: readonly string[];
  /** Those of them that are other people's code. */
  readonly externals: readonly string[];
  /** Others' code that the source does not show may bring further actions. */
  readonly unclear: boolean;
}

/** Actions of the bases of Django REST Framework. */
const PROVIDED: Readonly<Record<string, readonly string[]>> = {
  ListModelMixin: ['list'],
  CreateModelMixin: ['create'],
  RetrieveModelMixin: ['retrieve'],
  UpdateModelMixin: ['update', 'partial_update'],
  DestroyModelMixin: ['destroy'],
  ReadOnlyModelViewSet: ['list', 'retrieve'],
  ModelViewSet: ['list', 'create', 'retrieve', 'update', 'partial_update', 'destroy'],
};
/** Packages whose classes bring no action but those. */
const PLAIN = /^(rest_framework|django|django_filters|drf_spectacular|typing|abc)\./;

/** Finds a viewset class; null where the source does not show it. */
export function findViewSet(
  path: string,
  dotted: string | null,
  { resolver }: Pick<RouteContext, 'resolver'>,
): ViewSet | null {
  const found = dotted === null ? null : resolver.resolve(path, dotted);
  if (found?.kind !== 'class') return null;
  const lineage = lineageOf(found.path, found.facts, resolver);
  const attributes = new Map<string, ExpressionFacts>();
  for (const name of lineage.classes.flatMap(({ facts }) => facts.attributes.map((each) => each.name))) {
    const value = attributeOf(lineage, name);
    if (value !== undefined) attributes.set(name, value);
  }
  return {
    path: found.path,
    facts: found.facts,
    attributes,
    methods: methodsOf(lineage),
    names: lineage.names,
    externals: lineage.externals,
    unclear: lineage.open || lineage.externals.some((name) => !PLAIN.test(name)),
  };
}

/** Whether a viewset answers an action; one that the source does not show in full may. */
export function hasAction({ methods, names, attributes }: ViewSet, action: string): boolean {
  const provided = names.some((name) => PROVIDED[lastPart(name)]?.includes(action) === true);
  const removed = attributes.get(action)?.literal === null;
  return !removed && (methods.has(action) || provided);
}

/** A method with `@action`. */
export interface ExtraAction {
  readonly urlPath: string;
  readonly urlName: string;
  readonly detail: boolean;
  readonly methods: readonly string[];
  readonly span: Span;
}

/** https://www.django-rest-framework.org/api-guide/viewsets/#marking-extra-actions-for-routing */
export function extraActions({ methods }: ViewSet): readonly ExtraAction[] {
  const all = [...methods.values()];
  return all.flatMap((method): readonly ExtraAction[] => {
    const call = method.decorators.find((each) => /(^|[._])action$/.test(each.call?.callee ?? ''))?.call;
    if (call === undefined || call === null) return [];
    const option = (name: string): ExpressionFacts | undefined =>
      call.keywords.find((keyword) => keyword.name === name)?.value;
    const detail = (option('detail') ?? call.positional[1])?.literal;
    if (typeof detail !== 'boolean') return [];
    const urlPath = option('url_path');
    const urlName = option('url_name')?.literal;
    const path = urlPath === undefined ? method.name : urlPath.literal;
    const own = textsOf((option('methods') ?? call.positional[0])?.literal) ?? ['get'];
    const mapped = all.flatMap(({ decorators }) =>
      decorators.flatMap((each) => mappedMethod(each, method.name)),
    );
    return [
      {
        urlPath: typeof path === 'string' ? path : method.name,
        urlName: typeof urlName === 'string' ? urlName : method.name.replaceAll('_', '-'),
        detail,
        methods: [...own, ...mapped].map((each) => each.toUpperCase()),
        span: method.span,
      },
    ];
  });
}

/** `@publish.mapping.delete` adds a method to the action `publish`. */
function mappedMethod({ dotted }: ExpressionFacts, action: string): readonly string[] {
  const [, owner, method] = /^(\w+)\.mapping\.(\w+)$/.exec(dotted ?? '') ?? [];
  return owner === action && method !== undefined ? [method] : [];
}

/** The name of the parameter that a detail route takes: `pk`. */
export function lookupOf(viewset: ViewSet | null): string {
  for (const name of ['lookup_url_kwarg', 'lookup_field']) {
    const value = viewset?.attributes.get(name)?.literal;
    if (typeof value === 'string') return value;
  }
  return 'pk';
}
