import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldInput } from '../../operations/parts.ts';
import type { ModelFacts } from '../../project-model.ts';
import { insertField, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { fieldReferences } from '../references/field-references.ts';
import { offerInTemplates, offerRemovals, offerRenames, stillUsed } from '../references/references-shown.ts';
import { removeUses } from '../references/remove-uses.ts';
import { usesOfWaysBack } from '../references/reverse-names.ts';
import { attributesInTemplates } from '../references/template-references.ts';
import { fieldStatement, type FieldPlace } from './field-code.ts';
import { fillsItself, requireFieldType } from './field-rules.ts';
import { assertNoWayBack, assertWayBack, type NewRelation } from './reverse-clashes.ts';
import { assertFieldName, requireField, requireModel, takenFieldNames } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';

/** Adds a field to a model. */
export function planFieldAdd(operation: OperationOf<'field.add'>, context: PlanContext, draft: Draft): void {
  const model = requireModel(context.snapshot, operation.model);
  const { field, after } = operation;
  assertFieldName(field.name, takenFieldNames(model.fields), model.methods);
  assertNoWayBack(model, field.name, context.snapshot);
  assertWayBack(model, newRelation(field, model, context), context.snapshot, context.files);
  const path = model.place.file;
  const source = draft.source(path);
  const definition = statementAt(source, model.place);
  const own = model.fields.filter((each) => each.inheritedFrom === null).map(({ place }) => place);
  const anchor = after === null ? null : requireField(model, after).place;
  const { code, imports } = fieldStatement(field, fieldPlace(model, context, draft));
  draft.edit(path, insertField(definition, source, code, own, anchor, draft.style(path).indent));
  draft.require(path, imports);
  noteNewColumn(field, model, draft);
}

function newRelation(
  { name, type, to, options }: FieldInput,
  model: ModelFacts,
  { snapshot }: PlanContext,
): NewRelation {
  const user = snapshot.settings?.authUserModel ?? 'auth.User';
  const target = to === 'self' ? model.id : to === 'settings.AUTH_USER_MODEL' ? user : to;
  return { field: name, type, target, options: new Map(Object.entries(options)) };
}

/** Where the fields of a model stand. */
export function fieldPlace(model: ModelFacts, { snapshot, files }: PlanContext, draft: Draft): FieldPlace {
  const path = model.place.file;
  const source = draft.source(path);
  const facts = source.module.classes.find(({ name }) => name === model.name);
  const known = new Set([
    ...(facts?.attributes ?? []).map(({ name }) => name),
    ...(facts?.classes ?? []).map(({ name }) => name),
    ...(facts?.methods ?? []).map(({ name }) => name),
  ]);
  return {
    file: path,
    style: draft.style(path),
    module: source.module,
    known,
    files,
    snapshot,
    app: model.app,
    model: model.id,
  };
}

/** Says what a new column means for rows that exist, and what the environment lacks. */
export function noteNewColumn(field: FieldInput, model: ModelFacts | null, draft: Draft): void {
  const type = requireFieldType(field.type);
  if (model !== null && !fillsItself(type, new Map(Object.entries(field.options)))) {
    draft.note(`Rows that exist already need a value for ${field.name}: the migration asks for it.`);
  }
  if (field.type === 'ImageField') draft.package('Pillow');
}

/** Removes a field with what names it; refuses while something that would break without it still does. */
export function planFieldRemove(
  operation: OperationOf<'field.remove'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, operation.model);
  const field = requireField(model, operation.field);
  const names = fieldReferences(model, field, context);
  const back = usesOfWaysBack(model, (way) => way.field.name === field.name, context);
  const uses = {
    certain: [...names.certain, ...back.certain],
    uncertain: [...names.uncertain, ...back.uncertain],
    gone: [{ path: field.place.file, start: field.place.start, end: field.place.end }],
  };
  const blocking = removeUses(uses, field.name, draft);
  if (blocking.length > 0) throw stillUsed(`${model.id}.${field.name}`, blocking);
  const source = draft.source(field.place.file);
  draft.edit(source.path, removeStatements([statementAt(source, field.place)], source.text));
  draft.dropUnused(source.path);
  offerRemovals([...attributesInTemplates(field.name, context), ...back.templates], draft);
}

/** Renames a field, with everything that surely names it. */
export function planFieldRename(
  operation: OperationOf<'field.rename'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, operation.model);
  const field = requireField(model, operation.field);
  const { name } = operation;
  if (name === field.name) throw new Failure('invalid-input', `The field is called ${name} already.`);
  const others = model.fields.filter((each) => each.name !== field.name);
  assertFieldName(name, takenFieldNames(others), model.methods);
  assertNoWayBack(model, name, context.snapshot);
  const { certain, uncertain } = fieldReferences(model, field, context);
  const source = draft.source(field.place.file);
  const target = statementAt(source, field.place).namedChild(0)?.childForFieldName('left');
  if (target?.text !== field.name)
    throw new Failure('unclear-source', `${field.name} is bound together with other names.`, {
      file: source.path,
      line: field.place.line,
    });
  draft.edit(source.path, [{ start: target.startIndex, end: target.endIndex, text: name }]);
  for (const { path, start, end } of certain) draft.edit(path, [{ start, end, text: name }]);
  offerRenames(uncertain, name, draft);
  offerInTemplates(attributesInTemplates(field.name, context), name, draft);
  draft.note('makemigrations asks whether the field was renamed: say yes, and its values stay.');
}

/** The call that makes a field, in its statement. */
export function fieldCall(statement: SyntaxNode): SyntaxNode {
  const value = statement.namedChild(0)?.childForFieldName('right') ?? null;
  const call = value?.type === 'call' ? value : null;
  if (call !== null) return call;
  throw new Failure('unclear-source', 'The field is not made by a plain call: change it in the editor.');
}
