import { Failure } from '../../../contract/failure.ts';
import { indentAt, lineEnd, lineStart, nextLine } from '../../../python/file-style.ts';
import { readLiteral } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { attachedStart, indentLines, removeStatements } from '../../../python/statement-edit.ts';
import { argumentsOf, codeEnd, lineOf, unwrap } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { modelsImport, modelsName, withExpression } from '../expression.ts';
import { changeField } from '../fields/plan-field-change.ts';
import { fieldCall, fieldPlace } from '../fields/plan-field.ts';
import { insertMember } from '../models/class-members.ts';
import { boundNames } from '../models/plan-model.ts';
import { requireField, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertClassName } from './choices-source.ts';
import { assertFreeInModel } from './plan-choices.ts';
import { findConstant, readChoicesList, type ChoicesList, type Constant } from './read-choices-list.ts';

/** Makes a class of the list of choices that stands in a field, or that the field names. */
export function planChoicesExtract(
  { model: id, field: fieldName, name }: OperationOf<'choices.extract'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const field = requireField(model, fieldName);
  const source = draft.source(model.place.file);
  const definition = statementAt(source, model.place);
  const { list, constant } = listOf(field, definition, source);
  const read = readChoicesList(list, definition, source, field);
  const place = fieldPlace(model, context, draft);
  if (constant?.inClass === false) assertFreeInModule(name, source);
  else assertFreeInModel(name, model, place);
  draft.require(source.path, [modelsImport(place)]);
  const body = read.members.map(({ code }) => indentLines(code, place.style.indent)).join('\n');
  const code = `class ${name}(${modelsName(place)}.${read.type}):\n${body}`;
  const users = constant === null ? [{ model, field }] : fieldsNaming(constant, model, context);
  if (constant === null) {
    draft.edit(source.path, insertMember(definition, source, code, 'choices', place.style.indent));
  } else {
    const keeps = isUsedElsewhere(constant.name, source, context, [
      constant.statement,
      ...optionsOf(users, source),
    ]);
    const both = keeps
      ? `${code}\n\n${constant.inClass ? '' : '\n'}${constant.name} = ${name}.choices`
      : code;
    draft.edit(source.path, [replaceConstant(constant, both, source)]);
  }
  for (const user of users) useClass(user, name, read, definition, source, context, draft);
  dropConstants(read, constant, users, source, context, draft);
}

interface FieldUser {
  readonly model: ModelFacts;
  readonly field: FieldFacts;
}

/** The display with the pairs, in the field itself or behind a name. */
function listOf(
  field: FieldFacts,
  definition: SyntaxNode,
  source: SourceText,
): { readonly list: SyntaxNode; readonly constant: Constant | null } {
  const call = fieldCall(statementAt(source, field.place));
  const given = argumentsOf(call.childForFieldName('arguments')).keywords.find(
    ({ name }) => name === 'choices',
  );
  if (given === undefined) throw new Failure('refused', `${field.name} has no choices.`);
  const value = unwrap(given.value);
  const constant = value.type === 'identifier' ? findConstant(value.text, definition, source) : null;
  const list = unwrap(constant?.value ?? value);
  if (/^(list|tuple)$/.test(list.type)) return { list, constant };
  if (/\.choices$/.test(value.text))
    throw new Failure('refused', `The choices of ${field.name} are a class already.`);
  throw new Failure(
    'unclear-source',
    `The choices of ${field.name} are put together when the project runs: change them in the editor.`,
    { file: source.path, line: lineOf(given.value) },
  );
}

function assertFreeInModule(name: string, source: SourceText): void {
  assertClassName(name);
  if (!boundNames(source).has(name)) return;
  throw new Failure('invalid-input', `“${name}” already means something else in ${source.path}.`, { name });
}

/** Fields that take the same constant for their choices. */
function fieldsNaming(
  constant: Constant,
  model: ModelFacts,
  { snapshot }: PlanContext,
): readonly FieldUser[] {
  const models = constant.inClass
    ? [model]
    : snapshot.models.filter(({ place }) => place.file === model.place.file);
  return models.flatMap((each) =>
    each.fields
      .filter(({ inheritedFrom, options }) => {
        const code = options.find((option) => option.name === 'choices')?.code;
        return inheritedFrom === null && code === constant.name;
      })
      .map((field) => ({ model: each, field })),
  );
}

