import type { LensDifference, OwnPath } from './lens-difference.ts';
import type { RouteFacts } from './project-model.ts';
import type { RuntimeLens, RuntimeRoute } from './runtime-lens.ts';

/** A route as both lenses know it. */
export type MergedRoute = RouteSides & {
  readonly pattern: string;
  /** With its namespace: `catalog:book-list`. */
  readonly name: string | null;
  /** The statement that makes it: its own, or the include or router it stands below. */
  readonly statement: RouteFacts | null;
};

type RouteSides =
  | { readonly origin: 'source'; readonly source: RouteFacts; readonly runtime: null }
  | { readonly origin: 'runtime'; readonly source: null; readonly runtime: RuntimeRoute }
  | { readonly origin: 'both'; readonly source: RouteFacts; readonly runtime: RuntimeRoute };

/** What the merge needs of the runtime lens. */
export type RouteLens = Pick<RuntimeLens, 'routes'> & Partial<Pick<RuntimeLens, 'settings'>>;

/** All routes in Django's order, then those that only the source has. */
export function mergeRoutes(
  written: readonly RouteFacts[],
  lens: RouteLens | null,
  ownPath: OwnPath,
): { readonly routes: readonly MergedRoute[]; readonly differences: readonly LensDifference[] } {
  const rows = written.filter(({ view, unknown }) => view !== null || unknown !== null);
  if (lens === null) return { routes: rows.map(sourceOnly), differences: [] };
  const open = new Set(written.filter(({ view }) => view !== null));
  const pairs = pair(lens, open);
  const routes = lens.routes.map((runtime): MergedRoute => {
    const source = pairs.get(runtime);
    const known = { pattern: runtime.pattern, name: routeName(runtime) };
    return source === undefined
      ? { ...known, origin: 'runtime', source: null, runtime, statement: statementAbove(runtime, written) }
      : { ...known, origin: 'both', source, runtime, statement: source };
  });
  const missing = [...open].filter(({ unknown }) => unknown === null);
  return {
    routes: [...routes, ...missing.map(sourceOnly)],
    differences: [
      ...[...pairs].flatMap(([runtime, source]) => routeDifferences(source, runtime, ownPath)),
      ...missing.map((route) => difference(route, 'presence', route.view, null)),
    ],
  };
}

/** The name of a route of Django with its namespaces. */
export function routeName({ namespace, name }: Pick<RuntimeRoute, 'namespace' | 'name'>): string | null {
  return name === null || namespace === null ? name : `${namespace}:${name}`;
}

function sourceOnly(source: RouteFacts): MergedRoute {
  const { pattern, name } = source;
  return { pattern, name, origin: 'source', source, runtime: null, statement: source };
}

/** Ways in which two routes are the same one, the surest first. */
const WAYS: readonly ((runtime: RuntimeRoute, lens: Pick<RouteLens, 'settings'>) => string)[] = [
  (runtime) => `${runtime.pattern} ${routeName(runtime) ?? ''}`,
  (runtime, lens) => `${withoutLanguage(runtime.pattern, lens)} ${routeName(runtime) ?? ''}`,
];

/** Finds the route of the source for each one of Django, and takes it from those that are open. */
function pair(lens: RouteLens, open: Set<RouteFacts>): ReadonlyMap<RuntimeRoute, RouteFacts> {
  const pairs = new Map<RuntimeRoute, RouteFacts>();
  const take = (runtime: RuntimeRoute, source: RouteFacts | undefined): void => {
    if (source === undefined) return;
    pairs.set(runtime, source);
    open.delete(source);
  };
  for (const way of WAYS) {
    const byKey = grouped(open, ({ pattern, name }) => `${pattern} ${name ?? ''}`);
    for (const runtime of lens.routes) {
      if (!pairs.has(runtime)) take(runtime, byKey.get(way(runtime, lens))?.shift());
    }
  }
  const left = lens.routes.filter((runtime) => !pairs.has(runtime));
  const byName = grouped(open, ({ name }) => name ?? '');
  const byPattern = grouped(open, ({ pattern }) => pattern);
  for (const runtime of left) {
    const named = byName.get(routeName(runtime) ?? '') ?? [];
    const at = byPattern.get(runtime.pattern) ?? [];
    const computed = named.find((source) => open.has(source) && isLike(source.pattern, runtime.pattern));
    const same = [...at, ...(routeName(runtime) === null ? [] : named)];
    take(runtime, computed ?? same.find((source) => open.has(source) && isView(source, runtime)));
  }
  return pairs;
}

function grouped(
  routes: Iterable<RouteFacts>,
  key: (route: RouteFacts) => string,
): Map<string, RouteFacts[]> {
  const groups = new Map<string, RouteFacts[]>();
  for (const route of routes) {
    const group = groups.get(key(route));
    if (group === undefined) groups.set(key(route), [route]);
    else group.push(route);
  }
  return groups;
}

/** The path without the prefix that `i18n_patterns` puts before it for the language Django was started with. */
function withoutLanguage(pattern: string, { settings }: Pick<RouteLens, 'settings'>): string {
  const language = settings?.['LANGUAGE_CODE'];
  const prefix = typeof language === 'string' ? `/${language}/` : null;
  return prefix !== null && pattern.startsWith(prefix) ? pattern.slice(prefix.length - 1) : pattern;
}

/** Whether a path fits a pattern that has computed parts. */
function isLike(pattern: string, path: string): boolean {
  if (!pattern.includes('…')) return false;
  const [first = '', ...rest] = pattern.split('…');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const next = part === '' ? path.length : path.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  return at === path.length;
}

/** Whether the code of a view in the source names the view that Django calls. */
function isView(source: RouteFacts, { view }: RuntimeRoute): boolean {
  const name = view.slice(view.lastIndexOf('.') + 1);
  return new RegExp(`(^|\\W)${name.replace(/\W/g, '')}(\\W|$)`).test(source.view ?? '');
}

function statementAbove(runtime: RuntimeRoute, written: readonly RouteFacts[]): RouteFacts | null {
  const above = written.filter(
    ({ pattern, kind }) =>
      (kind === 'include' && runtime.pattern.startsWith(pattern)) ||
      // A router also makes routes that the source lens does not list.
      (kind === 'router' && runtime.pattern.startsWith(pattern.replace(/\/$/, ''))),
  );
  return above.reduce<RouteFacts | null>(
    (best, facts) => (best === null || facts.pattern.length > best.pattern.length ? facts : best),
    null,
  );
}

function difference(
  route: RouteFacts,
  aspect: LensDifference['aspect'],
  source: string | null,
  runtime: string | null,
): LensDifference {
  return { subject: route.pattern, aspect, source, runtime, place: route.place };
}

function routeDifferences(
  source: RouteFacts,
  runtime: RuntimeRoute,
  ownPath: OwnPath,
): readonly LensDifference[] {
  const name = routeName(runtime);
  const found: LensDifference[] = [];
  const certain = source.unknown === null;
  if (certain && source.pattern !== runtime.pattern) {
    found.push(difference(source, 'pattern', source.pattern, runtime.pattern));
  }
  if (certain && source.name !== name) found.push(difference(source, 'name', source.name, name));
  const file = runtime.file === null ? null : ownPath(runtime.file);
  const elsewhere = source.viewPlace !== null && file !== null && source.viewPlace.file !== file;
  if (elsewhere && !isView(source, runtime)) {
    found.push(difference(source, 'view', source.view, runtime.view));
  }
  return found;
}
