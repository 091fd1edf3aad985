import type { RouteFacts } from '../../shared/django/project-model.ts';
import { regexAddress } from '../../shared/django/read/regex-address.ts';
import type { RegistryRoute } from './registry.ts';

/** What a comparison of routes tells. */
export interface RouteCounter {
  runtimeOnly: number;
  readonly count: (thing: string, problem: string | null) => void;
}

/** A route is found when pattern and name are those that Django has; several may be the same. */
export function compareRoutes(
  actual: readonly RegistryRoute[],
  read: readonly RouteFacts[],
  counter: RouteCounter,
): void {
  const left = new Map<string, number>();
  for (const { pattern, name, kind } of read) {
    if (kind === 'include') continue;
    const key = `${pattern} ${name ?? ''}`;
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  for (const route of actual) {
    const key = `${addressOf(route)} ${route.name ?? ''}`;
    const there = left.get(key) ?? 0;
    if (there > 0) left.set(key, there - 1);
    if (there === 0 && !route.pattern.every(({ written }) => written)) {
      counter.runtimeOnly += 1;
      continue;
    }
    counter.count(`route ${key}`, there > 0 ? null : `is missing (${route.view})`);
  }
}

/** As the source lens writes it: expressions as addresses, no language prefix. */
function addressOf({ pattern }: RegistryRoute): string {
  const parts = pattern.map(({ kind, text }) =>
    kind === 'LocalePrefixPattern' ? '' : kind === 'RegexPattern' ? regexAddress(text) : text,
  );
  return `/${parts.join('')}`;
}
