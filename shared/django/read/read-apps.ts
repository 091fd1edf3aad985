import type { PythonClass } from '../../python/python-module.ts';
import { folderOf, joinPath, type ModuleResolver } from '../module-resolver.ts';
import { isInFolders } from './other-projects.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { AppFacts } from '../project-model.ts';

interface Deps {
  readonly files: ProjectFiles;
  readonly resolver: ModuleResolver;
  /** Folders of the other projects of the workspace. */
  readonly others: readonly string[];
}

/** The installed apps in their order, then the packages of the workspace that look like apps and are not installed. */
export function readApps(installed: readonly string[], deps: Deps): readonly AppFacts[] {
  const apps = installed.map((entry) => readInstalled(entry, deps));
  const known = new Set(apps.map(({ folder }) => folder));
  const others = appFolders(deps).filter((folder) => !known.has(folder));
  return [...apps, ...others.map((folder) => readUninstalled(folder, deps))];
}

/**
 * Label of the app a file belongs to; for other files the package they are in. Django takes the innermost
 * installed app, whatever packages inside it look like apps.
 */
export function appLabelOf(path: string, apps: readonly AppFacts[]): string {
  const folder = folderOf(path);
  const around = apps
    .filter((app) => app.folder !== null && (folder === app.folder || folder.startsWith(`${app.folder}/`)))
    .sort((a, b) => (b.folder?.length ?? 0) - (a.folder?.length ?? 0));
  const own = around.find(({ installed }) => installed) ?? around[0];
  if (own !== undefined) return own.label;
  const parts = folder.split('/');
  const last = parts.at(-1) === 'models' ? parts.at(-2) : parts.at(-1);
  return last === undefined || last === '' ? path.replace(/\.py$/, '') : last;
}

function readInstalled(entry: string, deps: Deps): AppFacts {
  const folder = deps.resolver.findPackage(entry);
  if (folder !== null) return fromPackage(entry, folder, true, deps);
  const dot = entry.lastIndexOf('.');
  const module = dot === -1 ? null : deps.resolver.findModule(entry.slice(0, dot));
  const config = module === null ? null : deps.resolver.resolve(module, entry.slice(dot + 1));
  if (config?.kind === 'class') {
    const { path, facts } = config;
    const name = textAttribute(path, facts, 'name', deps) ?? deps.resolver.moduleName(folderOf(path));
    return {
      label: textAttribute(path, facts, 'label', deps) ?? lastPart(name),
      name,
      folder: deps.resolver.findPackage(name) ?? folderOf(path),
      installed: true,
    };
  }
  // An installed package: `django.contrib.admin`, `allauth.account.apps.AccountConfig`.
  const name = entry.replace(/(\.apps)?\.[A-Z]\w*$/, '');
  return { label: lastPart(name), name, folder: null, installed: true };
}

function readUninstalled(folder: string, deps: Deps): AppFacts {
  const name = deps.resolver.moduleName(joinPath(folder, '__init__.py'));
  return fromPackage(name, folder, false, deps);
}

/** https://docs.djangoproject.com/en/5.2/ref/applications/#configuring-applications */
function fromPackage(name: string, folder: string, installed: boolean, deps: Deps): AppFacts {
  const module = joinPath(folder, 'apps.py');
  const configs = configsIn(module, deps);
  const marked = configs.find((config) => config.attributes.some(isDefault));
  const config = marked ?? (configs.length === 1 ? configs[0] : undefined);
  const label = config === undefined ? null : textAttribute(module, config, 'label', deps);
  const configured = config === undefined ? null : textAttribute(module, config, 'name', deps);
  return { label: label ?? lastPart(configured ?? name), name: configured ?? name, folder, installed };
}

function isDefault(attribute: PythonClass['attributes'][number]): boolean {
  return attribute.name === 'default' && attribute.value.literal === true;
}

function configsIn(path: string, { files }: Deps): readonly PythonClass[] {
  const classes = files.get(path)?.module.classes ?? [];
  return classes.filter(({ bases }) => bases.some(({ dotted }) => dotted?.endsWith('Config') === true));
}

/** A text of a configuration class, which may come from a base class of the project. */
function textAttribute(
  path: string,
  config: PythonClass,
  name: string,
  deps: Deps,
  depth = 0,
): string | null {
  const value = config.attributes.findLast((attribute) => attribute.name === name)?.value.literal;
  if (typeof value === 'string') return value;
  for (const { dotted } of depth > 10 ? [] : config.bases) {
    const base = dotted === null ? null : deps.resolver.resolve(path, dotted);
    const inherited =
      base?.kind === 'class' ? textAttribute(base.path, base.facts, name, deps, depth + 1) : null;
    if (inherited !== null) return inherited;
  }
  return null;
}

function appFolders({ files, resolver, others }: Deps): readonly string[] {
  const folders = new Set<string>();
  for (const path of files.paths()) {
    const folder = folderOf(path);
    if (folder === '' || !files.has(joinPath(folder, '__init__.py')) || isInFolders(path, others)) continue;
    if (!resolver.roots.some((root) => root === '' || folder.startsWith(`${root}/`))) continue;
    if (/(^|\/)(models|apps)\.py$/.test(path)) folders.add(folder);
    else if (path.endsWith('/models/__init__.py')) folders.add(folderOf(folder));
  }
  return [...folders].filter((folder) => folder !== '' && !/(^|\/)tests?(\/|$)/.test(folder));
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
