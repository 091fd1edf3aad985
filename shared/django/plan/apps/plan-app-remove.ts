import { Failure } from '../../../contract/failure.ts';
import { removeItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { partsOf, rangeOf } from '../../../python/syntax.ts';
import { tableOf } from '../../database-tables.ts';
import type { OperationOf } from '../../operations.ts';
import type { AppFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import { requireApp } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import type { FieldReference } from '../references/field-references.ts';
import type { Reference } from '../references/model-references.ts';
import { stillUsed } from '../references/references-shown.ts';
import { entryOf } from '../references/removals.ts';
import { removeUses, type FileRange } from '../references/remove-uses.ts';
import { routeUses } from '../routes/route-uses.ts';
import { settingLists } from '../settings/setting-statements.ts';
import { offerTemplatesOf } from './app-templates.ts';
import { includingPattern, packageReferences, type PackageReference } from './package-references.ts';
import { settingsFiles } from './plan-app.ts';

/** Removes an app with its folder, what the settings say of it and the includes of its URLconf; refuses while others use it. */
export function planAppRemove(
  { app: label }: OperationOf<'app.remove'>,
  context: PlanContext,
  draft: Draft,
): void {
  const app = requireApp(context.snapshot, label);
  const { folder, name: dotted } = app;
  assertAlone(app, context);
  const outside = packageReferences({ folder, dotted }, context).filter(
    ({ path }) => !path.startsWith(`${folder}/`),
  );
  const installed = removeFromInstalled(app, context, draft);
  const rest = outside.filter(
    ({ path, start, why }) =>
      why === null &&
      !installed.some((range) => range.path === path && start >= range.start && start < range.end),
  );
  const includes = rest.filter(({ kind, node }) => kind === 'string' && includingPattern(node) !== null);
  const left = removeUses(
    {
      certain: rest
        .filter((each) => !includes.includes(each))
        .map((each) => ({ ...each, item: entryInSettings(each, label, context) })),
      uncertain: outside.flatMap(({ why, ...each }) => (why === null ? [] : [{ ...each, why }])),
      gone: installed,
    },
    label,
    draft,
  );
  const blocking = [...left, ...relationsTo(app, context), ...routesOf(app, context)];
  if (blocking.length > 0) throw stillUsed(`The app ${label}`, blocking);
  for (const [path, uses] of Map.groupBy(includes, (each) => each.path)) removeIncludes(path, uses, draft);
  offerTemplatesOf(folder, context, draft);
  draft.removeFolder(folder);
  noteTables(app, context, draft);
}

function assertAlone(
  { label, folder }: AppFacts & { readonly folder: string },
  { snapshot, migrations }: PlanContext,
): void {
  const { settings } = snapshot;
  const inner = snapshot.apps.find(
    (each) => each.folder?.startsWith(`${folder}/`) === true && each.installed,
  );
  if (inner !== undefined)
    throw new Failure('refused', `The app ${inner.label} stands in ${folder}: remove or move it first.`, {
      file: inner.folder,
    });
  if (settings?.file.startsWith(`${folder}/`) === true)
    throw new Failure('refused', `The settings of the project stand in ${folder}.`, { file: settings.file });
  if (settings?.authUserModel.startsWith(`${label}.`) === true)
    throw new Failure(
      'refused',
      `AUTH_USER_MODEL is ${settings.authUserModel}: the project has no users without ${label}.`,
      { file: settings.file },
    );
  const depends = new RegExp(
    `\\(\\s*["']${label}["']\\s*,\\s*["']\\w+["']\\s*\\)|["']${label}\\.\\w+["']`,
    'i',
  );
  const found = migrations
    .paths()
    .filter((path) => !path.startsWith(`${folder}/`) && depends.test(migrations.get(path)?.text ?? ''));
  const [first] = found;
  if (first !== undefined)
    throw new Failure(
      'refused',
      `Migrations of other apps depend on ${label}: ${found.join(', ')}. Squash them first.`,
      { file: first },
    );
}

/** Relations and bases of models of other apps that lead to models of this one. */
function relationsTo({ label, folder }: AppFacts, { snapshot }: PlanContext): readonly Reference[] {
  const isOf = (id: string | null | undefined): boolean =>
    id?.toLowerCase().startsWith(`${label.toLowerCase()}.`) === true;
  return snapshot.models
    .filter((model) => model.app !== label && !model.place.file.startsWith(`${folder ?? ''}/`))
    .flatMap(({ fields }) => fields)
    .filter(
      ({ relation, inheritedFrom }) =>
        isOf(relation?.target) || isOf(relation?.through) || isOf(inheritedFrom),
    )
    .map(({ place }) => ({ path: place.file, start: place.start, end: place.end, line: place.line }));
}

/** Places outside the app that reverse its routes. */
function routesOf({ folder }: AppFacts, context: PlanContext): readonly Reference[] {
  const inside = (path: string): boolean => path.startsWith(`${folder ?? ''}/`);
  const names = context.snapshot.routes.flatMap(({ name, place }) =>
    name !== null && inside(place.file) ? [name] : [],
  );
  const elsewhere = new Set(
    context.snapshot.routes.filter(({ place }) => !inside(place.file)).map(({ name }) => name),
  );
  const own = [...new Set(names)].filter((name) => !elsewhere.has(name));
  return routeUses(own, context).certain.filter(({ path }) => !inside(path));
}

/** `'catalog.middleware.Shelf'` in a list of the settings, and `'catalog': 'catalog.migrations'`: they go with the app. */
function entryInSettings(
  { path, node, kind }: PackageReference,
  label: string,
  context: PlanContext,
): FieldReference['item'] {
  const file = context.snapshot.settings?.file;
  if (kind !== 'string' || file === undefined || !settingsFiles(file, context).includes(path)) return null;
  const { parent } = node;
  const key = parent?.type === 'pair' ? parent.childForFieldName('key') : null;
  const entry = key !== null && readString(key) === label ? parent : entryOf(node)?.node;
  return entry === null || entry === undefined ? null : rangeOf(entry);
}

function removeFromInstalled({ name }: AppFacts, context: PlanContext, draft: Draft): readonly FileRange[] {
  return settingLists('INSTALLED_APPS', context, draft).flatMap(({ source, list }) => {
    const gone = partsOf(list).filter((item) => {
      const entry = readString(item) ?? '';
      return entry === name || entry.startsWith(`${name}.`);
    });
    if (gone.length > 0) draft.edit(source.path, removeItems(list, source.text, gone));
    return gone.map(({ startIndex, endIndex }) => ({ path: source.path, start: startIndex, end: endIndex }));
  });
}

function removeIncludes(path: string, uses: readonly PackageReference[], draft: Draft): void {
  const patterns = uses.flatMap(({ node }) => includingPattern(node) ?? []);
  const byList = Map.groupBy(patterns, (pattern) => pattern.parent?.id);
  for (const items of byList.values()) {
    const list: SyntaxNode | null = items[0]?.parent ?? null;
    if (list === null || !/^(list|tuple|argument_list)$/.test(list.type))
      throw stillUsed('The URLconf', uses);
    draft.edit(path, removeItems(list, draft.source(path).text, items));
  }
  draft.dropUnused(path);
}

function noteTables({ label }: AppFacts, { snapshot, migrations }: PlanContext, draft: Draft): void {
  const models = snapshot.models.filter(({ app, abstract, proxy }) => app === label && !abstract && !proxy);
  if (models.length === 0) return;
  const tables = models.map(tableOf).join(', ');
  const had = migrations.paths().some((path) => path.includes(`/${label}/`) || path.startsWith(`${label}/`));
  draft.note(`The tables stay in the database: ${tables}.`);
  if (had)
    draft.note(
      `To drop them, run migrate ${label} zero before the app is removed: its migrations go with it.`,
    );
}
