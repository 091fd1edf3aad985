import type { ExpressionFacts, PythonClass, PythonFunction } from '../python/python-module.ts';
import type { Derivations } from './derivations.ts';
import type { ProjectFiles } from './project-files.ts';

/** What a name of a module stands for. */
export type Definition =
  | { readonly kind: 'class'; readonly path: string; readonly facts: PythonClass }
  | { readonly kind: 'function'; readonly path: string; readonly facts: PythonFunction }
  | {
      readonly kind: 'variable';
      readonly path: string;
      readonly name: string;
      readonly value: ExpressionFacts;
    }
  | { readonly kind: 'module'; readonly path: string }
  /** Code of an installed package: `django.db.models.CharField`. */
  | { readonly kind: 'external'; readonly name: string };

/** Finds modules and names the way Python's import does, in the source alone. */
export interface ModuleResolver {
  /** Folders that are on `sys.path`, '' for the workspace. */
  readonly roots: readonly string[];
  /** The file of `catalog.models`; null when it is not part of the workspace. */
  readonly findModule: (dotted: string) => string | null;
  /** The folder of a package: `catalog`. */
  readonly findPackage: (dotted: string) => string | null;
  /** The file that `from <module> import …` in `path` reads. */
  readonly findFrom: (path: string, module: string) => string | null;
  /** What a dotted name means at the top level of a file; null where the source does not tell. */
  readonly resolve: (path: string, dotted: string) => Definition | null;
  /** The name other modules import this file by: `catalog.models`. */
  readonly moduleName: (path: string) => string;
}

/** Names that need no import. */
const BUILT_IN = new Set(['object', 'type', 'property', 'Exception', 'dict', 'list', 'str', 'int', 'super']);

/** The folder a path is in; '' at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** Joins folder and name; a folder of '' is the workspace. */
export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** Makes a resolver that follows the files and the folders on `sys.path`. */
export function createModuleResolver(
  files: ProjectFiles,
  roots: () => readonly string[],
  { derive }: Derivations,
): ModuleResolver {
  const fileAt = (base: string): string | null => {
    if (files.has(`${base}.py`)) return `${base}.py`;
    const init = joinPath(base, '__init__.py');
    return files.has(init) ? init : null;
  };
  const findModule = derive((dotted: string): string | null => {
    for (const root of roots()) {
      const found = fileAt(joinPath(root, dotted.replaceAll('.', '/')));
      if (found !== null) return found;
    }
    return null;
  });
  const findFrom = (path: string, module: string): string | null => {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    if (dots === 0) return findModule(module);
    let folder = folderOf(path);
    for (let up = 1; up < dots; up += 1) folder = folderOf(folder);
    const rest = module.slice(dots).replaceAll('.', '/');
    return rest === '' ? fileAt(folder) : fileAt(joinPath(folder, rest));
  };

  const findPackage = derive((dotted: string): string | null => {
    const module = findModule(dotted);
    if (module?.endsWith('/__init__.py') === true) return folderOf(module);
    const folders = roots().map((root) => joinPath(root, dotted.replaceAll('.', '/')));
    // A namespace package has no __init__.py.
    return folders.find((folder) => files.paths().some((path) => path.startsWith(`${folder}/`))) ?? null;
  });

  const submodule = (module: string, name: string): string | null =>
    module.endsWith('__init__.py') ? fileAt(joinPath(folderOf(module), name)) : null;

  const lookUp = (path: string, name: string, seen: Set<string>): Definition | null => {
    const key = `${path} ${name}`;
    const module = files.get(path)?.module;
    if (seen.has(key) || module === undefined) return null;
    seen.add(key);
    const facts = module.classes.findLast((candidate) => candidate.name === name);
    if (facts !== undefined) return { kind: 'class', path, facts };
    const made = module.functions.findLast((candidate) => candidate.name === name);
    if (made !== undefined) return { kind: 'function', path, facts: made };
    const imported = module.imports.get(name);
    if (imported !== undefined) return followImport(path, imported.module, imported.name, seen);
    const value = module.variables.get(name);
    if (value !== undefined) return { kind: 'variable', path, name, value };
    for (const star of module.starImports) {
      const target = findFrom(path, star);
      const found = target === null ? null : lookUp(target, name, seen);
      if (found !== null) return found;
    }
    const inside = submodule(path, name);
    if (inside !== null) return { kind: 'module', path: inside };
    // `from django.db.models import *`: Django's public names are classes and modules.
    const django = module.starImports.find((star) => star.startsWith('django.'));
    return django === undefined || BUILT_IN.has(name)
      ? null
      : { kind: 'external', name: `${django}.${name}` };
  };

  const followImport = (
    path: string,
    module: string,
    name: string | null,
    seen: Set<string>,
  ): Definition | null => {
    const target = findFrom(path, module);
    if (name === null) {
      return target === null ? { kind: 'external', name: module } : { kind: 'module', path: target };
    }
    if (target !== null) {
      return lookUp(target, name, seen) ?? moduleDefinition(submodule(target, name));
    }
    if (module.startsWith('.')) {
      // `from . import views` in a folder without __init__.py
      const separator = module.endsWith('.') ? '' : '.';
      return moduleDefinition(findFrom(path, `${module}${separator}${name}`));
    }
    const direct = moduleDefinition(findModule(`${module}.${name}`));
    return direct ?? { kind: 'external', name: `${module}.${name}` };
  };

  const resolve = derive((path: string, dotted: string): Definition | null => {
    const [first = '', ...rest] = dotted.split('.');
    let found = lookUp(path, first, new Set());
    for (const name of rest) {
      if (found === null) return null;
      if (found.kind === 'external') found = externalMember(found.name, name);
      else if (found.kind === 'module') found = lookUp(found.path, name, new Set());
      else return null;
    }
    return found;
  });
  const externalMember = (owner: string, name: string): Definition => {
    const inside = moduleDefinition(findModule(`${owner}.${name}`));
    return inside ?? { kind: 'external', name: `${owner}.${name}` };
  };

  return {
    get roots() {
      return roots();
    },
    findModule,
    findPackage,
    findFrom,
    resolve,
    moduleName: (path) => {
      const inRoot = roots()
        .filter((root) => root === '' || path.startsWith(`${root}/`))
        .sort((a, b) => b.length - a.length)[0];
      const local = inRoot === undefined || inRoot === '' ? path : path.slice(inRoot.length + 1);
      return local.replace(/(\/__init__)?\.py$/, '').replaceAll('/', '.');
    },
  };
}

function moduleDefinition(path: string | null): Definition | null {
  return path === null ? null : { kind: 'module', path };
}
