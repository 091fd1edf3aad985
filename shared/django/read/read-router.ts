import type { ExpressionFacts, PythonClass, PythonFunction } from '../../python/python-module.ts';
import type { RouteFacts } from '../project-model.ts';
import type { Registration, RouterFacts } from './read-urlconf.ts';
import { joinPattern, placeIn, qualify, type RouteContext, type RoutePrefix } from './route-prefix.ts';

const UNCLEAR_VIEWSET = 'Which of its routes there are depends on a viewset that the source does not show.';

/** The routes that a router of Django REST Framework makes from its registrations. */
export function routerRoutes(
  router: RouterFacts,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const routes = router.registrations.flatMap((one) =>
    registrationRoutes(one, router, path, prefix, context),
  );
  const className = router.callee.slice(router.callee.lastIndexOf('.') + 1);
  const first = router.registrations[0];
  if (className !== 'DefaultRouter' || first === undefined) return routes;
  const root: RouteFacts = {
    pattern: prefix.pattern,
    kind: 'router',
    name: qualify(prefix, 'api-root'),
    view: 'APIRootView',
    viewPlace: null,
    place: placeIn(path, first.span),
    methods: null,
    condition: null,
    localized: false,
    unknown: prefix.unknown,
  };
  return [...routes, root];
}

/** Default name of a registration: the model of the viewset's queryset, in small letters. */
export function basenameOf(registration: Registration, viewset: ViewSet | null): string | null {
  if (registration.basename !== null) return registration.basename;
  const queryset = viewset?.attributes.get('queryset');
  const model = /^(?:\w+\.)*?(\w+)\.\w+/.exec(modelPart(queryset))?.[1];
  return model === undefined ? null : model.toLowerCase();
}

function modelPart(queryset: ExpressionFacts | undefined): string {
  const code = queryset?.code.replace(/\s+/g, '') ?? '';
  // `models.Book.objects.filter(…)`: what stands before the manager.
  return /^((?:\w+\.)*[A-Z]\w*\.)[a-z_]\w*/.exec(code)?.[0] ?? '';
}

/** A viewset with what it inherits from classes of the project. */
export interface ViewSet {
  readonly path: string;
  readonly facts: PythonClass;
  readonly attributes: ReadonlyMap<string, ExpressionFacts>;
  readonly methods: ReadonlyMap<string, PythonFunction>;
  /** Bases from installed packages: `rest_framework.viewsets.ModelViewSet`. */
  readonly externals: readonly string[];
}

/** Finds a viewset class; null where the source does not show it. */
export function findViewSet(path: string, dotted: string | null, context: RouteContext): ViewSet | null {
  const found = dotted === null ? null : context.resolver.resolve(path, dotted);
  if (found?.kind !== 'class') return null;
  const attributes = new Map<string, ExpressionFacts>();
  const methods = new Map<string, PythonFunction>();
  const externals: string[] = [];
  const collect = (file: string, facts: PythonClass, depth: number): void => {
    for (const { name, value } of facts.attributes) if (!attributes.has(name)) attributes.set(name, value);
    for (const method of facts.methods) if (!methods.has(method.name)) methods.set(method.name, method);
    for (const base of facts.bases) {
      const parent = base.dotted === null ? null : context.resolver.resolve(file, base.dotted);
      if (parent?.kind === 'class' && depth < 10) collect(parent.path, parent.facts, depth + 1);
      else if (parent?.kind === 'external') externals.push(parent.name);
    }
  };
  collect(found.path, found.facts, 0);
  return { path: found.path, facts: found.facts, attributes, methods, externals };
}

const LIST = /\.(ModelViewSet|ReadOnlyModelViewSet|ListModelMixin|CreateModelMixin)$/;
const DETAIL = /\.(ModelViewSet|ReadOnlyModelViewSet|RetrieveModelMixin|UpdateModelMixin|DestroyModelMixin)$/;
const PLAIN = /\.(ViewSet|GenericViewSet|ViewSetMixin)$/;

function registrationRoutes(
  registration: Registration,
  router: RouterFacts,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const viewset = findViewSet(path, registration.viewset, context);
  const basename = basenameOf(registration, viewset);
  const slash = router.trailingSlash ? '/' : '';
  const base = joinPattern(prefix.pattern, registration.prefix, false);
  const detail = `${base}/<${lookupOf(viewset)}>`;
  const unclear =
    viewset === null ||
    viewset.externals.some(
      (name) =>
        !LIST.test(name) && !DETAIL.test(name) && !PLAIN.test(name) && !name.startsWith('rest_framework.'),
    );
  const route = (
    pattern: string,
    name: string | null,
    unknown: string | null,
    at = viewset?.facts.span,
  ): RouteFacts => ({
    pattern: `${pattern}${slash}`,
    kind: 'router',
    name: name === null || basename === null ? null : qualify(prefix, `${basename}-${name}`),
    view: registration.viewset,
    viewPlace: viewset === null || at === undefined ? null : placeIn(viewset.path, at),
    place: placeIn(path, registration.span),
    methods: null,
    condition: null,
    localized: false,
    unknown: prefix.unknown ?? unknown,
  });
  if (viewset === null) return [route(base, 'list', UNCLEAR_VIEWSET)];
  const has = (external: RegExp, ...methods: readonly string[]): boolean =>
    viewset.externals.some((name) => external.test(name)) ||
    methods.some((name) => viewset.methods.has(name));
  const unknown = unclear ? UNCLEAR_VIEWSET : null;
  return [
    ...(unclear || has(LIST, 'list', 'create') ? [route(base, 'list', unknown)] : []),
    ...actionsOf(viewset, false).map(({ url, name, span }) => route(`${base}/${url}`, name, null, span)),
    ...(unclear || has(DETAIL, 'retrieve', 'update', 'partial_update', 'destroy')
      ? [route(detail, 'detail', unknown)]
      : []),
    ...actionsOf(viewset, true).map(({ url, name, span }) => route(`${detail}/${url}`, name, null, span)),
  ];
}

function lookupOf(viewset: ViewSet | null): string {
  const text = (name: string): string | null => {
    const value = viewset?.attributes.get(name)?.literal;
    return typeof value === 'string' ? value : null;
  };
  return text('lookup_url_kwarg') ?? text('lookup_field') ?? 'pk';
}

/** Methods with `@action`: https://www.django-rest-framework.org/api-guide/viewsets/#marking-extra-actions-for-routing */
function actionsOf(
  viewset: ViewSet,
  detail: boolean,
): readonly { readonly url: string; readonly name: string; readonly span: PythonFunction['span'] }[] {
  return [...viewset.methods.values()].flatMap((method) => {
    const call = method.decorators.find(({ call: c }) => c?.callee?.endsWith('action') === true)?.call;
    const option = (name: string): ExpressionFacts | undefined =>
      call?.keywords.find((keyword) => keyword.name === name)?.value;
    if (call === undefined || call === null || option('detail')?.literal !== detail) return [];
    const url = option('url_path')?.literal;
    const name = option('url_name')?.literal;
    return [
      {
        url: typeof url === 'string' ? url : method.name,
        name: typeof name === 'string' ? name : method.name.replaceAll('_', '-'),
        span: method.span,
      },
    ];
  });
}
