import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutExpression } from '../../../python/layout.ts';
import { indentLines } from '../../../python/statement-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldInput } from '../../operations/parts.ts';
import { appendToModule } from '../append.ts';
import type { Draft } from '../draft.ts';
import { modelsImport, modelsName, withExpression } from '../expression.ts';
import { boundNames, snakeCase } from '../models/plan-model.ts';
import { exportWith } from '../models/models-package.ts';
import { assertFieldName, assertModelName, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { fieldStatement, type FieldPlace } from './field-code.ts';
import { fieldPlace, planFieldAdd } from './plan-field.ts';

/** Adds a many-to-many field together with the model between, which has the two foreign keys and fields of its own. */
export function planFieldAddThrough(
  { model: id, field, through, after }: OperationOf<'field.addThrough'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const source = draft.source(model.place.file);
  const invalid = (message: string): Failure => new Failure('invalid-input', message);
  if (field.type !== 'ManyToManyField')
    throw invalid('Only a ManyToManyField goes through a model of its own.');
  for (const option of ['through', 'through_fields', 'db_table', 'db_constraint']) {
    if (option in field.options) throw invalid(`Leave ${option} out: it is what this makes.`);
  }
  if (field.to === null) throw invalid('Choose the model the relation leads to.');
  if (model.abstract)
    throw invalid(`${id} is abstract: the model between could lead to none of its children.`);
  assertModelName(through.name, model.app, context.snapshot, boundNames(source));
  const isSelf = field.to === 'self' || field.to === id;
  const targetName =
    field.to === 'settings.AUTH_USER_MODEL' ? 'user' : snakeCase(field.to.replace(/^.*\./, ''));
  const ownName = snakeCase(model.name);
  const ends = isSelf ? [`from_${ownName}`, `to_${ownName}`] : [ownName, targetName];
  const [first = '', second = ''] = ends;
  if (first === second) throw invalid(`${field.to} and ${id} have one name: make the model between by hand.`);
  const quoted = (text: string): string =>
    draft.style(source.path).quote + text + draft.style(source.path).quote;
  const sides = ends.map((name, at): FieldInput => ({
    name,
    type: 'ForeignKey',
    to: at === 0 || isSelf ? id : field.to,
    options: { on_delete: 'models.CASCADE', ...(isSelf ? { related_name: quoted('+') } : {}) },
  }));
  assertExtra(through.fields, ends);
  const place = fieldPlace(model, context, draft);
  const options: Record<string, string> = { ...field.options, through: quoted(through.name) };
  const leadsBack = through.fields.some(({ to }) => to === id || to === field.to);
  if (isSelf || leadsBack) options['through_fields'] = `(${quoted(first)}, ${quoted(second)})`;
  planFieldAdd({ kind: 'field.add', model: id, field: { ...field, options }, after }, context, draft);
  const between = { ...place, model: `${model.app}.${through.name}`, known: new Set<string>() };
  const { code, imports } = throughModel(through.name, [...sides, ...through.fields], ends, between);
  draft.edit(source.path, [appendToModule(source, code)]);
  draft.require(source.path, imports);
  exportWith(model, through.name, context, draft);
}

function assertExtra(fields: readonly FieldInput[], ends: readonly string[]): void {
  const taken = ['id', ...ends, ...ends.map((name) => `${name}_id`)];
  for (const { name } of fields) {
    assertFieldName(name, taken, ['__str__']);
    taken.push(name);
  }
}

/** The model between: a pair stands in it once. */
function throughModel(
  name: string,
  fields: readonly FieldInput[],
  ends: readonly string[],
  place: FieldPlace,
): { readonly code: string; readonly imports: readonly ImportRequest[] } {
  const { style, files } = place;
  const { indent, quote } = style;
  const imports: ImportRequest[] = [modelsImport(place)];
  const body = fields.map((field) => {
    const { code, imports: needed } = fieldStatement(field, place);
    imports.push(...needed);
    return indentLines(code, indent);
  });
  const names = ends.map((end) => quote + end + quote).join(', ');
  const unique = quote + `unique_${snakeCase(name)}` + quote;
  const models = modelsName(place);
  const constraints = withExpression(
    `[${models}.UniqueConstraint(fields=[${names}], name=${unique})]`,
    files,
    (list) => layoutExpression('constraints = ', list, style, indent + indent),
  );
  const shown = ends.map((end) => `{self.${end}}`).join(' – ');
  const lines = [
    `class ${name}(${models}.Model):`,
    ...body,
    '',
    `${indent}class Meta:`,
    indentLines(constraints, indent + indent),
    '',
    `${indent}def __str__(self):`,
    `${indent}${indent}return f${quote}${shown}${quote}`,
  ];
  return { code: lines.join('\n'), imports };
}
