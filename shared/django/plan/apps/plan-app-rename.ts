import { Failure } from '../../../contract/failure.ts';
import { pythonString } from '../../../python/python-code.ts';
import { undecorated, statementsOf } from '../../../python/syntax.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { AppFacts } from '../../project-model.ts';
import { addToModule } from '../add-to-module.ts';
import { attributeOf, setAttribute, type ClassOwner } from '../class-attributes.ts';
import type { Draft } from '../draft.ts';
import { assertAppName, requireApp } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { packageReferences } from './package-references.ts';

/** Renames the package of an app and all that names it; label, tables and migrations stay as they are. */
export function planAppRename(
  { app: label, name }: OperationOf<'app.rename'>,
  context: PlanContext,
  draft: Draft,
): void {
  const app = requireApp(context.snapshot, label);
  const { folder, name: dotted } = app;
  const before = dotted.slice(dotted.lastIndexOf('.') + 1);
  const to = joinPath(folderOf(folder), name);
  assertRenamed(app, name, to, context);
  assertMigrationsStay(dotted, context);
  keepLabel(app, before, dotted.slice(0, -before.length) + name, name, context, draft);
  for (const { path, start, end, bindsName, why } of packageReferences({ folder, dotted }, context)) {
    const edit = { start, end, text: bindsName ? `${name} as ${before}` : name };
    if (why === null) draft.edit(path, [edit]);
    else draft.offer(path, edit, why);
  }
  offerInTables(dotted, before, name, context, draft);
  draft.moveFolder(folder, to);
  draft.note(`The label stays ${app.label}: tables, migrations and permissions keep their names.`);
  draft.note(
    `What runs outside the project and names ${dotted} has to follow: services, schedules, containers.`,
  );
}

function assertRenamed(
  app: AppFacts,
  name: string,
  to: string,
  { snapshot, files, resolver, migrations }: PlanContext,
): void {
  const folder = app.folder ?? '';
  if (folder === to) throw new Failure('invalid-input', `The app is called ${name} already.`, { name });
  const others = { ...snapshot, apps: snapshot.apps.filter(({ label }) => label !== app.label) };
  const parent = app.name.slice(0, app.name.lastIndexOf('.') + 1);
  const taken = (module: string): boolean =>
    resolver.findModule(parent + module) !== null ||
    [...files.paths(), ...migrations.paths()].some(
      (path) => path.startsWith(`${to}/`) || path === `${to}.py`,
    );
  assertAppName(name, others, taken);
  if (snapshot.settings?.file.startsWith(`${folder}/`) === true) {
    throw new Failure(
      'refused',
      `The settings of the project stand in ${folder}: such an app is renamed in the editor.`,
      {
        file: snapshot.settings.file,
      },
    );
  }
}

/** Migrations are never edited: what they import has to stay where it is. */
function assertMigrationsStay(dotted: string, { migrations }: PlanContext): void {
  const importing = new RegExp(`^\\s*(from|import)\\s+${dotted.replaceAll('.', '\\.')}(\\.|\\s|,)`, 'm');
  const found = migrations.paths().filter((path) => importing.test(migrations.get(path)?.text ?? ''));
  const [first] = found;
  if (first === undefined) return;
  throw new Failure(
    'refused',
    `Migrations import ${dotted}, and they are never changed: ${found.join(', ')}. Squash them, or leave the package where it is.`,
    { file: first, uses: found.map((file) => ({ file, line: 1 })) },
  );
}

const CONFIG_ORDER = ['default', 'default_auto_field', 'name', 'label', 'verbose_name'];

/** Tables are named after the label, which Django takes from the package unless its configuration says it. */
function keepLabel(
  app: AppFacts,
  before: string,
  dotted: string,
  name: string,
  context: PlanContext,
  draft: Draft,
): void {
  const path = joinPath(app.folder ?? '', 'apps.py');
  const { quote, indent } = draft.style(path);
  const label = pythonString(app.label, quote);
  const configs = draft.exists(path) ? configsOf(path, app, draft) : [];
  for (const config of configs) {
    if (attributeOf(config, 'label') === null)
      setAttribute(config, 'label', label, CONFIG_ORDER, context, draft);
  }
  if (configs.length > 0) return;
  const camel = before
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  const code = [
    `class ${camel}Config(AppConfig):`,
    `${indent}name = ${pythonString(dotted, quote)}`,
    `${indent}label = ${label}`,
  ].join('\n');
  addToModule(
    path,
    `${camel}Config`,
    { code, imports: [{ module: 'django.apps', name: 'AppConfig' }] },
    draft,
  );
  const installed = context.snapshot.settings?.installedApps.includes(app.name) === true;
  if (!installed) draft.note(`INSTALLED_APPS does not name ${name} itself: see that it uses ${camel}Config.`);
}

/** The configurations of the app itself in its apps.py, not those of packages inside it. */
function configsOf(path: string, app: AppFacts, draft: Draft): readonly ClassOwner[] {
  const source = draft.source(path);
  const facts = source.module.classes.filter(
    ({ bases, attributes }) =>
      bases.some(({ dotted }) => dotted?.endsWith('Config') === true) &&
      attributes.every(
        (each) =>
          each.name !== 'name' || typeof each.value.literal !== 'string' || each.value.literal === app.name,
      ),
  );
  return [...statementsOf(source.root)].flatMap((definition): readonly ClassOwner[] => {
    const name = undecorated(definition).childForFieldName('name')?.text;
    return name !== undefined && facts.some((each) => each.name === name)
      ? [{ source, definition, name }]
      : [];
  });
}

/** Tools name packages in pyproject.toml: `known-first-party = ["catalog"]`. */
function offerInTables(
  dotted: string,
  before: string,
  name: string,
  { files }: PlanContext,
  draft: Draft,
): void {
  const quoted = new RegExp(`(["'])${dotted.replaceAll('.', '[./]')}(?=["'./])`, 'g');
  for (const path of files.paths().filter((each) => each.endsWith('.toml'))) {
    for (const { index, 0: whole } of (files.get(path)?.text ?? '').matchAll(quoted)) {
      const end = index + whole.length;
      draft.offer(path, { start: end - before.length, end, text: name }, `${path} names ${dotted}`);
    }
  }
}
