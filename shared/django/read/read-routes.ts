import type { Place, RouteFacts } from '../project-model.ts';
import { lineageOf } from './class-lineage.ts';
import { findNinjaApi, ninjaNamespace, ninjaRoutes } from './read-ninja.ts';
import { findRouter, routerRoutes } from './read-router.ts';
import { urlconfOf } from './read-urlconf.ts';
import {
  doubted,
  joinPattern,
  makeRoute,
  onlyWhen,
  patternAddress,
  placeIn,
  qualify,
  ROOT,
  type RouteContext,
  type RoutePrefix,
} from './route-prefix.ts';
import { routeView } from './route-view.ts';
import { withSuffixes } from './route-suffixes.ts';
import type { IncludeTarget, UrlEntry } from './url-entry.ts';

/** Every URL pattern below the root URLconf, in the order Django tries them. */
export function readRoutes(rootUrlconf: string, context: RouteContext): readonly RouteFacts[] {
  const file = context.resolver.findModule(rootUrlconf);
  return file === null ? [] : moduleRoutes(file, ROOT, context);
}

type Entry<Kind extends UrlEntry['kind']> = Extract<UrlEntry, { kind: Kind }>;

function moduleRoutes(path: string, prefix: RoutePrefix, context: RouteContext): readonly RouteFacts[] {
  const facts = urlconfOf(path, context.files);
  if (facts === null || prefix.trail.includes(path)) return [];
  const inside = { ...prefix, trail: [...prefix.trail, path, `${path} urlpatterns`] };
  const list = facts.lists.get('urlpatterns');
  if (list !== undefined) return entriesRoutes(list.entries, path, inside, context);
  return importedRoutes(path, 'urlpatterns', inside, context) ?? [];
}

function entriesRoutes(
  entries: readonly UrlEntry[],
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  return entries.flatMap((entry) => entryRoutes(entry, path, prefix, context));
}

function entryRoutes(
  entry: UrlEntry,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  switch (entry.kind) {
    case 'route':
      return [routeOf(entry, path, prefix, context)];
    case 'include':
      return includeRoutes(entry, path, prefix, context);
    case 'name':
      return (
        namedRoutes(entry.dotted, path, prefix, context) ?? [
          unknownRoute(entry.dotted, path, entry.span, prefix),
        ]
      );
    case 'call':
      return callRoutes(entry, path, prefix, context);
    case 'when':
      return entriesRoutes(entry.entries, path, onlyWhen(prefix, entry.condition), context);
    case 'doubt':
      return entriesRoutes(entry.entries, path, doubted(prefix, entry.reason), context);
    case 'language': {
      const reason = 'Stands below a language prefix that Django chooses for each request.';
      return entriesRoutes(entry.entries, path, { ...doubted(prefix, reason), localized: true }, context);
    }
    case 'suffixes':
      return withSuffixes(entriesRoutes(entry.entries, path, prefix, context), prefix.pattern, entry);
    case 'static':
      return [staticRoute(entry, path, prefix, context)];
    case 'unknown':
      return [unknownRoute(entry.code, path, entry.span, prefix)];
  }
}

function routeOf(
  entry: Entry<'route'>,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): RouteFacts {
  const address = patternAddress(entry.pattern, entry.regex, path, context);
  const view = routeView(path, entry.view, context);
  return makeRoute(prefix, {
    pattern: joinPattern(prefix.pattern, address),
    kind: entry.regex ? 're-path' : 'path',
    name: entry.name === null ? null : qualify(prefix, entry.name),
    view: entry.view.code,
    viewPlace: view.place,
    methods: view.methods,
    place: placeIn(path, entry.span),
    unknown: address === null ? 'The pattern is computed when the project runs.' : prefix.unknown,
  });
}

