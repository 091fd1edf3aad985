import type { ViewFacts } from '../../../shared/django/component-model.ts';
import type { RouteReference } from '../../../shared/django/operations/parts.ts';
import type { Place, ProjectSnapshot, RouteFacts } from '../../../shared/django/project-model.ts';
import { readString } from '../../../shared/python/string-code.ts';
import type { RouteRow } from './route-rows.ts';

/** The route that a row's statement makes; null where the source does not show one, or one makes several. */
export function routeOf(snapshot: ProjectSnapshot, row: RouteRow): RouteFacts | null {
  const { statement } = row;
  if (statement === null) return null;
  const made = snapshot.routes.filter(({ place }) => isSamePlace(place, statement));
  return made.find(({ pattern }) => pattern === row.pattern) ?? made[0] ?? null;
}

/** What operations name a route by. */
export function referenceOf({ place, pattern }: RouteFacts): RouteReference {
  return { file: place.file, start: place.start, pattern };
}

/** Where the route goes when it moves one place up or down; undefined where it can't. */
export function placeBeside(
  snapshot: ProjectSnapshot,
  route: RouteFacts,
  step: -1 | 1,
): RouteReference | null | undefined {
  const siblings = snapshot.routes
    .filter(({ place, kind }) => place.file === route.place.file && kind !== 'ninja')
    .filter(({ place }, at, all) => all.findIndex((other) => isSamePlace(other.place, place)) === at)
    .sort((one, other) => one.place.start - other.place.start);
  const at = siblings.findIndex(({ place }) => isSamePlace(place, route.place));
  const next = at + step;
  if (at < 0 || next < 0 || next >= siblings.length) return undefined;
  const after = step === 1 ? siblings[next] : siblings[next - 1];
  return after === undefined ? null : referenceOf(after);
}

/** The URLconfs that have routes, and the root one. */
export function urlconfs({ routes }: ProjectSnapshot): readonly string[] {
  return [...new Set(routes.map(({ place }) => place.file))];
}

/** The view class or function of a route, as the source lens reads it. */
export function viewOf(snapshot: ProjectSnapshot, row: RouteRow): ViewFacts | null {
  const { viewPlace, view } = row;
  const name = view
    .replace(/\.as_view\(.*$/s, '')
    .split('.')
    .at(-1);
  const named = snapshot.views.filter((each) => each.name === name);
  if (viewPlace === null) return named.length === 1 ? (named[0] ?? null) : null;
  return (
    named.find(({ place }) => viewPlace.file === place.file || viewPlace.file.endsWith(`/${place.file}`)) ??
    null
  );
}

/** The path or regular expression in a statement: the first argument of its call, where it is a string. */
export function ownPath(statement: string): string | null {
  const string = /^[^'"(#]*\(\s*[rR]?(('|")(?:\\.|(?!\2)[^\\\n])*\2)/su.exec(statement)?.[1];
  if (string === undefined) return null;
  // A regular expression is a raw string: its backslashes are its own.
  return readString(string) ?? string.slice(1, -1);
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.file === other.file && one.start === other.start;
}
