import type { CallFacts, ExpressionFacts, PythonFunction } from '../../python/python-module.ts';
import type { RouteFacts } from '../project-model.ts';
import { lastPart, lineageOf } from './class-lineage.ts';
import { urlconfOf } from './read-urlconf.ts';
import { doubted, makeRoute, placeIn, qualify, type RouteContext, type RoutePrefix } from './route-prefix.ts';
import { textsOf } from './view-methods.ts';

/** A `NinjaAPI` or a `Router` of django-ninja in a variable. */
export interface NinjaObject {
  readonly path: string;
  readonly name: string;
  readonly call: CallFacts;
}

const METHODS = /^(?:http_)?(get|post|put|patch|delete)$/;

/** The `NinjaAPI` that a name of a file stands for; null for anything else. */
export function findNinjaApi(path: string, dotted: string, context: RouteContext): NinjaObject | null {
  return findObject(path, dotted, /^Ninja(Extra)?API$/, context);
}

function findObject(path: string, dotted: string, kind: RegExp, context: RouteContext): NinjaObject | null {
  const { resolver } = context;
  const found = resolver.resolve(path, dotted);
  const call = found?.kind === 'variable' ? found.value.call : null;
  const callee = call?.callee ?? null;
  if (found?.kind !== 'variable' || call === null || callee === null) return null;
  const type = resolver.resolve(found.path, callee);
  const names =
    type?.kind === 'class'
      ? [type.facts.name, ...lineageOf(type.path, type.facts, resolver).names]
      : [type?.kind === 'external' && type.name.startsWith('ninja') ? type.name : ''];
  return names.some((name) => kind.test(lastPart(name)))
    ? { path: found.path, name: found.name, call }
    : null;
}

function option({ call }: { readonly call: CallFacts }, name: string): ExpressionFacts | undefined {
  return call.keywords.find((keyword) => keyword.name === name)?.value;
}

/** https://django-ninja.dev/guides/urls/: `api-1.0.0` where nothing else is said. */
export function ninjaNamespace(api: NinjaObject): string {
  const named = option(api, 'urls_namespace')?.literal;
  const version = option(api, 'version')?.literal;
  return typeof named === 'string' ? named : `api-${typeof version === 'string' ? version : '1.0.0'}`;
}

/** Where the operations of a router stand. */
interface Mount {
  /** The prefixes of the routers around it. */
  readonly base: string;
  /** `url_name_prefix` of `add_router()`; null without one. */
  readonly names: string | null;
}

/** The routes of an API: its own pages, its operations and those of its routers and controllers. */
export function ninjaRoutes(
  api: NinjaObject,
  includedBy: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const statement = context.files.get(api.path)?.module.variables.get(api.name);
  const calls = [...new Set([api.path, includedBy])].flatMap((path) => callsOn(api, path, context));
  const page = (path: string, name: string, view: string): RouteFacts =>
    makeRoute(prefix, {
      pattern: `${prefix.pattern}${path.replace(/^\//, '')}`,
      kind: 'ninja',
      name: qualify(prefix, name),
      view,
      place: calls[0]?.place ?? wholeFile(api.path),
    });
  const address = (name: string, otherwise: string): string | null => {
    const value = option(api, name)?.literal;
    return typeof value === 'string' ? value : value === undefined ? otherwise : null;
  };
  const openapi = address('openapi_url', '/openapi.json');
  const docs = openapi === null ? null : address('docs_url', '/docs');
  return [
    ...(openapi === null ? [] : [page(openapi, 'openapi-json', 'ninja.openapi.views.openapi_json')]),
    ...(docs === null ? [] : [page(docs, 'openapi-view', 'ninja.openapi.views.openapi_view')]),
    ...(statement === undefined ? [] : ownRoutes(api, { base: '', names: null }, prefix, context, [])),
    ...calls.flatMap((call) => controllersOf(call, prefix, context)),
    page('', 'api-root', 'ninja.openapi.views.default_home'),
  ];
}

interface PlacedCall {
  readonly method: string;
  readonly call: CallFacts;
  readonly path: string;
  readonly place: RouteFacts['place'];
}

function wholeFile(path: string): RouteFacts['place'] {
  return { file: path, start: 0, end: 0, line: 1 };
}

/** Calls of methods of an object, in the module that makes it or in one that imports it. */
function callsOn(
  object: NinjaObject,
  path: string,
  { files, resolver }: RouteContext,
): readonly PlacedCall[] {
  const all = [...(urlconfOf(path, files)?.methodCalls ?? [])];
  return all.flatMap(([owner, calls]) => {
    const found = resolver.resolve(path, owner);
    if (found?.kind !== 'variable' || found.path !== object.path || found.name !== object.name) return [];
    return calls.map(({ method, call, span }) => ({ method, call, path, place: placeIn(path, span) }));
  });
}

/** The operations of an API or a router, then those of the routers that are added to it. */
function ownRoutes(
  object: NinjaObject,
  mount: Mount,
  prefix: RoutePrefix,
  context: RouteContext,
  trail: readonly string[],
): readonly RouteFacts[] {
  const key = `${object.path} ${object.name}`;
  if (trail.includes(key)) return [];
  const functions = context.files.get(object.path)?.module.functions ?? [];
  const own = functions.flatMap((made) => operationsOf(made, object.name, object.path, mount, prefix));
  const added = callsOn(object, object.path, context).flatMap((call) => {
    if (call.method !== 'add_router') return [];
    return addedRoutes(call, mount, prefix, context, [...trail, key]);
  });
  return [...own, ...added];
}

