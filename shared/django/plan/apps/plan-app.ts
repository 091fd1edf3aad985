import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { insertItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import { assignmentsOf, partsOf, statementsOf, unwrap } from '../../../python/syntax.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { SettingsFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import { assertAppName } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';

/** Makes an app package with the files `startapp` makes, and installs it. */
export function planAppAdd({ name }: OperationOf<'app.add'>, context: PlanContext, draft: Draft): void {
  const { snapshot, resolver, files } = context;
  const settings = requireSettings(context);
  const folder = joinPath(appsFolder(context), name);
  const taken = (module: string): boolean =>
    resolver.findPackage(module) !== null ||
    resolver.findModule(module) !== null ||
    files.paths().some((path) => path.startsWith(`${folder}/`));
  assertAppName(name, snapshot, taken);
  const dotted = resolver.moduleName(joinPath(folder, '__init__.py'));
  for (const [file, lines] of Object.entries(appFiles(name, dotted, settings, draft, folder))) {
    draft.create(joinPath(folder, file), lines);
  }
  installApps([dotted], context, draft);
}

/** New apps stand where the others do: beside each other, or else beside manage.py. */
function appsFolder({ snapshot, resolver }: PlanContext): string {
  const parents = snapshot.apps
    .filter(({ folder, installed }) => folder !== null && installed)
    .map(({ folder }) => folderOf(folder ?? ''));
  const [first] = parents;
  const project = snapshot.project ?? '';
  const common = first !== undefined && parents.every((parent) => parent === first) ? first : project;
  // A folder that Python does not look into is no place for an app.
  return resolver.roots.some((root) => root === common || root === '' || common.startsWith(`${root}/`))
    ? common
    : project;
}

function appFiles(
  name: string,
  dotted: string,
  settings: SettingsFacts,
  draft: Draft,
  folder: string,
): Readonly<Record<string, string>> {
  const { quote: q, indent } = draft.style(joinPath(folder, 'apps.py'));
  const config = name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  const autoField =
    settings.defaultAutoField === null
      ? [`${indent}default_auto_field = ${q}django.db.models.BigAutoField${q}`]
      : [];
  return {
    '__init__.py': '',
    'apps.py': [
      'from django.apps import AppConfig',
      '',
      '',
      `class ${config}Config(AppConfig):`,
      ...autoField,
      `${indent}name = ${q}${dotted}${q}`,
      '',
    ].join('\n'),
    'models.py': 'from django.db import models\n\n# Create your models here.\n',
    'admin.py': 'from django.contrib import admin\n\n# Register your models here.\n',
    'views.py': 'from django.shortcuts import render\n\n# Create your views here.\n',
    'tests.py': 'from django.test import TestCase\n\n# Create your tests here.\n',
    'migrations/__init__.py': '',
  };
}

/** The settings, which an operation on the whole project needs. */
export function requireSettings({ snapshot }: PlanContext): SettingsFacts {
  if (snapshot.settings !== null) return snapshot.settings;
  throw new Failure(
    'not-available',
    'The settings module was not found: manage.py has to name it in DJANGO_SETTINGS_MODULE.',
  );
}

/** Enters apps in INSTALLED_APPS: the project's own behind its other ones, packages behind the last package. */
export function installApps(entries: readonly string[], context: PlanContext, draft: Draft): void {
  const settings = requireSettings(context);
  const missing = entries.filter((entry) => !settings.installedApps.includes(entry));
  if (missing.length === 0) return;
  const { source, list } = installedAppsList(settings, context, draft);
  const { quote } = draft.style(source.path);
  const items = partsOf(list);
  const own = (item: SyntaxNode): boolean => isOwnApp(readString(item) ?? '', context);
  for (const packages of [true, false]) {
    const group = missing.filter((entry) => isPackage(entry) === packages);
    const behind = items.findLastIndex((item) => own(item) !== packages);
    const codes = group.map((entry) => quote + entry + quote);
    draft.edit(source.path, insertItems(list, source.text, codes, behind === -1 ? items.length : behind + 1));
  }
}

/** Apps that come from the package index and are not part of the workspace. */
function isPackage(entry: string): boolean {
  return ['rest_framework', 'django_filters', 'drf_spectacular'].includes(entry);
}

function isOwnApp(entry: string, { snapshot }: PlanContext): boolean {
  return snapshot.apps.some(
    (app) => app.folder !== null && app.installed && (entry === app.name || entry.startsWith(`${app.name}.`)),
  );
}

/** The list display that is INSTALLED_APPS, or the one of several that the project's own apps stand in. */
function installedAppsList(
  settings: SettingsFacts,
  context: PlanContext,
  draft: Draft,
): { readonly source: SourceText; readonly list: SyntaxNode } {
  const lists = settingsFiles(settings.file, context).flatMap((path) => {
    const source = draft.source(path);
    return listsOf(source).map((list) => ({ source, list }));
  });
  const withOwn = lists.find(({ list }) =>
    partsOf(list).some((item) => isOwnApp(readString(item) ?? '', context)),
  );
  const found = withOwn ?? lists.at(-1);
  if (found !== undefined) return found;
  throw new Failure(
    'unclear-source',
    `INSTALLED_APPS is not a list that can be read in ${settings.file}: enter the app there.`,
    {
      file: settings.file,
      line: 1,
    },
  );
}

/** The settings module and the project's modules it imports everything from, nearest first. */
export function settingsFiles(file: string, { files, resolver }: PlanContext): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    if (found.includes(path)) return;
    found.push(path);
    for (const module of files.get(path)?.module.starImports ?? []) {
      const target = resolver.findFrom(path, module);
      if (target !== null) visit(target);
    }
  };
  visit(file);
  return found;
}

/** Lists that INSTALLED_APPS is made of: its own, added ones, and named parts like LOCAL_APPS. */
function listsOf({ root }: SourceText): readonly SyntaxNode[] {
  const values = new Map<string, SyntaxNode[]>();
  const add = (name: string, value: SyntaxNode): void =>
    void values.set(name, [...(values.get(name) ?? []), value]);
  for (const statement of statementsOf(root)) {
    for (const { target, value } of assignmentsOf(statement))
      if (target.type === 'identifier') add(target.text, value);
    const node = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
    const value = node?.type === 'augmented_assignment' ? node.childForFieldName('right') : null;
    if (node !== null && value !== null) add(node.childForFieldName('left')?.text ?? '', value);
  }
  const seen = new Set<string>();
  const collect = (expression: SyntaxNode): readonly SyntaxNode[] => {
    const node = unwrap(expression);
    if (node.type === 'list' || node.type === 'tuple') {
      const splats = partsOf(node).filter(({ type }) => type === 'list_splat');
      return [...splats.flatMap((splat) => partsOf(splat).flatMap(collect)), node];
    }
    if (node.type === 'binary_operator') {
      const sides = [node.childForFieldName('left'), node.childForFieldName('right')];
      return sides.flatMap((side) => (side === null ? [] : collect(side)));
    }
    if (node.type !== 'identifier' || seen.has(node.text)) return [];
    seen.add(node.text);
    return (values.get(node.text) ?? []).flatMap(collect);
  };
  return (values.get('INSTALLED_APPS') ?? []).flatMap(collect);
}