function includeRoutes(
  entry: Entry<'include'>,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const address = patternAddress(entry.pattern, entry.regex, path, context);
  const pattern = joinPattern(prefix.pattern, address);
  const namespace = entry.namespace ?? applicationName(entry.target, path, context);
  const namespaces = namespace === null ? prefix.namespaces : [...prefix.namespaces, namespace];
  const computed = address === null ? 'The prefix is computed when the project runs.' : prefix.unknown;
  const inside = { ...prefix, pattern, namespaces, unknown: computed };
  const routes = targetRoutes(entry.target, path, inside, context);
  const row = makeRoute(prefix, {
    pattern,
    kind: 'include',
    name: namespace === null ? null : namespaces.join(':'),
    place: placeIn(path, entry.span),
    unknown: routes === null ? outsideSentence(entry.target, path, context) : computed,
  });
  return [row, ...(routes ?? [])];
}

function applicationName(target: IncludeTarget, path: string, context: RouteContext): string | null {
  switch (target.kind) {
    case 'module': {
      const file = target.appName === null ? context.resolver.findModule(target.module) : null;
      return file === null ? target.appName : (urlconfOf(file, context.files)?.appName ?? null);
    }
    case 'entries': {
      const [only] = target.entries;
      if (target.appName !== null || only?.kind !== 'name' || target.entries.length > 1)
        return target.appName;
      const found = context.resolver.resolve(path, only.dotted);
      if (found?.kind === 'module') return urlconfOf(found.path, context.files)?.appName ?? null;
      if (found?.kind !== 'variable') return null;
      return urlconfOf(found.path, context.files)?.lists.get(found.name)?.appName ?? null;
    }
    case 'object': {
      const api = findNinjaApi(path, target.dotted.replace(/\.urls$/, ''), context);
      return api === null ? adminSiteName(path, target.dotted, context) : ninjaNamespace(api);
    }
    case 'unknown':
      return null;
  }
}

/** The namespace of an admin site: https://docs.djangoproject.com/en/5.2/ref/contrib/admin/#django.contrib.admin.AdminSite */
function adminSiteName(path: string, urls: string, { resolver }: RouteContext): string | null {
  if (/(^|\.)admin\.site\.urls$/.test(urls)) return 'admin';
  const site = resolver.resolve(path, urls.replace(/\.urls$/, ''));
  const call = site?.kind === 'variable' ? site.value.call : null;
  if (site?.kind !== 'variable' || call === null) return null;
  const made = call.callee === null ? null : resolver.resolve(site.path, call.callee);
  const names =
    made?.kind === 'class'
      ? lineageOf(made.path, made.facts, resolver).names
      : [made?.kind === 'external' ? made.name : ''];
  if (!names.some((name) => /(^|\.)AdminSite$/.test(name))) return null;
  const named = (call.keywords.find(({ name }) => name === 'name')?.value ?? call.positional[0])?.literal;
  return typeof named === 'string' ? named : 'admin';
}

function targetRoutes(
  target: IncludeTarget,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] | null {
  switch (target.kind) {
    case 'module': {
      const file = context.resolver.findModule(target.module);
      return file === null ? null : moduleRoutes(file, prefix, context);
    }
    case 'entries': {
      const [only] = target.entries;
      if (target.entries.length !== 1 || only?.kind !== 'name') {
        return entriesRoutes(target.entries, path, prefix, context);
      }
      return namedRoutes(only.dotted, path, prefix, context);
    }
    case 'object': {
      const api = findNinjaApi(path, target.dotted.replace(/\.urls$/, ''), context);
      return api === null ? null : ninjaRoutes(api, path, prefix, context);
    }
    case 'unknown':
      return null;
  }
}

function outsideSentence(target: IncludeTarget, path: string, context: RouteContext): string {
  if (target.kind === 'module') return `The routes of ${target.module} are not part of this workspace.`;
  if (target.kind === 'object' && adminSiteName(path, target.dotted, context) !== null) {
    return 'Django’s admin makes these routes when the project runs.';
  }
  if (target.kind === 'object') return computedSentence(target.dotted);
  if (target.kind === 'unknown') return computedSentence(target.code);
  const [only] = target.entries;
  return computedSentence(only?.kind === 'name' ? only.dotted : '');
}

function computedSentence(code: string): string {
  return `${code.length > 80 ? `${code.slice(0, 79)}…` : code} is computed when the project runs.`;
}

