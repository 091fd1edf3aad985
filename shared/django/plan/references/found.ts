import type { ProjectSnapshot } from '../../project-model.ts';

const found = new WeakMap<ProjectSnapshot, Map<string, unknown>>();
const MOST_SEARCHES = 50;

/**
 * What a search through the project finds, kept while no file of it changes: with every tick of an uncertain use the
 * plan is made again. Nothing of a syntax tree may be in it.
 */
export function foundIn<T>(snapshot: ProjectSnapshot, key: string, search: () => T): T {
  const known = found.get(snapshot) ?? new Map<string, unknown>();
  found.set(snapshot, known);
  if (!known.has(key)) {
    const answer = search();
    if (known.size === MOST_SEARCHES) known.clear();
    known.set(key, answer);
  }
  return known.get(key) as T;
}
