import { Failure } from '../../contract/failure.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { removeStatements } from '../../python/statement-edit.ts';
import type { FieldInput, OperationOf } from '../operations.ts';
import type { ModelFacts } from '../project-model.ts';
import { insertField, statementAt } from './class-source.ts';
import type { Draft } from './draft.ts';
import { fieldStatement, type FieldPlace } from './field-code.ts';
import { fillsItself, requireFieldType } from './field-rules.ts';
import { assertFieldName, requireField, requireModel, takenFieldNames } from './names.ts';
import type { PlanContext } from './plan-context.ts';

/** Adds a field to a model. */
export function planFieldAdd(operation: OperationOf<'field.add'>, context: PlanContext, draft: Draft): void {
  const model = requireModel(context.snapshot, operation.model);
  const { field, after } = operation;
  assertFieldName(field.name, takenFieldNames(model.fields), model.methods);
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

/** Removes a field; refuses while something that would break still names it. */
export function planFieldRemove(
  operation: OperationOf<'field.remove'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, operation.model);
  const field = requireField(model, operation.field);
  const source = draft.source(field.place.file);
  draft.edit(source.path, removeStatements([statementAt(source, field.place)], source.text));
  draft.dropUnused(source.path);
}

/** The call that makes a field, in its statement. */
export function fieldCall(statement: SyntaxNode): SyntaxNode {
  const value = statement.namedChild(0)?.childForFieldName('right') ?? null;
  const call = value?.type === 'call' ? value : null;
  if (call !== null) return call;
  throw new Failure('unclear-source', 'The field is not made by a plain call: change it in the editor.');
}
