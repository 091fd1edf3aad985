import { Failure } from '../../../contract/failure.ts';
import { nextLine } from '../../../python/file-style.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import { requireApp, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelReferences, type Reference } from '../references/model-references.ts';
import { noteUncertain } from '../references/references-shown.ts';
import { exportFromPackage } from './models-package.ts';
import { moduleFor } from './module-graph.ts';
import { prepareMove, writeMove } from './move-class.ts';
import { moveIntoNewPackage, opensModelsPackage } from './open-package.ts';
import { moveUses } from './move-users.ts';

/** Moves a model to another module of its app. */
export function planModelMove(
  { model: id, file: target }: OperationOf<'model.move'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const from = model.place.file;
  const app = requireApp(context.snapshot, model.app);
  const packageFile = joinPath(app.folder, 'models', '__init__.py');
  const opensPackage = opensModelsPackage(target, model, app.folder);
  if (!opensPackage) assertTarget(target, model, app.folder, packageFile, context);
  const { certain, uncertain } = modelReferences(model, context);
  const outside = Map.groupBy(
    certain.filter(({ path }) => path !== from && path !== target),
    ({ path }) => path,
  );
  const inPackage = context.files.has(packageFile) && isBelow(target, folderOf(packageFile));
  // Django loads the models module alone, so that goes on giving the model to everybody.
  const keepsName = (path: string): boolean => path === packageFile && path !== from && inPackage;
  const users = [...outside.keys()].filter((path) => path !== packageFile);
  if (opensPackage) {
    moveIntoNewPackage(model, target, context, draft);
    noteUncertain(uncertain, `names ${id} and is not changed`, draft);
    return;
  }
  // What Django loads imports the model from there: nothing of it may be imported back.
  const loader = inPackage ? [] : loaderOf(target, packageFile, context);
  const moved = prepareMove(model, target, [...users, ...loader], ({ name }) => name, [], context, draft);
  writeMove(moved, target, draft);
  const move = { name: model.name, from, to: target, stillThere: keepsName };
  for (const [path, references] of outside) {
    moveUses(draft.source(path), references, move, context, draft);
  }
  dropFromTarget(certain, target, move, context, draft);
  if (moved.isUsedBehind) {
    draft.require(from, [{ module: context.resolver.moduleName(target), name: model.name }]);
  }
  makeKnown(model, target, packageFile, inPackage, moved.isUsedBehind, context, draft);
  noteUncertain(uncertain, `names ${id} and is not changed`, draft);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function assertTarget(
  target: string,
  model: ModelFacts,
  folder: string,
  packageFile: string,
  { files }: PlanContext,
): void {
  const refuse = (message: string): Failure => new Failure('refused', message, { file: model.place.file });
  const invalid = (message: string): Failure => new Failure('invalid-input', message, { file: target });
  if (target === model.place.file) throw refuse(`${model.name} stands in ${target} already.`);
  const name = target.slice(target.lastIndexOf('/') + 1);
  if (!isBelow(target, folder) || !/^[A-Za-z_]\w*\.py$/.test(name)) {
    throw invalid(`${target} is not a module of the app ${model.app}.`);
  }
  const models = joinPath(folder, 'models.py');
  if (isBelow(target, joinPath(folder, 'models')) && !files.has(packageFile)) {
    throw refuse(
      files.has(models)
        ? `${models} is a module: make it a package models/ with __init__.py first, which is what Django loads.`
        : `${packageFile} is not there: make it first, it is what Django loads.`,
    );
  }
  const between = folderOf(target);
  if (between !== folder && !files.has(joinPath(between, '__init__.py'))) {
    throw refuse(`${between} is not a package: make ${between}/__init__.py first.`);
  }
  if (/(^|\/)(migrations|management|templatetags)(\/|$)/.test(target.slice(folder.length + 1))) {
    throw invalid(`${target} is no place for models: Django uses that folder for something else.`);
  }
}

/** The module the class comes to has no need to import it any more. */
function dropFromTarget(
  certain: readonly Reference[],
  target: string,
  move: Parameters<typeof moveUses>[2],
  context: PlanContext,
  draft: Draft,
): void {
  const references = certain.filter(({ path }) => path === target);
  if (references.length > 0) moveUses(draft.source(target), references, move, context, draft);
}

/** The module that Django loads the app's models from, unless it is the target itself. */
function loaderOf(target: string, packageFile: string, { files }: PlanContext): readonly string[] {
  const module = joinPath(folderOf(folderOf(packageFile)), 'models.py');
  const entry = files.has(packageFile) ? packageFile : module;
  return entry === target || !files.has(entry) ? [] : [entry];
}

/** https://docs.djangoproject.com/en/5.2/topics/db/models/#organizing-models-in-a-package */
function makeKnown(
  model: ModelFacts,
  target: string,
  packageFile: string,
  inPackage: boolean,
  isUsedBehind: boolean,
  context: PlanContext,
  draft: Draft,
): void {
  const from = model.place.file;
  const [entry] = loaderOf(target, packageFile, context);
  if (entry === undefined) return;
  if (inPackage && folderOf(target) === folderOf(packageFile)) {
    const known = context.files.get(packageFile)?.module.imports.has(model.name) === true;
    if (!known) exportFromPackage(packageFile, target, model.name, draft);
    return;
  }
  if (entry === from && isUsedBehind) return;
  const names = context.files.get(entry)?.module.imports;
  if (names?.has(model.name) === true || !draft.exists(entry)) return;
  const source = draft.source(entry);
  const module = moduleFor(entry, target, true, context);
  const last = source.root.namedChildren.findLast(({ type }) => type.startsWith('import_'));
  const at = last === undefined ? 0 : nextLine(source.text, last.endIndex);
  const group = last?.childForFieldName('module_name')?.text ?? last?.childForFieldName('name')?.text ?? '.';
  const isRelative = module.startsWith('.');
  const isSameGroup = isRelative
    ? group.startsWith('.')
    : !group.startsWith('.') && draft.isOwnModule(group.split('.')[0] ?? '');
  const gap = isSameGroup ? '' : '\n';
  const line = `${gap}from ${module} import ${model.name}  # noqa: F401\n`;
  draft.edit(entry, [{ start: at, end: at, text: line }]);
}
