import { Failure } from '../../../contract/failure.ts';
import { indentAt, lineEnd } from '../../../python/file-style.ts';
import { readString } from '../../../python/literal.ts';
import { attachedStart, removeStatements } from '../../../python/statement-edit.ts';
import { argumentsOf, codeEnd } from '../../../python/syntax.ts';
import { applyEdits, type TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { insertField, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { carriedNames, valueNames } from '../models/carried-names.ts';
import { memberNamed } from '../models/class-members.ts';
import { findCycle } from '../models/module-graph.ts';
import { descendsFrom } from '../models/plan-model-class.ts';
import { requireField, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { fieldCall } from './plan-field.ts';

/** Moves a field to an abstract base of its model. */
export function planFieldMoveToBase(
  { model: id, field: name, base: baseId }: OperationOf<'field.moveToBase'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const base = requireModel(context.snapshot, baseId);
  const field = requireField(model, name);
  const children = context.snapshot.models.filter((each) =>
    descendsFrom(each, base, context.snapshot, context.resolver),
  );
  assertBase(model, base, field, children, draft);
  const source = draft.source(field.place.file);
  const target = draft.source(base.place.file);
  const statement = statementAt(source, field.place);
  const start = attachedStart(statement, source.text);
  const end = lineEnd(source.text, codeEnd(statement));
  const edits = relationEdits(field, base, children, source, draft);
  const inside = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const indent = indentAt(source.text, statement.startIndex);
  const code = applyEdits(source.text.slice(start, end), inside)
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
  bringNames(field, model, base, context, draft);
  const own = base.fields.filter(({ inheritedFrom }) => inheritedFrom === null).map(({ place }) => place);
  const unit = draft.style(target.path).indent;
  draft.edit(target.path, insertField(statementAt(target, base.place), target, code, own, null, unit));
  draft.edit(source.path, [{ start, end: statement.startIndex - indent.length, text: '' }]);
  draft.edit(source.path, removeStatements([statement], source.text));
  draft.dropUnused(source.path);
  const others = children.filter((each) => each.id !== id && !each.abstract).map((each) => each.id);
  if (others.length > 0)
    draft.note(`${others.join(', ')} get ${name}, too: the migration adds the column there.`);
}

function assertBase(
  model: ModelFacts,
  base: ModelFacts,
  field: FieldFacts,
  children: readonly ModelFacts[],
  { source }: Draft,
): void {
  const refuse = (message: string): Failure =>
    new Failure('refused', message, { file: base.place.file, line: base.place.line });
  if (!base.abstract) throw refuse(`${base.id} is not abstract: its fields stand in a table of its own.`);
  if (!children.some(({ id }) => id === model.id))
    throw refuse(`${model.id} does not inherit from ${base.id}.`);
  for (const each of [base, ...children]) {
    if (each.id === model.id) continue;
    const own = source(each.place.file);
    if (memberNamed(statementAt(own, each.place), field.name) === null) continue;
    throw refuse(`${each.id} defines “${field.name}” itself: remove it there first.`);
  }
  const { relation } = field;
  const fixed = relation?.relatedName ?? null;
  const tables = children.filter(({ abstract, proxy }) => !abstract && !proxy).length;
  if (tables > 1 && fixed !== null && !fixed.includes('%(class)s') && !fixed.endsWith('+')) {
    throw refuse(
      `All models made from ${base.id} would have the related_name “${fixed}”: write %(class)s into it first.`,
    );
  }
}

/** A short name of a model is one of the app of each child: https://docs.djangoproject.com/en/5.2/ref/models/fields/#lazy-relationships */
function relationEdits(
  field: FieldFacts,
  base: ModelFacts,
  children: readonly ModelFacts[],
  source: ReturnType<Draft['source']>,
  draft: Draft,
): readonly TextEdit[] {
  const target = field.relation?.target ?? null;
  const apps = new Set([base, ...children].map(({ app }) => app));
  if (target === null || apps.size === 1) return [];
  const given = argumentsOf(fieldCall(statementAt(source, field.place)).childForFieldName('arguments'));
  const value = given.keywords.find(({ name }) => name === 'to')?.value ?? given.positional[0]?.value;
  const text = value === undefined ? undefined : readString(value);
  if (value === undefined || text === undefined || text === 'self' || text.includes('.')) return [];
  const { quote } = draft.style(source.path);
  return [{ start: value.startIndex, end: value.endIndex, text: quote + target + quote }];
}

/** Imports what the field is made with; members of the class it stands in can't follow it. */
function bringNames(
  field: FieldFacts,
  model: ModelFacts,
  base: ModelFacts,
  context: PlanContext,
  draft: Draft,
): void {
  const source = draft.source(field.place.file);
  const statement = statementAt(source, field.place);
  const call = fieldCall(statement);
  const { imports, own } = carriedNames([call], source, context);
  const definition = statementAt(source, model.place);
  const members = valueNames(call)
    .filter(({ text }) => memberNamed(definition, text) !== null)
    .map(({ text }) => text);
  const refuse = (message: string): Failure =>
    new Failure('refused', message, { file: source.path, line: field.place.line });
  if (members.length > 0) {
    throw refuse(
      `${field.name} is made with ${[...new Set(members)].join(', ')} of ${model.name}: move that first.`,
    );
  }
  const target = base.place.file;
  if (target === source.path) {
    const later = own.find((name) => {
      const at = source.module.classes.find((each) => each.name === name)?.span.start;
      return at !== undefined && at > base.place.start;
    });
    if (later !== undefined) throw refuse(`${later} stands below ${base.name}: move it above first.`);
    return;
  }
  const others = imports.filter(({ file }) => file !== target);
  const edges = [
    ...others.flatMap(({ file }) => (file === null ? [] : [file])),
    ...(own.length > 0 ? [source.path] : []),
  ];
  const way = findCycle(
    target,
    edges.map((file) => [target, file] as const),
    context,
  );
  if (way !== null) throw refuse(`${field.name} can’t go there: ${way.join(' would import ')}.`);
  draft.require(target, others);
  const module = context.resolver.moduleName(source.path);
  draft.require(
    target,
    own.map((name) => ({ module, name })),
  );
}
