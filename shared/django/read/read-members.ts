import type { NamedExpression, PythonClass, PythonFunction } from '../../python/python-module.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { MemberFacts, Place } from '../project-model.ts';
import { resolveClass } from './known-classes.ts';

/** Methods, properties and managers of a model class, in the order of the source. */
export function readMembers(
  path: string,
  facts: PythonClass,
  resolver: ModuleResolver,
): readonly MemberFacts[] {
  const members = [
    ...facts.methods.flatMap((method) => memberOf(path, method)),
    ...facts.attributes.flatMap((attribute) => managerOf(path, attribute, resolver)),
  ];
  return members.sort((one, other) => one.place.start - other.place.start);
}

function memberOf(path: string, { name, decorators, span }: PythonFunction): readonly MemberFacts[] {
  const names = decorators.map(({ dotted, call }) => dotted ?? call?.callee ?? '');
  // `@name.setter` belongs to the property that stands before it.
  if (names.some((decorator) => /\.(setter|deleter|getter)$/.test(decorator))) return [];
  const kind = names.some((decorator) => /(^|\.)(cached_)?property$/.test(decorator))
    ? 'property'
    : names.includes('classmethod')
      ? 'class-method'
      : names.includes('staticmethod')
        ? 'static-method'
        : 'method';
  return [{ kind, name, place: placeIn(path, span) }];
}

function managerOf(
  path: string,
  { name, value, span }: NamedExpression,
  resolver: ModuleResolver,
): readonly MemberFacts[] {
  const callee = value.call?.callee ?? null;
  const place = placeIn(path, span);
  if (callee === 'property') return [{ kind: 'property', name, place }];
  const isManager =
    callee === null
      ? /\.from_queryset\(/.test(value.code)
      : callee.endsWith('.as_manager') || isManagerClass(path, callee, resolver);
  return isManager ? [{ kind: 'manager', name, place }] : [];
}

/** Whether a class leads to a manager, by the names of Django's and of other packages' classes. */
function isManagerClass(path: string, callee: string, resolver: ModuleResolver, depth = 0): boolean {
  const found = resolveClass(path, callee, resolver);
  if (found?.kind === 'external')
    return found.name.endsWith('Manager') && !found.name.endsWith('TaggableManager');
  if (found?.kind === 'variable') return /\.from_queryset\(/.test(found.value.code);
  if (found?.kind !== 'class' || depth > 10) return false;
  return found.facts.bases.some(({ code, dotted }) =>
    dotted === null
      ? /\.from_queryset\(/.test(code)
      : isManagerClass(found.path, dotted, resolver, depth + 1),
  );
}

function placeIn(file: string, { start, end, line }: Omit<Place, 'file'>): Place {
  return { file, start, end, line };
}
