import { Failure } from '../../../contract/failure.ts';
import { indentAt, lineEnd } from '../../../python/file-style.ts';
import { insertItems, removeItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { pythonString } from '../../../python/python-code.ts';
import { argumentsOf, codeEnd, lineOf } from '../../../python/syntax.ts';
import { applyEdits, type TextEdit } from '../../../python/text-edit.ts';
import { findFieldType } from '../../field-catalogue.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { assertFieldName, requireField, requireModel, takenFieldNames } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { fieldCall, noteNewColumn } from './plan-field.ts';
import { assertNoWayBack, assertWayBack } from './reverse-clashes.ts';

/** Options that only one field of a model can have. */
const OWN = /^(primary_key|db_column|related_query_name)$/;

/** Copies a field behind the original under another name, with a way back of its own. */
export function planFieldDuplicate(
  { model: id, field: original, name }: OperationOf<'field.duplicate'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const field = requireField(model, original);
  assertFieldName(name, takenFieldNames(model.fields), model.methods);
  assertNoWayBack(model, name, context.snapshot);
  const source = draft.source(field.place.file);
  const statement = statementAt(source, field.place);
  const target = statement.namedChild(0)?.childForFieldName('left');
  const refuse = (reason: string): Failure =>
    new Failure('refused', `${original} ${reason}: write the second one in the editor.`, {
      file: source.path,
      line: lineOf(statement),
    });
  if (target?.text !== original) throw refuse('is bound together with other names');
  if (field.relation !== null && field.relation.through !== null) {
    throw refuse(`goes through ${field.relation.through}, which leads to it alone`);
  }
  const { text } = source;
  const [start, end] = [statement.startIndex, codeEnd(statement)];
  const edits = [
    { start: target.startIndex, end: target.endIndex, text: name },
    ...ownOptions(fieldCall(statement), text, model, field, name, context, draft),
  ].map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const copy = applyEdits(text.slice(start, end), edits).replaceAll('\r\n', '\n');
  const at = lineEnd(text, end);
  draft.edit(source.path, [{ start: at, end: at, text: `\n${indentAt(text, start)}${copy}` }]);
  const options = Object.fromEntries(
    field.options.filter((option) => !OWN.test(option.name)).map((option) => [option.name, option.code]),
  );
  if (findFieldType(field.type) !== null)
    noteNewColumn({ name, type: field.type, to: field.relation?.target ?? null, options }, model, draft);
}

/** Leaves out what only the original can have, and gives a relation a way back of its own. */
function ownOptions(
  call: SyntaxNode,
  text: string,
  model: ModelFacts,
  field: FieldFacts,
  name: string,
  { snapshot, files }: PlanContext,
  draft: Draft,
): readonly TextEdit[] {
  const list = call.childForFieldName('arguments');
  if (list === null) return [];
  const { keywords } = argumentsOf(list);
  const gone = keywords.filter((argument) => OWN.test(argument.name ?? '')).map(({ node }) => node);
  const without = gone.length === 0 ? [] : removeItems(list, text, gone);
  const { relation } = field;
  if (relation === null || !/^(ForeignKey|OneToOneField|ManyToManyField)$/.test(field.type)) return without;
  const given = keywords.find((argument) => argument.name === 'related_name');
  const known = given === undefined ? undefined : readString(given.value);
  if (known?.endsWith('+') === true) return without;
  const lower = model.name.toLowerCase();
  const related = `${name}_${known ?? (field.type === 'OneToOneField' ? lower : `${lower}_set`)}`;
  const options = new Map([['related_name', pythonString(related)]]);
  assertWayBack(model, { field: name, type: field.type, target: relation.target, options }, snapshot, files);
  const code = pythonString(related, draft.style(model.place.file).quote);
  draft.note(`Its way back is called ${related}.`);
  return given === undefined
    ? [...without, ...insertItems(list, text, [`related_name=${code}`])]
    : [...without, { start: given.value.startIndex, end: given.value.endIndex, text: code }];
}
