import type { RouteFacts } from '../../shared/django/project-model.ts';
import { regexAddress } from '../../shared/django/read/regex-address.ts';
import type { RegistryRoute } from './registry.ts';

/** What a comparison of routes tells. */
export interface RouteCounter {
  runtimeOnly: number;
  readonly count: (thing: string, problem: string | null) => void;
}

/**
 * A route is found when pattern and name are those that Django has; several may be the same. Where the source
 * lens says that a part of a pattern is computed, the rest of it must be right.
 */
export function compareRoutes(
  actual: readonly RegistryRoute[],
  read: readonly RouteFacts[],
  counter: RouteCounter,
): void {
  const left = new Map<string, number>();
  /** Those with a part that is said to be computed, by name. */
  const computed = new Map<string, string[]>();
  for (const { pattern, name, kind } of read) {
    if (kind === 'include') continue;
    const key = `${pattern} ${name ?? ''}`;
    left.set(key, (left.get(key) ?? 0) + 1);
    if (pattern.includes('…')) computed.set(name ?? '', [...(computed.get(name ?? '') ?? []), key]);
  }
  const marked = read.filter(saysComputed);
  for (const route of actual) {
    const key = `${addressOf(route)} ${route.name ?? ''}`;
    const name = route.name ?? '';
    const same = [key, ...(computed.get(name) ?? []).filter((each) => isLike(each, addressOf(route)))];
    const taken = same.find((each) => (left.get(each) ?? 0) > 0);
    const there = taken === undefined ? 0 : (left.get(taken) ?? 0);
    if (taken !== undefined) left.set(taken, there - 1);
    const made = !route.pattern.every(({ written }) => written) || marked.some((at) => isBelow(route, at));
    if (there === 0 && made) {
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

/** Whether the source lens says that the patterns below this one are computed or others' code. */
function saysComputed({ kind, unknown, pattern, name }: RouteFacts): boolean {
  // At the root, and without a namespace, that would say nothing.
  const isSomewhere = pattern !== '/' || name !== null;
  return kind === 'include' && isSomewhere && /is computed when|are not part of/.test(unknown ?? '');
}

function isBelow(route: RegistryRoute, { pattern, name }: RouteFacts): boolean {
  const inNamespace = name === null || route.name?.startsWith(`${name}:`) === true;
  return inNamespace && addressOf(route).startsWith(pattern);
}

/** Whether an address fits the key of a route whose pattern has parts that are computed. */
function isLike(key: string, address: string): boolean {
  const pattern = key.slice(0, key.lastIndexOf(' '));
  const parts = pattern.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(address);
}
