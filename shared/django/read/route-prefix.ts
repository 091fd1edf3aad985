import type { Literal } from '../../python/literal.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { Place, RouteFacts } from '../project-model.ts';
import { urlconfOf } from './read-urlconf.ts';
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
  const text = textOf(pattern, path, context, 0);
  return text !== null && regex ? regexAddress(text) : text;
}

function textOf(pattern: PatternText, path: string, context: RouteContext, depth: number): string | null {
  const parts = pattern?.map((part) => {
    if (typeof part === 'string') return part;
    if ('dotted' in part) return constantText(path, part.dotted, context, depth + 1);
    const holds = settingValue(part.setting, context) ?? DEFAULTS[part.setting];
    return typeof holds === 'boolean' ? textOf(holds ? part.yes : part.no, path, context, depth) : null;
  });
  return parts === undefined || parts.some((part) => part === null) ? null : parts.join('');
}

/** https://docs.djangoproject.com/en/5.2/ref/settings/ */
const DEFAULTS: Readonly<Record<string, boolean>> = { APPEND_SLASH: true, USE_I18N: true };

/** An address behind its prefix; `…` stands for what is computed. */
export function joinPattern(prefix: string, address: string | null): string {
  return `${prefix}${address ?? '…'}`;
}

function constantText(path: string, dotted: string, context: RouteContext, depth: number): string | null {
  const { resolver, files } = context;
  const own = depth > 5 ? undefined : urlconfOf(path, files)?.constants.get(dotted);
  if (own !== undefined) return textOf(own, path, context, depth);
  const found = resolver.resolve(path, dotted);
  const setting =
    found?.kind === 'external' ? /^django\.conf\.settings\.(\w+)$/.exec(found.name)?.[1] : undefined;
  if (found?.kind === 'variable' && found.path !== path && depth < 5) {
    return plainText(found.value.literal) ?? constantText(found.path, found.name, context, depth + 1);
  }
  const value = found?.kind === 'variable' ? found.value.literal : undefined;
  return plainText(setting === undefined ? value : settingValue(setting, context));
}

function settingValue(name: string, { resolver, settingsFile }: RouteContext): Literal | undefined {
  if (settingsFile === undefined || settingsFile === null) return undefined;
  const found = resolver.resolve(settingsFile, name);
  return found?.kind === 'variable' ? found.value.literal : undefined;
}

function plainText(value: Literal | undefined): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** A range of a file as a place. */
export function placeIn(file: string, { start, end, line }: Omit<Place, 'file'>): Place {
  return { file, start, end, line };
}
