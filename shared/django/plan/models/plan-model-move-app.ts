import { Failure } from '../../../contract/failure.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { pythonString } from '../../../python/python-code.ts';
import { argumentsOf, dottedName } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import { joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { AppFacts, ModelFacts, OptionFacts } from '../../project-model.ts';
import type { SourceText } from '../../project-files.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { withExpression } from '../expression.ts';
import { fieldCall } from '../fields/plan-field.ts';
import { addOption, metaSource, optionIn } from '../meta/meta-source.ts';
import { assertModelName, requireApp, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelReferences, type Reference } from '../references/model-references.ts';
import { noteUncertain } from '../references/references-shown.ts';
import { exportFromPackage } from './models-package.ts';
import { prepareMove, writeMove } from './move-class.ts';
import { writeMigrations } from './move-migrations.ts';
import { dropReexport, moveUses } from './move-users.ts';
import { descendsFrom } from './plan-model-class.ts';
import { boundNames, modelFile } from './plan-model.ts';

type App = AppFacts & { readonly folder: string };

/** Moves a model to another app; its table, its rows and what leads to it stay. */
export function planModelMoveToApp(
  { model: id, app: label }: OperationOf<'model.moveToApp'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const from = requireApp(context.snapshot, model.app);
  const to = requireApp(context.snapshot, label);
  const target = modelFile(to.folder, model.name, context);
  assertCanMove(model, to, target, context, draft);
  const { certain, uncertain } = modelReferences(model, context);
  const name = `${label}.${model.name}`;
  const isInside = ({ path, start }: Reference): boolean =>
    path === model.place.file && start >= model.place.start && start < model.place.end;
  const outside = Map.groupBy(
    certain.filter((each) => !isInside(each) && each.path !== model.place.file),
    ({ path }) => path,
  );
  const packageFile = joinPath(from.folder, 'models', '__init__.py');
  const table = tableOf(model, draft);
  const edits = [
    ...tableEdits(model, table, context, draft),
    ...ownRelations(model, draft),
    ...certain.filter(isInside).flatMap((each) => stringEdit(each, name, draft)),
  ];
  const users = [...outside.keys()].filter((path) => path !== packageFile && path !== target);
  const moved = prepareMove(
    model,
    target,
    users,
    (each) => (each.id === id ? name : each.id),
    edits,
    context,
    draft,
  );
  if (!model.abstract) {
    const helpers = new Set(moved.statements.map(({ startIndex }) => startIndex));
    const fileNow = (path: string, named: string): string =>
      path === model.place.file && isMoved(named, draft.source(path), helpers) ? target : path;
    writeMigrations({ model, from, to, table, options: metaOf(model, context), fileNow }, context, draft);
  }
  writeMove(moved, target, draft);
  const entry = packageEntry(to, target, context);
  const move = { name: model.name, from: model.place.file, to: entry, stillThere: () => false };
  for (const [path, references] of outside) {
    const source = draft.source(path);
    if (path === packageFile) dropReexport(source, model.name, draft);
    else moveUses(source, references, path === target ? { ...move, to: target } : move, context, draft);
    for (const reference of references) draft.edit(path, stringEdit(reference, name, draft));
  }
  for (const reference of certain) {
    if (reference.path !== model.place.file || isInside(reference)) continue;
    if (moved.left.some(({ start }) => start === reference.start)) continue;
    draft.edit(reference.path, stringEdit(reference, name, draft));
  }
  if (moved.isUsedBehind) {
    draft.require(model.place.file, [{ module: context.resolver.moduleName(entry), name: model.name }]);
  }
  if (entry !== target) exportFromPackage(entry, target, model.name, draft);
  noteUncertain(uncertain, `names ${id} and is not changed`, draft);
  offerLabels(model, label, context, draft);
  draft.note(
    `Django makes a new content type for ${name} after migrate: permissions given for ${id} and generic relations to it still name the old one.`,
  );
}

/** Users import from the package where it gives its models on. */
function packageEntry(to: App, target: string, { files }: PlanContext): string {
  const entry = joinPath(to.folder, 'models', '__init__.py');
  return files.has(entry) ? entry : target;
}

function isMoved(name: string, { module }: SourceText, starts: ReadonlySet<number>): boolean {
  const made = [...module.classes, ...module.functions].find((each) => each.name === name);
  return made !== undefined && starts.has(made.span.start);
}

/** What can't be done without touching tables, or what migrations can't say. */
function assertCanMove(model: ModelFacts, to: App, target: string, context: PlanContext, draft: Draft): void {
  const { snapshot, resolver } = context;
  const refuse = (reason: string): Failure =>
    new Failure('refused', `${model.id} can’t go to ${to.label}: ${reason}.`, {
      file: model.place.file,
      line: model.place.line,
    });
  if (to.label === model.app) throw refuse('it is there already');
  if (!to.installed) throw refuse(`the app is not in INSTALLED_APPS`);
  if (model.id === snapshot.settings?.authUserModel)
    throw refuse('it is the AUTH_USER_MODEL, which can’t change its app');
  if (model.proxy) throw refuse('it is a proxy, which has no table');
  const named = model.meta.find(({ name }) => name === 'app_label' || name === 'swappable');
  if (named !== undefined) throw refuse(`its Meta says ${named.name}`);
  const relatives = snapshot.models.filter(
    (each) =>
      !each.abstract &&
      (descendsFrom(each, model, snapshot, resolver) || descendsFrom(model, each, snapshot, resolver)),
  );
  if (!model.abstract && relatives.length > 0) {
    throw refuse(`it shares a table with ${relatives.map(({ id }) => id).join(', ')}`);
  }
  if (context.files.get(snapshot.settings?.file ?? '')?.text.includes('MIGRATION_MODULES') === true) {
    throw refuse('MIGRATION_MODULES says where migrations are, which only the project itself can tell');
  }
  assertModelName(
    model.name,
    to.label,
    snapshot,
    boundNames(draft.exists(target) ? draft.source(target) : null, model.name),
  );
}

/** https://docs.djangoproject.com/en/5.2/ref/models/options/#table-names */
function tableOf(model: ModelFacts, draft: Draft): string {
  const found = metaSource(model, draft);
  const option = optionIn(found, model, 'db_table');
  const given = option === null ? null : readString(option.value);
  if (given === undefined) {
    throw new Failure(
      'unclear-source',
      `The db_table of ${model.name} is put together when the project runs: write it out first.`,
      {
        file: model.place.file,
        line: model.place.line,
      },
    );
  }
  return given ?? `${model.app}_${model.name.toLowerCase()}`;
}

function tableEdits(
  model: ModelFacts,
  table: string,
  context: PlanContext,
  draft: Draft,
): readonly TextEdit[] {
  const found = metaSource(model, draft);
  if (model.abstract || optionIn(found, model, 'db_table') !== null) return [];
  const code = pythonString(table, draft.style(model.place.file).quote);
  return withExpression(code, context.files, (value) => addOption(found, model, 'db_table', value, context));
}

/** The options of `Meta`, also those that are inherited: https://docs.djangoproject.com/en/5.2/topics/db/models/#meta-inheritance */
function metaOf(model: ModelFacts, context: PlanContext): readonly OptionFacts[] {
  const { resolver, snapshot, files } = context;
  const facts = files.get(model.place.file)?.module.classes.find(({ name }) => name === model.name);
  const meta = facts?.classes.find(({ name }) => name === 'Meta');
  const parent = (dotted: string): ModelFacts | undefined => {
    const found = resolver.resolve(model.place.file, dotted);
    if (found?.kind !== 'class') return undefined;
    return snapshot.models.find(({ name, place }) => name === found.facts.name && place.file === found.path);
  };
  const bases = meta === undefined ? model.bases : meta.bases.map(({ code }) => code.replace(/\.Meta$/, ''));
  const [inherited] = bases.flatMap((base) => {
    const found = parent(base);
    return found?.abstract === true ? [metaOf(found, context)] : [];
  });
  const own = meta === undefined ? [] : model.meta;
  const names = new Set(own.map(({ name }) => name));
  return [...(inherited ?? []).filter(({ name }) => !names.has(name) && name !== 'abstract'), ...own];
}

/** Short names of other models are names of the old app. */
function ownRelations(model: ModelFacts, draft: Draft): readonly TextEdit[] {
  const source = draft.source(model.place.file);
  const { quote } = draft.style(source.path);
  return model.fields
    .filter(({ relation, inheritedFrom }) => relation !== null && inheritedFrom === null)
    .flatMap(({ place }) => {
      const given = argumentsOf(fieldCall(statementAt(source, place)).childForFieldName('arguments'));
      const named = given.keywords.filter(({ name }) => name === 'to' || name === 'through');
      return [given.positional[0], ...named].flatMap((argument) => {
        const text = argument === undefined ? undefined : readString(argument.value);
        const other =
          text !== undefined &&
          text !== 'self' &&
          !text.includes('.') &&
          text.toLowerCase() !== model.name.toLowerCase();
        if (argument === undefined || !other) return [];
        return [
          {
            start: argument.value.startIndex,
            end: argument.value.endIndex,
            text: `${quote}${model.app}.${text}${quote}`,
          },
        ];
      });
    });
}

/** A string that names the model takes the new label; names of the class itself are no strings. */
function stringEdit({ path, start, end }: Reference, name: string, draft: Draft): readonly TextEdit[] {
  const node = draft.source(path).root.descendantForIndex(start, end);
  if (node?.type !== 'string_content' || node.parent === null) return [];
  if (node.text.includes('.')) return [{ start: node.startIndex, end: node.endIndex, text: name }];
  const call = callAround(node.parent);
  const callee = dottedName(call?.childForFieldName('function') ?? null) ?? '';
  if (callee.endsWith('get_model')) {
    const first = argumentsOf(call?.childForFieldName('arguments') ?? null).positional[0]?.value;
    const label = name.slice(0, name.indexOf('.'));
    if (first === undefined || first.id === node.parent.id) return [];
    return [{ start: first.startIndex + 1, end: first.endIndex - 1, text: label }];
  }
  const isRelation = /(Field|ForeignKey|ParentalKey)$/.test(callee);
  return isRelation ? [{ start: node.startIndex, end: node.endIndex, text: name }] : [];
}

function callAround(node: SyntaxNode): SyntaxNode | null {
  const list = node.parent?.type === 'keyword_argument' ? node.parent.parent : node.parent;
  return list?.type === 'argument_list' && list.parent?.type === 'call' ? list.parent : null;
}

/** Permissions and names of admin pages have the label of the app in them. */
function offerLabels(model: ModelFacts, label: string, { files }: PlanContext, draft: Draft): void {
  const lower = model.name.toLowerCase();
  const spelled = new RegExp(
    `\\b${model.app}(?=\\.(add|change|delete|view)_${lower}\\b|_${lower}_(add|change|changelist|delete|history)\\b)`,
    'g',
  );
  for (const path of files.paths()) {
    const text = files.get(path)?.text ?? '';
    if (!text.includes(lower) || !draft.canEdit(path)) continue;
    for (const { index } of text.matchAll(spelled)) {
      const edit = { start: index, end: index + model.app.length, text: label };
      draft.offer(path, edit, `it names a permission or an admin page of ${model.id}`);
    }
  }
}
