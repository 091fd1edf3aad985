import type { ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { Place, RouteFacts } from '../project-model.ts';
import { regexAddress } from './regex-address.ts';
import type { PatternText } from './url-entry.ts';

/** What the route reader needs to know of the project. */
export interface RouteContext {
  readonly files: ProjectFiles;
  readonly resolver: ModuleResolver;
  /** The settings module, for patterns that are put together from settings. */
  readonly settingsFile?: string | null;
}

/** Where in the tree of includes the reader stands. */
export interface RoutePrefix {
  readonly pattern: string;
  readonly namespaces: readonly string[];
  /** Why the routes below may be other ones; null when they are certain. */
  readonly unknown: string | null;
  /** The condition around them, as written. */
  readonly condition: string | null;
  /** Below `i18n_patterns`. */
  readonly localized: boolean;
  /** Files on the way here, to stop at a circle. */
  readonly trail: readonly string[];
}

/** The place of a root URLconf. */
export const ROOT: RoutePrefix = {
  pattern: '/',
  namespaces: [],
  unknown: null,
  condition: null,
  localized: false,
  trail: [],
};

/** A route's name with the namespaces around it. */
export function qualify(prefix: RoutePrefix, name: string): string {
  return [...prefix.namespaces, name].join(':');
}

/** The prefix below a condition. */
export function onlyWhen(prefix: RoutePrefix, condition: string): RoutePrefix {
  const all = prefix.condition === null ? condition : `${prefix.condition} and ${condition}`;
  return { ...prefix, condition: all, unknown: prefix.unknown ?? `Only there when ${condition}.` };
}

/** The prefix of patterns that may come out other than they are written. */
export function doubted(prefix: RoutePrefix, reason: string): RoutePrefix {
  return { ...prefix, unknown: prefix.unknown ?? reason };
}

/** A route below a prefix; what is not given is not known. */
export function makeRoute(
  prefix: RoutePrefix,
  facts: Pick<RouteFacts, 'pattern' | 'kind' | 'place'> & Partial<RouteFacts>,
): RouteFacts {
  const { condition, localized, unknown } = prefix;
  return { name: null, view: null, viewPlace: null, methods: null, condition, localized, unknown, ...facts };
}

/** The text of a pattern as an address; null where a part of it is computed. */
export function patternAddress(
  pattern: PatternText,
  regex: boolean,
  path: string,
  context: RouteContext,
): string | null {
  const parts = pattern?.map((part) =>
    typeof part === 'string' ? part : constantText(path, part.dotted, context),
  );
  if (parts === undefined || parts.some((part) => part === null)) return null;
  const text = parts.join('');
  return regex ? regexAddress(text) : text;
}

/** An address behind its prefix; `…` stands for what is computed. */
export function joinPattern(prefix: string, address: string | null): string {
  return `${prefix}${address ?? '…'}`;
}

function constantText(path: string, dotted: string, { resolver, settingsFile }: RouteContext): string | null {
  const found = resolver.resolve(path, dotted);
  const setting =
    found?.kind === 'external' ? /^django\.conf\.settings\.(\w+)$/.exec(found.name)?.[1] : undefined;
  const constant =
    setting !== undefined && settingsFile !== undefined && settingsFile !== null
      ? resolver.resolve(settingsFile, setting)
      : found;
  const value = constant?.kind === 'variable' ? constant.value.literal : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** A range of a file as a place. */
export function placeIn(file: string, { start, end, line }: Omit<Place, 'file'>): Place {
  return { file, start, end, line };
}