function optionsOf(users: readonly FieldUser[], source: SourceText): readonly SyntaxNode[] {
  return users.flatMap(({ field }) => {
    const list = fieldCall(statementAt(source, field.place)).childForFieldName('arguments');
    return argumentsOf(list)
      .keywords.filter(({ name }) => name === 'choices' || name === 'default')
      .map(({ node }) => node);
  });
}

/** Whether a name stands anywhere but in these nodes. */
function isUsedElsewhere(
  name: string,
  source: SourceText,
  { files }: PlanContext,
  known: readonly SyntaxNode[],
): boolean {
  const inside = source.root
    .descendantsOfType('identifier')
    .some(
      (node) =>
        node.text === name &&
        !(
          node.parent?.type === 'keyword_argument' && node.parent.childForFieldName('name')?.id === node.id
        ) &&
        !known.some(({ startIndex, endIndex }) => startIndex <= node.startIndex && node.endIndex <= endIndex),
    );
  const word = new RegExp(`\\b${name}\\b`);
  return (
    inside ||
    files
      .paths()
      .some((path) => path !== source.path && path.endsWith('.py') && word.test(files.get(path)?.text ?? ''))
  );
}

/** The class where the constant stood, between the blank lines that a class has. */
function replaceConstant({ statement, inClass }: Constant, code: string, { text }: SourceText): TextEdit {
  const indent = indentAt(text, statement.startIndex);
  const start = lineStart(text, statement.startIndex);
  const end = lineEnd(text, codeEnd(statement));
  const wanted = inClass ? 1 : 2;
  const head = text.slice(0, attachedStart(statement, text)).replace(/\r/g, '');
  const opens = head.trim() === '' || /:[ \t]*(#.*)?\n$/.test(head);
  const commented = attachedStart(statement, text) !== start;
  const blankBefore = /\n*$/.exec(head.replace(/[ \t]+(?=\n)/g, ''))?.[0].length ?? 0;
  const rest = text.slice(nextLine(text, end)).replace(/\r/g, '');
  const blankAfter = /^([ \t]*\n)*/.exec(rest)?.[0].split('\n').length ?? 1;
  const before = opens || commented ? 0 : Math.max(0, wanted + 1 - blankBefore);
  const after = rest.trim() === '' ? 0 : Math.max(0, wanted + 1 - blankAfter);
  return {
    start,
    end,
    text: '\n'.repeat(before) + indentLines(code, indent) + '\n'.repeat(after),
  };
}

/** `choices=Status.choices`, and `Status.DRAFT` for a default that is one of the values. */
function useClass(
  { model, field }: FieldUser,
  name: string,
  { members }: ChoicesList,
  definition: SyntaxNode,
  source: SourceText,
  context: PlanContext,
  draft: Draft,
): void {
  const set: Record<string, string> = { choices: `${name}.choices` };
  const preset = field.options.find((option) => option.name === 'default');
  const constant = preset === undefined ? null : findConstant(preset.code, definition, source);
  const value =
    constant === null
      ? preset === undefined
        ? undefined
        : withExpression(preset.code, context.files, readLiteral)
      : readLiteral(constant.value);
  const member = members.find((each) => value !== undefined && value !== null && each.value === value);
  if (member !== undefined) set['default'] = `${name}.${member.name}`;
  const { type } = field;
  const operation = {
    kind: 'field.change',
    model: model.id,
    field: field.name,
    type,
    to: null,
    set,
    unset: [],
  } as const;
  changeField({ ...operation, unset: [] }, new Set([name]), context, draft);
}

/** Constants for single values go where only the list and the defaults named them. */
function dropConstants(
  { constants }: ChoicesList,
  list: Constant | null,
  users: readonly FieldUser[],
  source: SourceText,
  context: PlanContext,
  draft: Draft,
): void {
  const known = [...optionsOf(users, source), ...(list === null ? [] : [list.statement])];
  const gone = constants.filter(
    ({ name, statement }) => !isUsedElsewhere(name, source, context, [statement, ...known]),
  );
  for (const { statement } of gone) draft.edit(source.path, removeStatements([statement], source.text));
  const kept = constants.filter((each) => !gone.includes(each)).map(({ name }) => name);
  if (kept.length > 0) draft.note(`${kept.join(', ')} stay as they are: other code names them.`);
}
