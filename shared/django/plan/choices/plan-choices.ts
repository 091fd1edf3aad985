import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { readLiteral, type Literal } from '../../../python/literal.ts';
import { indentLines } from '../../../python/statement-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { ChoiceMember } from '../../operations/parts.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { modelsImport, modelsName, withExpression } from '../expression.ts';
import type { FieldPlace } from '../fields/field-code.ts';
import { changeField } from '../fields/plan-field-change.ts';
import { fieldPlace } from '../fields/plan-field.ts';
import { insertMember } from '../models/class-members.ts';
import { requireField, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertClassName, assertMemberName, memberValue } from './choices-source.ts';
import { labelHabit, memberCode } from './member-code.ts';

/** Adds a choices class to a model, and to the field that is to use it. */
export function planChoicesAdd(
  { model: id, name, type, members, field: fieldName }: OperationOf<'choices.add'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const source = draft.source(model.place.file);
  const place = fieldPlace(model, context, draft);
  const field = fieldName === null ? null : requireField(model, fieldName);
  if (field?.options.some((option) => option.name === 'choices') === true) {
    throw new Failure('refused', `${id}.${field.name} has choices already: make a class of them instead.`);
  }
  assertFreeInModel(name, model, place);
  const values = assertMembers(members, type === 'TextChoices', context);
  if (field !== null) assertFits(field, values);
  const code = choicesClass(name, type, members, source, place, draft);
  draft.edit(
    source.path,
    insertMember(statementAt(source, model.place), source, code, 'choices', place.style.indent),
  );
  if (field !== null) useChoices(model, field, name, members, context, draft);
}

/** Refuses a name that means something in the model already. */
export function assertFreeInModel(name: string, model: ModelFacts, { known }: FieldPlace): void {
  assertClassName(name);
  if (!known.has(name) && model.fields.every((field) => field.name !== name)) return;
  throw new Failure('invalid-input', `${model.name} has a member named “${name}” already.`, { name });
}

/** The values of new members; fails where names or values are not possible together. */
export function assertMembers(
  members: readonly ChoiceMember[],
  isText: boolean,
  { files }: PlanContext,
): readonly Literal[] {
  const names: string[] = [];
  const values: Literal[] = [];
  for (const { name, value: code } of members) {
    assertMemberName(name, names);
    const value = withExpression(code, files, (node) => memberValue(node, isText));
    if (values.includes(value)) {
      throw new Failure('invalid-input', `Two members have the value ${JSON.stringify(value)}.`, { name });
    }
    names.push(name);
    values.push(value);
  }
  return values;
}

/** fields.E009: https://docs.djangoproject.com/en/5.2/ref/checks/#fields */
export function assertFits(field: FieldFacts, values: readonly Literal[]): void {
  const length = field.options.find(({ name }) => name === 'max_length')?.value;
  if (typeof length !== 'number') return;
  const long = values.find((value) => typeof value === 'string' && Array.from(value).length > length);
  if (long === undefined) return;
  throw new Failure(
    'invalid-input',
    `${field.name} takes ${String(length)} characters: ${JSON.stringify(long)} is longer. Raise its max_length first.`,
    { field: field.name },
  );
}

/** The code of a choices class; what it needs is imported. */
export function choicesClass(
  name: string,
  type: string,
  members: readonly ChoiceMember[],
  source: Parameters<typeof labelHabit>[0],
  place: FieldPlace,
  draft: Draft,
): string {
  const habit = labelHabit(source, null);
  const lines = members.map((member) => memberCode(member, habit, place));
  const imports: ImportRequest[] = [modelsImport(place), ...lines.flatMap((line) => line.imports)];
  const bare = [...source.module.imports].find(
    ([, imported]) => imported.name === type && imported.module === 'django.db.models',
  )?.[0];
  draft.require(source.path, bare === undefined ? imports : imports.slice(1));
  const base = bare ?? `${modelsName(place)}.${type}`;
  const body = lines.map(({ code }) => indentLines(code, place.style.indent)).join('\n');
  return `class ${name}(${base}):\n${body}`;
}

/** Lets a field use a class, also for the default that is one of its values. */
export function useChoices(
  model: ModelFacts,
  field: FieldFacts,
  name: string,
  members: readonly ChoiceMember[],
  context: PlanContext,
  draft: Draft,
): void {
  const set: Record<string, string> = { choices: `${name}.choices` };
  const preset = field.options.find((option) => option.name === 'default');
  const value = preset === undefined ? undefined : withExpression(preset.code, context.files, readLiteral);
  const member = members.find(
    (each) => value !== undefined && withExpression(each.value, context.files, readLiteral) === value,
  );
  if (member !== undefined) set['default'] = `${name}.${member.name}`;
  changeField(
    {
      kind: 'field.change',
      model: model.id,
      field: field.name,
      type: field.type,
      to: null,
      set,
      unset: [],
    },
    new Set([name]),
    context,
    draft,
  );
}
