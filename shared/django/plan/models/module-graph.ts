import { folderOf } from '../../module-resolver.ts';
import type { PlanContext } from '../plan-context.ts';

/** The files of the project that a file imports when it is loaded. */
export function importedFiles(path: string, { files, resolver }: PlanContext): ReadonlySet<string> {
  const module = files.get(path)?.module;
  const found = new Set<string>();
  if (module === undefined) return found;
  for (const { module: from, name } of module.imports.values()) {
    const inside =
      name === null ? null : resolver.findFrom(path, from.endsWith('.') ? from + name : `${from}.${name}`);
    const target = inside ?? resolver.findFrom(path, from);
    if (target !== null && target !== path) found.add(target);
  }
  for (const star of module.starImports) {
    const target = resolver.findFrom(path, star);
    if (target !== null) found.add(target);
  }
  return found;
}

/** A way on which a file would import itself, with edges that are new; null where there is none. */
export function findCycle(
  start: string,
  added: readonly (readonly [from: string, to: string])[],
  context: PlanContext,
): readonly string[] | null {
  const edgesOf = (path: string): readonly string[] => [
    ...importedFiles(path, context),
    ...added.filter(([from]) => from === path).map(([, to]) => to),
  ];
  const seen = new Set<string>();
  const walk = (path: string, way: readonly string[]): readonly string[] | null => {
    for (const next of edgesOf(path)) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(start, [start]);
}

/** The name a file imports a module by, relative where it was or where both stand in one folder. */
export function moduleFor(
  path: string,
  target: string,
  relative: boolean,
  { resolver }: PlanContext,
): string {
  if (!relative) return resolver.moduleName(target);
  const from = folderOf(path).split('/');
  const to = target.replace(/(\/__init__)?\.py$/, '').split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  if (common === 0) return resolver.moduleName(target);
  return '.'.repeat(1 + from.length - common) + to.slice(common).join('.');
}