function addedRoutes(
  { call, path }: PlacedCall,
  { base, names }: Mount,
  prefix: RoutePrefix,
  context: RouteContext,
  trail: readonly string[],
): readonly RouteFacts[] {
  const at = (option({ call }, 'prefix') ?? call.positional[0])?.literal;
  const router = option({ call }, 'router') ?? call.positional[1];
  const inside =
    typeof at === 'string' ? prefix : doubted(prefix, 'The prefix is computed when the project runs.');
  const full = joined(base, typeof at === 'string' ? at : '…');
  const found = routerNamed(router, path, context);
  const named = option({ call }, 'url_name_prefix')?.literal;
  const mount = { base: full, names: typeof named === 'string' ? named : names };
  if (found !== null) return ownRoutes(found, mount, inside, context, trail);
  return [
    makeRoute(inside, {
      pattern: `${prefix.pattern}${full}`,
      kind: 'include',
      place: wholeFile(path),
      unknown: `The routes of ${router?.code ?? 'a router'} are not part of this workspace.`,
    }),
  ];
}

/** A router by its name or by its dotted path as text. */
function routerNamed(
  router: ExpressionFacts | undefined,
  path: string,
  context: RouteContext,
): NinjaObject | null {
  const kind = /Router$/;
  if (router?.dotted !== undefined && router.dotted !== null)
    return findObject(path, router.dotted, kind, context);
  const [, module, name] =
    /^(.+)\.(\w+)$/.exec(typeof router?.literal === 'string' ? router.literal : '') ?? [];
  const file = module === undefined ? null : context.resolver.findModule(module);
  return file === null || name === undefined ? null : findObject(file, name, kind, context);
}

/** `@api.get('/books')` above a function makes one route. */
function operationsOf(
  made: PythonFunction,
  owner: string,
  path: string,
  mount: Mount,
  prefix: RoutePrefix,
): readonly RouteFacts[] {
  return made.decorators.flatMap(({ call }): readonly RouteFacts[] => {
    const [, object, method = ''] = /^(.+)\.(\w+)$/.exec(call?.callee ?? '') ?? [];
    return call === null || object !== owner ? [] : operation(made, method, call, path, mount, prefix);
  });
}

function operation(
  made: PythonFunction,
  method: string,
  call: CallFacts,
  path: string,
  { base, names }: Mount,
  prefix: RoutePrefix,
): readonly RouteFacts[] {
  const several = /^(api_operation|http_generic|generic)$/.test(method);
  const verb = METHODS.exec(method)?.[1];
  if (verb === undefined && !several) return [];
  const at =
    (option({ call }, 'path') ?? call.positional[several ? 1 : 0])?.literal ?? (several ? undefined : '');
  const methods =
    verb === undefined ? textsOf((option({ call }, 'methods') ?? call.positional[0])?.literal) : [verb];
  const named = option({ call }, 'url_name')?.literal;
  const otherwise = names === null ? made.name : `${names}_${made.name}`;
  return [
    makeRoute(prefix, {
      pattern: `${prefix.pattern}${joined(base, typeof at === 'string' ? at : '…')}`,
      kind: 'ninja',
      name: qualify(prefix, typeof named === 'string' ? named : otherwise),
      view: made.name,
      viewPlace: placeIn(path, made.span),
      methods: methods?.map((each) => each.toUpperCase()) ?? null,
      place: placeIn(path, made.span),
      unknown: typeof at === 'string' ? prefix.unknown : 'The pattern is computed when the project runs.',
    }),
  ];
}

/** Controllers of django-ninja-extra: `api.register_controllers(UserController)`. */
function controllersOf(
  { method, call, path, place }: PlacedCall,
  prefix: RoutePrefix,
  context: RouteContext,
) {
  if (method === 'auto_discover_controllers') {
    const unknown = 'Controllers are looked for in the installed apps when the project runs.';
    return [makeRoute(prefix, { pattern: prefix.pattern, kind: 'include', place, unknown })];
  }
  if (method !== 'register_controllers') return [];
  return call.positional.flatMap((controller) => controllerRoutes(controller, path, prefix, context));
}

function controllerRoutes(
  controller: ExpressionFacts,
  path: string,
  prefix: RoutePrefix,
  { files, resolver }: RouteContext,
): readonly RouteFacts[] {
  const [, module, name] =
    /^(.+)\.(\w+)$/.exec(typeof controller.literal === 'string' ? controller.literal : '') ?? [];
  const file = module === undefined ? path : resolver.findModule(module);
  const found = file === null ? null : resolver.resolve(file, name ?? controller.dotted ?? '');
  const decorators = found?.kind === 'class' ? (files.get(found.path)?.module.classes ?? []) : [];
  const facts =
    found?.kind === 'class' ? decorators.find((each) => each.name === found.facts.name) : undefined;
  if (found?.kind !== 'class' || facts === undefined) return [];
  const marked = facts.decorators.find(({ call }) => call?.callee?.endsWith('api_controller') === true)?.call;
  const base = (
    marked?.keywords.find((each) => each.name === 'prefix_or_class')?.value ?? marked?.positional[0]
  )?.literal;
  const mount = { base: typeof base === 'string' ? base : '', names: null };
  return facts.methods.flatMap((made) =>
    made.decorators.flatMap(({ call }) =>
      call === null ? [] : operation(made, lastPart(call.callee ?? ''), call, found.path, mount, prefix),
    ),
  );
}

/** Double slashes are taken for a mistake, and braces are Django's angle brackets. */
function joined(base: string, path: string): string {
  const both = [base, path].filter((part) => part !== '').join('/');
  return both
    .replace(/\/{2,}/g, '/')
    .replace(/^\//, '')
    .replaceAll('{', '<')
    .replaceAll('}', '>');
}