/** A list, a router's `urls` or a module by its name; null where the source does not tell. */
function namedRoutes(
  dotted: string,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] | null {
  const list = urlconfOf(path, context.files)?.lists.get(dotted);
  const key = `${path} ${dotted}`;
  if (prefix.trail.includes(key)) return inheritedRoutes(dotted, path, prefix, context);
  const inside = { ...prefix, trail: [...prefix.trail, key] };
  if (list !== undefined) return entriesRoutes(list.entries, path, inside, context);
  const owner = /^(.+)\.urls$/.exec(dotted)?.[1];
  const router = owner === undefined ? null : findRouter(path, owner, context);
  if (router !== null) return routerRoutes(router, prefix, context);
  return importedRoutes(path, dotted, inside, context);
}

/** `urlpatterns += […]` of a list that was imported: what it held before. */
function inheritedRoutes(
  name: string,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const { files, resolver } = context;
  const module = files.get(path)?.module;
  const imported = module?.imports.get(name);
  const sources =
    imported === undefined
      ? (module?.starImports ?? []).map((star) => ({ module: star, name }))
      : [{ module: imported.module, name: imported.name ?? name }];
  for (const source of sources.toReversed()) {
    const target = resolver.findFrom(path, source.module);
    const found = target === null ? null : namedRoutes(source.name, target, prefix, context);
    if (found !== null) return found;
  }
  return [];
}

function importedRoutes(
  path: string,
  dotted: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] | null {
  const found = context.resolver.resolve(path, dotted);
  if (found?.kind === 'module') return moduleRoutes(found.path, prefix, context);
  if (found?.kind === 'variable' && found.path !== path) {
    return namedRoutes(found.name, found.path, prefix, context);
  }
  return null;
}

function callRoutes(
  entry: Entry<'call'>,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const key = `${path} ${entry.dotted ?? ''}()`;
  const inside = { ...prefix, trail: [...prefix.trail, key] };
  const returned =
    entry.dotted === null || prefix.trail.includes(key) ? null : returnedBy(entry.dotted, path, context);
  if (returned !== null) return entriesRoutes(returned.entries, returned.path, inside, context);
  const owner = /^(.+)\.get_urls$/.exec(entry.dotted ?? '')?.[1];
  const router = owner === undefined ? null : findRouter(path, owner, context);
  if (router !== null) return routerRoutes(router, prefix, context);
  if (entry.given.length === 0) return [unknownRoute(entry.code, path, entry.span, prefix)];
  const reason = `Passed through ${entry.dotted ?? 'a function'}(), which may change it.`;
  return entriesRoutes(entry.given, path, doubted(prefix, reason), context);
}

function returnedBy(
  dotted: string,
  path: string,
  { files, resolver }: RouteContext,
): { readonly path: string; readonly entries: readonly UrlEntry[] } | null {
  const own = urlconfOf(path, files)?.functions.get(dotted);
  if (own !== undefined) return { path, entries: own };
  const found = resolver.resolve(path, dotted);
  if (found?.kind !== 'function') return null;
  const entries = urlconfOf(found.path, files)?.functions.get(found.facts.name);
  return entries === undefined ? null : { path: found.path, entries };
}

/** https://docs.djangoproject.com/en/5.2/howto/static-files/#serving-files-uploaded-by-a-user-during-development */
function staticRoute(
  entry: Entry<'static'>,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): RouteFacts {
  const address = patternAddress(entry.prefix, false, path, context)?.replace(/^\//, '') ?? null;
  const inside = onlyWhen(prefix, 'settings.DEBUG');
  return makeRoute(inside, {
    pattern: `${joinPattern(prefix.pattern, address)}<path>`,
    kind: 're-path',
    view: entry.code,
    place: placeIn(path, entry.span),
    unknown: address === null ? 'The pattern is computed when the project runs.' : inside.unknown,
  });
}

function unknownRoute(
  code: string,
  path: string,
  span: Omit<Place, 'file'>,
  prefix: RoutePrefix,
): RouteFacts {
  return makeRoute(prefix, {
    pattern: prefix.pattern,
    kind: 'include',
    name: prefix.namespaces.length === 0 ? null : prefix.namespaces.join(':'),
    place: placeIn(path, span),
    unknown: computedSentence(code),
  });
}
