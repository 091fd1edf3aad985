import type { ExpressionFacts } from '../../python/python-module.ts';
import type { Place, RouteFacts } from '../project-model.ts';
import { lastPart } from './class-lineage.ts';
import { regexAddress } from './regex-address.ts';
import { urlconfOf } from './read-urlconf.ts';
import {
  makeRoute,
  onlyWhen,
  patternAddress,
  placeIn,
  qualify,
  type RouteContext,
  type RoutePrefix,
} from './route-prefix.ts';
import { withSuffixes } from './route-suffixes.ts';
import { routerClass, type RouterClass, type RouteTemplate } from './router-class.ts';
import type { Registration, RouterFacts } from './url-entry.ts';
import {
  extraActions,
  findViewSet,
  hasAction,
  lookupOf,
  type ExtraAction,
  type ViewSet,
} from './view-set.ts';

const UNNAMED = 'Its name is made from a queryset whose model the source does not show.';
const UNCLEAR_VIEWSET = 'Which of its routes there are depends on a viewset that the source does not show.';

/** A registration with the file it stands in. */
interface Registered extends Registration {
  readonly path: string;
}

/** A router with all that is registered with it on the way to its include. */
export interface FoundRouter {
  readonly path: string;
  readonly facts: RouterFacts;
  readonly registrations: readonly Registered[];
}

/** The router that a name of a file stands for, also of another module; null for anything else. */
export function findRouter(path: string, name: string, context: RouteContext, depth = 0): FoundRouter | null {
  const facts = urlconfOf(path, context.files);
  const own = facts?.routers.get(name);
  const extensions = facts?.extensions.get(name) ?? [];
  const extended =
    depth > 5
      ? []
      : extensions.flatMap((other) => findRouter(path, other, context, depth + 1)?.registrations ?? []);
  const placed = (list: readonly Registration[]): readonly Registered[] =>
    list.map((one) => ({ ...one, path }));
  if (own !== undefined) {
    return { path, facts: own, registrations: [...placed(own.registrations), ...extended] };
  }
  const found = depth > 5 ? null : context.resolver.resolve(path, name);
  if (found?.kind !== 'variable' || (found.path === path && found.name === name)) return null;
  const router = findRouter(found.path, found.name, context, depth + 1);
  if (router === null) return null;
  const here = placed(facts?.registrations.get(name) ?? []);
  return { ...router, registrations: [...router.registrations, ...here, ...extended] };
}

