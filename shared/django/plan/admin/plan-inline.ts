import { Failure } from '../../../contract/failure.ts';
import { dottedName, assignmentsOf, undecorated, unwrap } from '../../../python/syntax.ts';
import { insertItems } from '../../../python/list-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { ModelFacts } from '../../project-model.ts';
import {
  attributeOf,
  insertAbove,
  requireClass,
  setAttribute,
  type ClassOwner,
} from '../class-attributes.ts';
import { membersOf } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { moduleFrom } from '../named-imports.ts';
import { requireModel } from '../names.ts';
import { boundNames } from '../models/plan-model.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelNamed } from '../references/class-subject.ts';
import { ADMIN_ORDER } from './admin-options.ts';
import { adminModule, giveAdminClass, requireAdminClass, requireRegistration } from './plan-admin.ts';

/** Shows the rows of another model in the form of this one, by an inline class above its admin class. */
export function planAdminInline(
  { model: id, inline: inlineId, style }: OperationOf<'admin.addInline'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const inline = requireModel(context.snapshot, inlineId);
  const keys = foreignKeys(inline, model);
  const [key, ...others] = keys;
  if (key === undefined) {
    throw new Failure(
      'invalid-input',
      `${inlineId} has no foreign key to ${id}: its rows can’t stand in its form.`,
    );
  }
  const found = requireRegistration(model, context, draft);
  const owner = found.admin === null ? null : requireAdminClass(found, context, draft);
  const { path } = (owner ?? found).source;
  const name = inlineName(inline, path, context, draft);
  const { indent } = draft.style(path);
  const base = style === 'tabular' ? 'TabularInline' : 'StackedInline';
  const admin = adminModule(draft.source(path));
  const { quote: q } = draft.style(path);
  const code = [
    `class ${name.name}(${admin}.${base}):`,
    `${indent}model = ${inline.name}`,
    ...(others.length > 0 ? [`${indent}fk_name = ${q}${key}${q}`] : []),
    `${indent}extra = 0`,
  ].join('\n');
  if (others.length > 0)
    draft.note(`${inlineId} leads to ${id} by ${keys.join(' and ')}: the inline shows ${key}.`);
  if (name.isNew) {
    draft.require(path, [
      { module: 'django.contrib', name: 'admin' },
      { module: moduleFrom(path, inline.place.file, context), name: inline.name },
    ]);
  }
  const entry = `inlines = [${name.name}]`;
  if (owner === null) giveAdminClass(found, model, [entry], draft, name.isNew ? [code, '', ''] : []);
  else {
    if (name.isNew) draft.edit(path, [insertAbove(owner.definition, owner.source.text, `${code}\n\n\n`)]);
    enterInline(owner, name.name, context, draft);
  }
}

/** Fields of a model that lead to another one, by foreign key or one-to-one. */
function foreignKeys(inline: ModelFacts, { id }: ModelFacts): readonly string[] {
  return inline.fields
    .filter(
      ({ relation }) =>
        (relation?.kind === 'foreign-key' || relation?.kind === 'one-to-one') &&
        relation.target?.toLowerCase() === id.toLowerCase(),
    )
    .map(({ name }) => name);
}

/** `LoanInline`, which is new, or the class of that name that shows the same model already. */
function inlineName(
  inline: ModelFacts,
  path: string,
  context: PlanContext,
  draft: Draft,
): { readonly name: string; readonly isNew: boolean } {
  const name = `${inline.name}Inline`;
  if (!boundNames(draft.source(path)).has(name)) return { name, isNew: true };
  const owner = requireClass({ file: path, name }, draft);
  const shown = membersOf(undecorated(owner.definition))
    .flatMap(assignmentsOf)
    .find(({ target }) => target.text === 'model')?.value;
  if (modelNamed(path, dottedName(shown ?? null), context) === inline.id) return { name, isNew: false };
  throw new Failure('refused', `${path} has a ${name} that shows something else than ${inline.id}.`, {
    file: path,
  });
}

function enterInline(owner: ClassOwner, name: string, context: PlanContext, draft: Draft): void {
  const present = attributeOf(owner, 'inlines');
  if (present === null) {
    setAttribute(owner, 'inlines', `[${name}]`, ADMIN_ORDER, context, draft);
    return;
  }
  const list = unwrap(present.value);
  const { path, text } = owner.source;
  if (list.type !== 'list' && list.type !== 'tuple') {
    throw new Failure(
      'unclear-source',
      `inlines of ${owner.name} is not a plain list: change it in the editor.`,
      {
        file: path,
        line: present.statement.startPosition.row + 1,
      },
    );
  }
  if (list.namedChildren.some((item) => item.text === name)) {
    throw new Failure('refused', `${name} is among the inlines of ${owner.name} already.`, { file: path });
  }
  draft.edit(path, insertItems(list, text, [name]));
}
