import type { RouteFacts } from '../project-model.ts';

/** How `format_suffix_patterns()` is called. */
export interface SuffixOptions {
  readonly required: boolean;
  /** The formats that are named; none: all. */
  readonly allowed: readonly string[];
}

/**
 * Every route once more with a format behind it, `/books.<format>/`:
 * https://www.django-rest-framework.org/api-guide/format-suffixes/
 */
export function withSuffixes(
  routes: readonly RouteFacts[],
  prefix: string,
  { required, allowed }: SuffixOptions,
): readonly RouteFacts[] {
  const converter = allowed.length === 0 ? 'drf_format_suffix' : `drf_format_suffix_${allowed.join('_')}`;
  return routes.flatMap((route) => {
    if (route.kind === 'include') return [route];
    // The slash of what they stand below is not their own.
    const bare = route.pattern === prefix ? prefix : route.pattern.replace(/\/$/, '');
    const isRegex = route.kind === 're-path';
    const pattern = isRegex ? `${bare}.<format>/` : `${bare}<${converter}:format>`;
    return [...(required ? [] : [route]), { ...route, pattern }];
  });
}
