import type { ExpressionFacts, PythonClass, PythonFunction } from '../../python/python-module.ts';
import type { ModuleResolver } from '../module-resolver.ts';

/** A class of the workspace. */
export interface OwnClass {
  readonly path: string;
  readonly facts: PythonClass;
}

/** A class with everything it derives from, as far as the source tells. */
export interface Lineage {
  /** The class and those of its bases that stand in the workspace, the nearest first. */
  readonly classes: readonly OwnClass[];
  /** Dotted names of all bases, also of other people's packages: `django.views.generic.ListView`. */
  readonly names: readonly string[];
  /** Names among them that are other people's code. */
  readonly externals: readonly string[];
  /** A base is computed, or its definition can't be found. */
  readonly open: boolean;
}

/** Follows the bases of a class through the modules of the workspace. */
export function lineageOf(path: string, facts: PythonClass, resolver: ModuleResolver): Lineage {
  const classes: OwnClass[] = [];
  const names: string[] = [];
  const externals: string[] = [];
  let open = false;
  const follow = (own: OwnClass): void => {
    classes.push(own);
    for (const base of own.facts.bases) {
      const dotted = base.dotted ?? /^([\w.]+)\[/.exec(base.code)?.[1] ?? null;
      const found = dotted === null ? null : resolver.resolve(own.path, dotted);
      if (found?.kind === 'class') {
        if (classes.some((known) => known.facts === found.facts)) continue;
        names.push(`${resolver.moduleName(found.path)}.${found.facts.name}`);
        follow(found);
      } else if (found?.kind === 'external') {
        names.push(found.name);
        externals.push(found.name);
      } else if (dotted !== 'object' && dotted !== 'type') open = true;
    }
  };
  follow({ path, facts });
  return { classes, names, externals, open };
}

/** The value of an attribute where the workspace sets it, in the class or the nearest of its bases. */
export function attributeOf({ classes }: Lineage, name: string): ExpressionFacts | undefined {
  for (const { facts } of classes) {
    const found = facts.attributes.findLast((attribute) => attribute.name === name);
    if (found !== undefined) return found.value;
  }
  return undefined;
}

/** All methods by name, the nearest definition of each. */
export function methodsOf({ classes }: Lineage): ReadonlyMap<string, PythonFunction> {
  const methods = new Map<string, PythonFunction>();
  for (const { facts } of classes) {
    for (const method of facts.methods) if (!methods.has(method.name)) methods.set(method.name, method);
  }
  return methods;
}

/** Last part of a dotted name. */
export function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
