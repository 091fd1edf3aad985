import { Failure } from '../../../contract/failure.ts';
import { isIdentifier, isKeyword } from '../../../python/python-code.ts';
import type { PlanContext } from '../plan-context.ts';

/** https://docs.djangoproject.com/en/5.2/topics/http/urls/#path-converters */
const CONVERTERS = ['str', 'int', 'slug', 'uuid', 'path'];

/** The converters of Django and those that the project registers. */
export function knownConverters({ files }: PlanContext): ReadonlySet<string> {
  const own = files.paths().flatMap((path) => {
    const text = path.endsWith('.py') ? (files.get(path)?.text ?? '') : '';
    if (!text.includes('register_converter')) return [];
    return [...text.matchAll(/register_converter\([^)]*["'](\w+)["']\s*,?\s*\)/g)].map(
      ([, name]) => name ?? '',
    );
  });
  return new Set([...CONVERTERS, ...own]);
}

function invalid(message: string, path: string): Failure {
  return new Failure('invalid-input', message, { path });
}

/** Names of the parts in angle brackets; refuses what `path()` does not understand. */
export function pathParameters(
  route: string,
  converters: ReadonlySet<string> = new Set(CONVERTERS),
): readonly string[] {
  if (/[\s'"\\?#]/.test(route))
    throw invalid('A path has no spaces, quotes, backslashes, question marks or number signs.', route);
  const names: string[] = [];
  const rest = route.replace(
    /<(?:([^<>:]+):)?([^<>:]*)>/g,
    (_whole, converter: string | undefined, name: string) => {
      if (converter !== undefined && !converters.has(converter)) {
        throw invalid(
          `“${converter}” is not a converter of Django: use str, int, slug, uuid or path.`,
          route,
        );
      }
      if (!isIdentifier(name) || isKeyword(name))
        throw invalid(`“${name}” can’t be the name of a part of the path.`, route);
      if (names.includes(name)) throw invalid(`Two parts of the path are called “${name}”.`, route);
      names.push(name);
      return '';
    },
  );
  if (/[<>]/.test(rest)) throw invalid('Each < of a path needs its >: <int:pk>.', route);
  return names;
}

/** A regular expression of Python as JavaScript has it; null where it is none. */
export function asRegExp(pattern: string): RegExp | null {
  const source = pattern
    .replace(/\(\?P</g, '(?<')
    .replace(/\\Z/g, '$')
    .replace(/\\A/g, '^');
  try {
    return new RegExp(source);
  } catch {
    return null;
  }
}

/** Names of the groups of a regular expression; refuses what is none. */
export function regexParameters(pattern: string): readonly string[] {
  if (/[\n\r"']/.test(pattern))
    throw invalid('A regular expression of a route has no quotes and no line breaks.', pattern);
  if (asRegExp(pattern) === null) throw invalid(`“${pattern}” is not a regular expression.`, pattern);
  return [...pattern.matchAll(/\(\?P<(\w+)>/g)].map(([, name]) => name ?? '');
}

/** Refuses names that a route can't have. */
export function assertRouteName(name: string): void {
  if (/^[A-Za-z_][\w-]*$/.test(name)) return;
  throw new Failure(
    'invalid-input',
    `“${name}” can’t be the name of a route: use letters, digits, hyphens and underscores.`,
    { name },
  );
}