/** Default name of a registration: the model of the viewset's queryset, in small letters. */
export function basenameOf(
  registration: Registration,
  viewset: ViewSet | null,
  { resolver }: Pick<RouteContext, 'resolver'>,
): string | null {
  if (registration.basename !== null) return registration.basename;
  const code = viewset?.attributes.get('queryset')?.code.replace(/\s+/g, '') ?? '';
  // `models.Book.objects.filter(…)`: what stands before the manager.
  const dotted = /^\(*((?:\w+\.)*?[A-Z]\w*)\.[a-z_]\w*/.exec(code)?.[1];
  if (viewset === null || dotted === undefined) return null;
  // A class may be imported by another name than its own.
  const found = resolver.resolve(viewset.path, dotted);
  const name = found?.kind === 'class' ? found.facts.name : found?.kind === 'external' ? found.name : dotted;
  return lastPart(name).toLowerCase();
}

/** How the routes of one router are made. */
interface RouterPlan {
  readonly kind: RouterClass;
  readonly slash: string;
  /** False: its routes are made with path(). */
  readonly regex: boolean;
  /** What its routes stand below: `domains/(?P<domain_pk>[^/.]+)/`. */
  readonly parent: string;
}

/** The routes that a router of Django REST Framework makes from its registrations. */
export function routerRoutes(
  router: FoundRouter,
  outer: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const plan = planOf(router, context);
  const { kind } = plan;
  const name = router.facts.callee;
  const prefix = kind.known
    ? outer
    : { ...outer, unknown: outer.unknown ?? `How ${name} makes its routes is not part of this workspace.` };
  const routes = router.registrations.flatMap((one) => registrationRoutes(one, plan, prefix, context));
  const listed = kind.suffixes ? suffixed(routes, plan) : routes;
  if (!kind.rootView) return listed;
  const root = makeRoute(prefix, {
    pattern: prefix.pattern,
    kind: 'router',
    name: qualify(prefix, kind.rootName),
    view: 'APIRootView',
    methods: ['GET', 'OPTIONS'],
    place: placeIn(router.path, router.facts.span),
  });
  const roots = kind.suffixes
    ? withSuffixes([root], prefix.pattern, { required: false, allowed: [] })
    : [root];
  return [...listed, ...roots];
}

/** `books/` also as `books.<format>/`. */
function suffixed(routes: readonly RouteFacts[], { regex }: RouterPlan): readonly RouteFacts[] {
  if (!regex) return withSuffixes(routes, '', { required: false, allowed: [] });
  return routes.flatMap((route) => [
    route,
    { ...route, pattern: `${route.pattern.replace(/\/$/, '')}.<format>/` },
  ]);
}

function planOf(router: FoundRouter, context: RouteContext, depth = 0): RouterPlan {
  const { facts, path } = router;
  const kind = routerClass(path, facts.callee, context);
  const option = (name: string): ExpressionFacts | undefined =>
    facts.call.keywords.find((keyword) => keyword.name === name)?.value;
  const regex = option('use_regex_path')?.literal !== false;
  const own = facts.trailingSlash ? '/' : '';
  if (!kind.nested || depth > 5) return { kind, slash: own, regex, parent: '' };
  const [over, at] = facts.call.positional;
  const outerName = (over ?? option('parent_router'))?.dotted ?? null;
  const outer = outerName === null ? null : findRouter(path, outerName, context);
  const outerPlan = outer === null ? null : planOf(outer, context, depth + 1);
  const slash = option('trailing_slash') === undefined ? (outerPlan?.slash ?? own) : own;
  const parentPrefix = (at ?? option('parent_prefix'))?.literal;
  if (outer === null || outerPlan === null || typeof parentPrefix !== 'string') {
    return { kind: { ...kind, known: false }, slash, regex, parent: '…' };
  }
  const registered = outer.registrations.find(({ prefix }) => prefix === parentPrefix);
  const viewset = registered === undefined ? null : findViewSet(registered.path, registered.viewset, context);
  const named = option('lookup')?.literal;
  const lookup = `${typeof named === 'string' ? named : `nested_${String(depth + 1)}`}_${lookupOf(viewset)}`;
  return {
    kind: { ...kind, known: kind.known && viewset !== null },
    slash,
    regex,
    parent: `${outerPlan.parent}${parentPrefix}${parentPrefix === '' ? '' : '/'}${parameter(lookup, viewset, regex)}/`,
  };
}

function parameter(name: string, viewset: ViewSet | null, regex: boolean): string {
  if (regex) return `(?P<${name}>[^/.]+)`;
  const converter = (
    viewset?.attributes.get('lookup_value_converter') ?? viewset?.attributes.get('lookup_value_regex')
  )?.literal;
  return `<${typeof converter === 'string' ? converter : 'str'}:${name}>`;
}

function registrationRoutes(
  registration: Registered,
  plan: RouterPlan,
  outer: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const { path, condition, prefixText } = registration;
  const prefix = condition === null ? outer : onlyWhen(outer, condition);
  const written = patternAddress(prefixText, false, path, context);
  const viewset = findViewSet(path, registration.viewset, context);
  const basename = basenameOf(registration, viewset, context);
  const make = (
    template: RouteTemplate,
    methods: readonly string[],
    action: ExtraAction | null,
  ): RouteFacts => {
    const url = template.url.replaceAll('{url_path}', action?.urlPath ?? '');
    const name = template.name.replaceAll('{url_name}', action?.urlName ?? '');
    const lookup = parameter(lookupOf(viewset), viewset, plan.regex);
    return makeRoute(prefix, {
      pattern: `${prefix.pattern}${addressOf(url, written ?? '…', lookup, plan)}`,
      kind: 'router',
      name: basename === null ? null : qualify(prefix, name.replaceAll('{basename}', basename)),
      view: registration.viewset,
      viewPlace: placeOf(viewset, action),
      methods,
      place: placeIn(path, registration.span),
      unknown: prefix.unknown ?? sentence(viewset, written, action) ?? (basename === null ? UNNAMED : null),
    });
  };
  return plan.kind.templates.flatMap((template): readonly RouteFacts[] => {
    if (template.dynamic) {
      const actions =
        viewset === null ? [] : extraActions(viewset).filter(({ detail }) => detail === template.detail);
      return actions.map((action) => make(template, action.methods, action));
    }
    // Of a viewset that is not shown, only its first route is sure to be looked for.
    if (viewset === null) return template.detail ? [] : [make(template, [], null)].map(withoutMethods);
    const actions = template.mapping.filter(([, action]) => viewset.unclear || hasAction(viewset, action));
    if (actions.length === 0) return [];
    const made = make(
      template,
      actions.map(([method]) => method.toUpperCase()),
      null,
    );
    return [viewset.unclear ? withoutMethods(made) : made];
  });
}

function withoutMethods(route: RouteFacts): RouteFacts {
  return { ...route, methods: null };
}

function placeOf(viewset: ViewSet | null, action: ExtraAction | null): Place | null {
  return viewset === null ? null : placeIn(viewset.path, action?.span ?? viewset.facts.span);
}

function sentence(
  viewset: ViewSet | null,
  written: string | null,
  action: ExtraAction | null,
): string | null {
  if (written === null) return 'The prefix is computed when the project runs.';
  return viewset === null || (viewset.unclear && action === null) ? UNCLEAR_VIEWSET : null;
}

function addressOf(
  url: string,
  prefix: string,
  lookup: string,
  { regex, slash, parent }: RouterPlan,
): string {
  const plain = url
    .replaceAll('{prefix}', prefix)
    .replaceAll('{lookup}', lookup)
    .replaceAll('{trailing_slash}', slash)
    .replace(/^\^/, '')
    .replace(/\$$/, '');
  const own = `${parent}${prefix === '' ? plain.replace(/^\//, '') : plain}`;
  return regex ? regexAddress(own) : own;
}
