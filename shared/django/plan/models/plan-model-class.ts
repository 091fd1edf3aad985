import { Failure } from '../../../contract/failure.ts';
import { changeItems } from '../../../python/list-change.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { BUILTINS, isIdentifier, isKeyword } from '../../../python/python-code.ts';
import { attachedStart } from '../../../python/statement-edit.ts';
import { argumentsOf, lineOf, undecorated } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts, ProjectSnapshot } from '../../project-model.ts';
import { membersOf, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { adaptExpression, modelsImport, modelsName, withExpression } from '../expression.ts';
import { fieldPlace } from '../fields/plan-field.ts';
import { addOption, metaSource, optionIn, removeOption } from '../meta/meta-source.ts';
import { requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelReferences, type Reference } from '../references/model-references.ts';
import { stillUsed } from '../references/references-shown.ts';
import { insertMember, memberNamed, rankOf } from './class-members.ts';

/** Gives a model other bases; those that stay keep their bytes. */
export function planModelChangeBases(
  { model: id, bases }: OperationOf<'model.changeBases'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const source = draft.source(model.place.file);
  const definition = undecorated(statementAt(source, model.place));
  const place = { ...fieldPlace(model, context, draft), known: new Set<string>() };
  const codes = bases.map((base) => {
    const { code, imports } = adaptExpression(base, place);
    draft.require(source.path, imports);
    return code;
  });
  assertBases(codes, model, source, context);
  const list = definition.childForFieldName('superclasses');
  if (list === null) throw new RangeError('A model has bases.');
  const { keywords, open } = argumentsOf(list);
  if (open) throw unclearBases(model, source);
  const kept = keywords.map(({ node }) => node.text);
  draft.edit(source.path, changeItems(list, source.text, [...codes, ...kept]));
  draft.dropUnused(source.path);
  noteInheritance(model, codes, context, draft);
}

function unclearBases({ name, place }: ModelFacts, { path }: SourceText): Failure {
  return new Failure(
    'unclear-source',
    `The bases of ${name} are put together when the project runs: change them in the editor.`,
    { file: path, line: place.line },
  );
}

/** A class Python could not make, or that would be no model any more, is refused. */
function assertBases(
  codes: readonly string[],
  model: ModelFacts,
  source: SourceText,
  { snapshot, resolver }: PlanContext,
): void {
  const invalid = (message: string): Failure => new Failure('invalid-input', message);
  if (new Set(codes).size < codes.length) throw invalid('A class can’t have the same base twice.');
  const parents = codes.map((code) => parentOf(code, source.path, snapshot, resolver));
  const isRoot = (code: string): boolean => /^(\w+\.)?Model$/.test(code);
  const root = codes.findIndex(isRoot);
  if (
    root === -1 &&
    parents.every((parent) => parent === null) &&
    codes.every((code) => isOwn(code, source.path, resolver))
  ) {
    throw invalid(`${model.name} needs a base that is a model: models.Model, or a model of the project.`);
  }
  if (root !== -1 && parents.some((parent, at) => at > root && parent !== null)) {
    throw invalid(`${codes[root] ?? ''} has to stand behind the bases that are models themselves.`);
  }
  for (const [at, parent] of parents.entries()) {
    if (parent === null) continue;
    if (parent.id === model.id || descendsFrom(parent, model, snapshot, resolver)) {
      throw invalid(`${parent.id} is ${model.id} itself or made from it: it can’t be a base of it.`);
    }
    if (parent.place.file === model.place.file && parent.place.start > model.place.start) {
      throw invalid(`${codes[at] ?? ''} stands below ${model.name} in ${source.path}: move it above first.`);
    }
  }
}

function isOwn(code: string, path: string, resolver: PlanContext['resolver']): boolean {
  return resolver.resolve(path, code)?.kind === 'class' || BUILTINS.has(code);
}

function parentOf(
  code: string,
  path: string,
  { models }: ProjectSnapshot,
  resolver: PlanContext['resolver'],
): ModelFacts | null {
  const found = resolver.resolve(path, code);
  if (found?.kind !== 'class') return null;
  return models.find(({ name, place }) => name === found.facts.name && place.file === found.path) ?? null;
}

/** Whether a model inherits from another one, near or far. */
export function descendsFrom(
  model: ModelFacts,
  ancestor: ModelFacts,
  snapshot: ProjectSnapshot,
  resolver: PlanContext['resolver'],
): boolean {
  return model.bases.some((base) => {
    const parent = parentOf(base, model.place.file, snapshot, resolver);
    if (parent === null || parent.id === model.id) return false;
    return parent.id === ancestor.id || descendsFrom(parent, ancestor, snapshot, resolver);
  });
}

function noteInheritance(
  model: ModelFacts,
  codes: readonly string[],
  { snapshot, resolver }: PlanContext,
  draft: Draft,
): void {
  const parents = (bases: readonly string[]): readonly ModelFacts[] =>
    bases.flatMap((base) => parentOf(base, model.place.file, snapshot, resolver) ?? []);
  const [before, after] = [parents(model.bases), parents(codes)];
  for (const parent of after) {
    if (before.some(({ id }) => id === parent.id)) continue;
    const fields = parent.fields.map(({ name }) => name).join(', ');
    if (!parent.abstract) {
      draft.note(`${parent.id} has a table of its own: each row of ${model.name} gets a row there, too.`);
    } else if (fields !== '') draft.note(`${model.name} gets ${fields} from ${parent.id}.`);
  }
  for (const parent of before) {
    const fields = parent.fields.map(({ name }) => name).join(', ');
    if (after.some(({ id }) => id === parent.id) || fields === '') continue;
    draft.note(
      `${model.name} has no ${fields} any more, which came from ${parent.id}: the migration drops the columns.`,
    );
  }
}

/** Makes a model abstract, or an abstract one a model with a table. */
export function planModelSetAbstract(
  { model: id, abstract }: OperationOf<'model.setAbstract'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  if (model.abstract === abstract) {
    throw new Failure('refused', `${id} is ${abstract ? 'abstract already' : 'a model of its own already'}.`);
  }
  const found = metaSource(model, draft);
  const { path } = found.source;
  const children = context.snapshot.models.filter((each) =>
    descendsFrom(each, model, context.snapshot, context.resolver),
  );
  if (abstract) {
    assertCanBeAbstract(model, found.source, context);
    draft.edit(path, abstractOption(model, found, context));
    draft.note(`${id} has no table any more: the migration deletes it with its rows.`);
    for (const child of children) draft.note(`${child.id} keeps copies of the fields in its own table.`);
    return;
  }
  if (children.length > 0) {
    const names = children.map((child) => child.id).join(', ');
    throw new Failure(
      'refused',
      `${names} ${children.length === 1 ? 'derives' : 'derive'} from ${id}: columns would move to a new table, and rows be lost. Change the bases there first.`,
      { file: path, line: model.place.line },
    );
  }
  const option = optionIn(found, model, 'abstract');
  if (option === null) throw new RangeError('An abstract model says so in its Meta.');
  draft.edit(path, removeOption(found, option.statement));
}

function abstractOption(
  model: ModelFacts,
  found: ReturnType<typeof metaSource>,
  context: PlanContext,
): readonly TextEdit[] {
  const current = optionIn(found, model, 'abstract');
  if (current !== null) {
    return [{ start: current.value.startIndex, end: current.value.endIndex, text: 'True' }];
  }
  return withExpression('True', context.files, (value) =>
    addOption(found, model, 'abstract', value, context),
  );
}

/** What only a model with a table can do stands in the way. */
function assertCanBeAbstract(model: ModelFacts, source: SourceText, context: PlanContext): void {
  if (model.proxy) throw new Failure('refused', `${model.id} is a proxy: it has no fields to give on.`);
  const { certain } = modelReferences(model, context);
  const blocking = certain.filter((each) => !isHarmless(each, model, source, context));
  if (blocking.length > 0) throw stillUsed(`${model.id} as a model with a table`, blocking);
}

/** Imports, bases of other classes and what stands in the class itself. */
function isHarmless(
  { path, start }: Reference,
  model: ModelFacts,
  source: SourceText,
  { files }: PlanContext,
): boolean {
  if (path === source.path && start >= model.place.start && start < model.place.end) return true;
  let node = files.get(path)?.root.descendantForIndex(start) ?? null;
  while (node !== null) {
    const { parent } = node;
    if (node.type === 'import_from_statement') return true;
    if (node.type === 'assignment') return node.childForFieldName('left')?.text === '__all__';
    if (node.type === 'argument_list' && parent?.type === 'class_definition') return true;
    node = parent;
  }
  return false;
}

/** Adds a manager with a queryset class of its own. */
export function planModelAddManager(
  { model: id, name, queryset }: OperationOf<'model.addManager'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const source = draft.source(model.place.file);
  const definition = statementAt(source, model.place);
  const { indent } = draft.style(source.path);
  assertManagerNames(name, queryset, model);
  const taken = memberNamed(definition, name);
  if (taken !== null) {
    throw new Failure('refused', `${model.name} has a member named “${name}” already.`, {
      file: source.path,
      line: lineOf(taken),
    });
  }
  const module = source.module;
  const place = { module };
  const imports: ImportRequest[] = [];
  const known = module.classes.some((each) => each.name === queryset) || module.imports.has(queryset);
  if (!known) {
    if (module.variables.has(queryset) || module.functions.some((each) => each.name === queryset)) {
      throw new Failure('invalid-input', `“${queryset}” already means something else in ${source.path}.`);
    }
    imports.push(modelsImport(place));
    const at = attachedStart(definition, source.text);
    const code = `class ${queryset}(${modelsName(place)}.QuerySet):\n${indent}pass\n\n\n`;
    draft.edit(source.path, [{ start: at, end: at, text: code }]);
  }
  const lines = [`${name} = ${queryset}.as_manager()`];
  // A manager of another name takes the place of `objects`: https://docs.djangoproject.com/en/5.2/topics/db/managers/#manager-names
  const hasManager = membersOf(definition).some((member) => rankOf(member) === 'manager');
  if (name !== 'objects' && !hasManager) {
    imports.push(modelsImport(place));
    lines.unshift(`objects = ${modelsName(place)}.Manager()`);
  }
  const members = insertMember(definition, source, lines.join('\n'), 'manager', indent);
  draft.edit(source.path, hasManager ? members.map(joined) : members);
  draft.require(source.path, imports);
}

/** Managers stand one below the other. */
function joined(edit: TextEdit): TextEdit {
  return { ...edit, text: edit.text.replace(/^\n\n(?=[ \t])/, '\n').replace(/\n$/, '') };
}

function assertManagerNames(name: string, queryset: string, model: ModelFacts): void {
  for (const each of [name, queryset]) {
    if (!isIdentifier(each) || isKeyword(each) || each.startsWith('__')) {
      throw new Failure('invalid-input', `“${each}” can’t be a name in Python.`, { name: each });
    }
  }
  if (model.fields.some((field) => field.name === name)) {
    throw new Failure('invalid-input', `${model.name} has a field named “${name}” already.`, { name });
  }
}
