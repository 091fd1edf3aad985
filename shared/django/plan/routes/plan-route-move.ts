import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { removeItems } from '../../../python/list-edit.ts';
import { argumentsOf } from '../../../python/syntax.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import type { OperationOf } from '../../operations.ts';
import { urlconfOf } from '../../read/read-urlconf.ts';
import type { Draft } from '../draft.ts';
import { freeNames } from '../expression.ts';
import { moduleFrom } from '../named-imports.ts';
import type { PlanContext } from '../plan-context.ts';
import { stillUsed } from '../references/references-shown.ts';
import { isShared, namesOf, renameUses } from './plan-route-change.ts';
import { requireList } from './plan-route-order.ts';
import { namespaceOf, requireRoute, type RouteEntry } from './route-entry.ts';
import { routeUses } from './route-uses.ts';
import { addPatterns } from './urlconf-edit.ts';

/** Takes a route out of its list; refuses while something reverses it. */
export function planRouteRemove(
  { route }: OperationOf<'route.remove'>,
  context: PlanContext,
  draft: Draft,
): void {
  const entry = requireRoute(route, context, draft);
  const own = new Set(entry.facts.map(({ pattern }) => pattern));
  const below = entry.facts.some(({ kind }) => kind === 'include')
    ? context.snapshot.routes.filter(
        ({ pattern, place }) =>
          place.start !== route.start &&
          [...own].some((prefix) => pattern.startsWith(prefix) && prefix !== '/'),
      )
    : [];
  const names = [...namesOf(entry, context), ...below.flatMap(({ name }) => (name === null ? [] : [name]))];
  const { certain } = routeUses([...new Set(names)], context);
  if (certain.length > 0 && !isShared(names, entry, context)) throw stillUsed(route.pattern, certain);
  const { source, item } = entry;
  if (entry.kind === 'registration') {
    const statement = entry.call.parent;
    if (statement?.type !== 'expression_statement')
      throw new Failure(
        'unclear-source',
        'The registration is part of other code: change it in the editor.',
        { file: route.file },
      );
    draft.edit(source.path, removeStatements([statement], source.text));
  } else draft.edit(source.path, removeItems(requireList(entry), source.text, [item]));
  draft.dropUnused(source.path);
  const view = entry.facts[0]?.view ?? null;
  const others = context.snapshot.routes.filter(
    (each) => each.view === view && each.place.start !== route.start,
  );
  if (view !== null && others.length === 0)
    draft.note(`${view} stays in the source, and no route leads to it any more.`);
}

/** Puts a route at the end of another URLconf, with its imports; names that change by it are changed where they are used. */
export function planRouteMove(
  { route, file }: OperationOf<'route.move'>,
  context: PlanContext,
  draft: Draft,
): void {
  const entry = requireRoute(route, context, draft);
  if (file === route.file) throw new Failure('invalid-input', `${route.pattern} stands in ${file} already.`);
  const target = urlconfOf(file, context.files);
  if (target?.lists.has('urlpatterns') !== true)
    throw new Failure('invalid-input', `${file} has no urlpatterns that a route could stand in.`, { file });
  const list = requireList(entry);
  const given = argumentsOf(entry.call.childForFieldName('arguments'));
  const args = [...given.positional, ...given.keywords].map(({ node }) => node.text);
  const callee = entry.call.childForFieldName('function')?.text ?? 'path';
  const imports = carriedImports(entry, file, context, draft);
  addPatterns(file, [{ args, imports, callee }], draft);
  draft.edit(route.file, removeItems(list, entry.source.text, [entry.item]));
  draft.dropUnused(route.file);
  const from = namespaceOf(route.file, context);
  const to = namespaceOf(file, context);
  if (from !== to) {
    const names = namesOf(entry, context);
    const rename = (name: string): string => to + name.slice(name.lastIndexOf(':') + 1);
    renameUses(routeUses(names, context), rename, isShared(names, entry, context), draft);
  }
  draft.note(`The address of ${route.pattern} starts with what stands before the routes of ${file} then.`);
}

/** What the route names, as the other file has to import it; refuses what can't be imported. */
function carriedImports(
  entry: RouteEntry,
  file: string,
  context: PlanContext,
  draft: Draft,
): readonly ImportRequest[] {
  const { source } = entry;
  const module = source.module;
  const target = draft.source(file).module;
  return [...freeNames(entry.call)].flatMap((name): readonly ImportRequest[] => {
    const imported = module.imports.get(name);
    if (imported === undefined) {
      const isOwn =
        module.variables.has(name) ||
        [...module.classes, ...module.functions].some((made) => made.name === name);
      if (!isOwn) return [];
      throw new Failure(
        'refused',
        `${name} is defined in ${source.path} itself: move it out of there first.`,
        { file: source.path },
      );
    }
    const path = context.resolver.findFrom(source.path, imported.module);
    const from = imported.module.startsWith('.')
      ? absolute(imported.module, source.path, path, context)
      : imported.module;
    const original = imported.name;
    const request: ImportRequest =
      original === null
        ? { module: from, name: null }
        : {
            module: path === null ? from : moduleFrom(file, path, context),
            name: original === name ? original : `${original} as ${name}`,
          };
    const present = target.imports.get(name);
    const same =
      present !== undefined &&
      present.name === original &&
      context.resolver.findFrom(file, present.module) === path &&
      (path !== null || present.module === from);
    if (present === undefined && !target.variables.has(name)) {
      // `from . import views` means another module in another package.
      return [original === 'views' && imported.module === '.' ? { ...request, module: from } : request];
    }
    if (same) return [];
    throw new Failure('refused', `${name} means something else in ${file}: rename one of the two first.`, {
      file,
    });
  });
}

/** The dotted name of what a relative import reads. */
function absolute(module: string, path: string, target: string | null, { resolver }: PlanContext): string {
  if (target !== null) return resolver.moduleName(target);
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  const parts = resolver.moduleName(path).split('.').slice(0, -dots);
  return [
    ...parts,
    ...module
      .slice(dots)
      .split('.')
      .filter((part) => part !== ''),
  ].join('.');
}
