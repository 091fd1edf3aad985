import type { ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { Place } from '../project-model.ts';

/** What the route reader needs to know of the project. */
export interface RouteContext {
  readonly files: ProjectFiles;
  readonly resolver: ModuleResolver;
}

/** Where in the tree of includes the reader stands. */
export interface RoutePrefix {
  readonly pattern: string;
  readonly namespaces: readonly string[];
  /** Why the routes below may be other ones; null when they are certain. */
  readonly unknown: string | null;
  /** Files on the way here, to stop at a circle. */
  readonly trail: readonly string[];
}

/** A route's name with the namespaces around it. */
export function qualify(prefix: RoutePrefix, name: string): string {
  return [...prefix.namespaces, name].join(':');
}

/** A pattern behind its prefix; the anchor of a regular expression stands for the prefix. */
export function joinPattern(prefix: string, pattern: string | null, regex: boolean): string {
  if (pattern === null) return `${prefix}…`;
  return prefix + (regex ? pattern.replace(/^\^/, '') : pattern);
}

/** A range of a file as a place. */
export function placeIn(file: string, { start, end, line }: Omit<Place, 'file'>): Place {
  return { file, start, end, line };
}
