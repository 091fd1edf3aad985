import type { ProjectFiles } from '../project-files.ts';
import type { Place, RouteFacts } from '../project-model.ts';
import { routerRoutes } from './read-router.ts';
import { readUrlconf, type IncludeTarget, type UrlconfFacts, type UrlEntry } from './read-urlconf.ts';
import { joinPattern, placeIn, qualify, type RouteContext, type RoutePrefix } from './route-prefix.ts';

/** Every URL pattern below the root URLconf, in the order Django tries them. */
export function readRoutes(rootUrlconf: string, context: RouteContext): readonly RouteFacts[] {
  const file = context.resolver.findModule(rootUrlconf);
  if (file === null) return [];
  return moduleRoutes(file, { pattern: '/', namespaces: [], unknown: null, trail: [] }, context);
}

/** The facts of one URLconf, read once a version of its file. */
export function urlconfOf(path: string, files: ProjectFiles): UrlconfFacts | null {
  return files.derived(path, readUrlconf);
}

function moduleRoutes(path: string, prefix: RoutePrefix, context: RouteContext): readonly RouteFacts[] {
  const facts = urlconfOf(path, context.files);
  if (facts === null || prefix.trail.includes(path)) return [];
  const inside = { ...prefix, trail: [...prefix.trail, path] };
  const entries = facts.lists.get('urlpatterns');
  if (entries !== undefined) return entriesRoutes(entries, path, inside, context);
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
    case 'when': {
      const unknown = prefix.unknown ?? `Only there when ${entry.condition}.`;
      return entriesRoutes(entry.entries, path, { ...prefix, unknown }, context);
    }
    case 'language': {
      const unknown =
        prefix.unknown ?? 'Stands below a language prefix that Django chooses for each request.';
      return entriesRoutes(entry.entries, path, { ...prefix, unknown }, context);
    }
    case 'unknown':
      return [unknownRoute(entry.code, path, entry.span, prefix)];
  }
}

function routeOf(
  entry: Extract<UrlEntry, { kind: 'route' }>,
  path: string,
  prefix: RoutePrefix,
  { resolver }: RouteContext,
): RouteFacts {
  const view = entry.viewName === null ? null : resolver.resolve(path, entry.viewName);
  const known = view?.kind === 'function' || view?.kind === 'class';
  return {
    pattern: joinPattern(prefix.pattern, entry.pattern, entry.regex),
    kind: entry.regex ? 're-path' : 'path',
    name: entry.name === null ? null : qualify(prefix, entry.name),
    view: entry.view,
    viewPlace: known ? placeIn(view.path, view.facts.span) : null,
    place: placeIn(path, entry.span),
    methods: null,
    condition: null,
    localized: false,
    unknown: entry.pattern === null ? 'The pattern is computed when the project runs.' : prefix.unknown,
  };
}

function includeRoutes(
  entry: Extract<UrlEntry, { kind: 'include' }>,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] {
  const pattern = joinPattern(prefix.pattern, entry.pattern, entry.regex);
  const namespace = entry.namespace ?? applicationName(entry.target, path, context);
  const namespaces = namespace === null ? prefix.namespaces : [...prefix.namespaces, namespace];
  const computed = entry.pattern === null ? 'The prefix is computed when the project runs.' : prefix.unknown;
  const inside = { ...prefix, pattern, namespaces, unknown: computed };
  const routes = targetRoutes(entry.target, path, inside, context);
  const row: RouteFacts = {
    pattern,
    kind: 'include',
    name: namespace === null ? null : namespaces.join(':'),
    view: null,
    viewPlace: null,
    place: placeIn(path, entry.span),
    methods: null,
    condition: null,
    localized: false,
    unknown: routes === null ? outsideSentence(entry.target) : computed,
  };
  return [row, ...(routes ?? [])];
}

function applicationName(target: IncludeTarget, path: string, context: RouteContext): string | null {
  if (target.kind === 'list' || target.kind === 'name') {
    if (target.appName !== null) return target.appName;
    const module = target.kind === 'name' ? context.resolver.resolve(path, target.dotted) : null;
    return module?.kind === 'module' ? (urlconfOf(module.path, context.files)?.appName ?? null) : null;
  }
  const file = target.kind === 'module' ? context.resolver.findModule(target.module) : null;
  return file === null ? null : (urlconfOf(file, context.files)?.appName ?? null);
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
    case 'list':
      return entriesRoutes(target.entries, path, prefix, context);
    case 'name':
      return namedRoutes(target.dotted, path, prefix, context);
    case 'unknown':
      return null;
  }
}

function outsideSentence(target: IncludeTarget): string {
  if (target.kind === 'module') return `The routes of ${target.module} are not part of this workspace.`;
  if (target.kind === 'unknown' && /(^|\.)site\.urls$/.test(target.code)) {
    return 'Django’s admin makes these routes when the project runs.';
  }
  const code = target.kind === 'unknown' ? target.code : target.kind === 'name' ? target.dotted : '';
  return `${code} is computed when the project runs.`;
}

/** A list, a router's `urls` or a module by its name; null where the source does not tell. */
function namedRoutes(
  dotted: string,
  path: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] | null {
  const facts = urlconfOf(path, context.files);
  const list = facts?.lists.get(dotted);
  if (list !== undefined) {
    const key = `${path} ${dotted}`;
    if (prefix.trail.includes(key)) return [];
    return entriesRoutes(list, path, { ...prefix, trail: [...prefix.trail, key] }, context);
  }
  const owner = /^(.+)\.urls$/.exec(dotted)?.[1];
  const router = owner === undefined ? undefined : facts?.routers.get(owner);
  if (router !== undefined) return routerRoutes(router, path, prefix, context);
  return importedRoutes(path, dotted, prefix, context);
}

function importedRoutes(
  path: string,
  dotted: string,
  prefix: RoutePrefix,
  context: RouteContext,
): readonly RouteFacts[] | null {
  const module = context.resolver.resolve(path, dotted);
  if (module?.kind === 'module') return moduleRoutes(module.path, prefix, context);
  if (module?.kind === 'variable' && module.path !== path) {
    return namedRoutes(module.name, module.path, prefix, context);
  }
  const [, owner, last] = /^(.+)\.(\w+)$/.exec(dotted) ?? [];
  if (owner === undefined || last === undefined) return null;
  const found = context.resolver.resolve(path, owner);
  if (found?.kind === 'variable' && found.path !== path) {
    return namedRoutes(`${found.name}.${last}`, found.path, prefix, context);
  }
  return null;
}

function unknownRoute(
  code: string,
  path: string,
  span: Omit<Place, 'file'>,
  prefix: RoutePrefix,
): RouteFacts {
  return {
    pattern: prefix.pattern,
    kind: 'include',
    name: null,
    view: null,
    viewPlace: null,
    place: placeIn(path, span),
    methods: null,
    condition: null,
    localized: false,
    unknown: `${code.length > 80 ? `${code.slice(0, 79)}…` : code} is computed when the project runs.`,
  };
}
