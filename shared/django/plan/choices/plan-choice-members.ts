import { Failure } from '../../../contract/failure.ts';
import { readLiteral } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { insertBehind, moveStatement, removeStatements } from '../../../python/statement-edit.ts';
import { lineOf, undecorated } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import { adaptExpression, withExpression, type CodePlace } from '../expression.ts';
import { insertMember } from '../models/class-members.ts';
import { boundNames } from '../models/plan-model.ts';
import type { PlanContext } from '../plan-context.ts';
import { offerInTemplates, offerRemovals, stillUsed } from '../references/references-shown.ts';
import { removeUses } from '../references/remove-uses.ts';
import { attributesInTemplates, type TemplateReference } from '../references/template-references.ts';
import { choicesUses, type ChoicesUses } from './choices-references.ts';
import { usesOfMember } from './member-uses.ts';
import {
  assertClassName,
  assertMemberName,
  assertValueIsFree,
  memberValue,
  requireChoices,
  requireMember,
  type ChoicesSource,
} from './choices-source.ts';
import { changedLabel, labelCode, labelHabit, memberCode } from './member-code.ts';
import { assertFits } from './plan-choices.ts';

/** Adds a member to a choices class. */
export function planChoicesAddMember(
  { choices: reference, member, after }: OperationOf<'choices.addMember'>,
  context: PlanContext,
  draft: Draft,
): void {
  const choices = requireChoices(reference, context, draft);
  const { source, members, statement } = choices;
  assertMemberName(
    member.name,
    members.map(({ name }) => name),
  );
  const place = codePlace(choices, context, draft);
  const value = withExpression(member.value, context.files, (node) => memberValue(node, choices.isText));
  assertValueIsFree(value, members);
  for (const field of fieldsUsing(choicesUses(choices, context), context)) assertFits(field, [value]);
  const { code, imports } = memberCode(member, labelHabit(source, choices), place);
  const anchor = after === null ? members.at(-1) : requireMember(choices, after);
  const isOneLine = undecorated(statement).startPosition.row === anchor?.statement.startPosition.row;
  draft.require(source.path, imports);
  if (anchor !== undefined && !isOneLine) {
    draft.edit(source.path, [insertBehind(anchor.statement, source.text, code)]);
    return;
  }
  const edits = insertMember(statement, source, code, 'choices', place.style.indent);
  draft.edit(
    source.path,
    edits.map((edit) => ({ ...edit, text: edit.text.replace(/^\n\n(?=[ \t])/, '\n') })),
  );
}

function codePlace({ source }: ChoicesSource, { files }: PlanContext, draft: Draft): CodePlace {
  return {
    file: source.path,
    style: draft.style(source.path),
    module: source.module,
    known: new Set(),
    files,
  };
}

/** The fields of the project that take their choices from the class. */
function fieldsUsing({ names }: ChoicesUses, { snapshot }: PlanContext): readonly FieldFacts[] {
  return snapshot.models.flatMap(({ fields }) =>
    fields.filter((field) => {
      const option = field.options.find(({ name }) => name === 'choices')?.place;
      return names.some(
        ({ path, start }) =>
          option !== undefined && path === option.file && start >= option.start && start < option.end,
      );
    }),
  );
}

/** Changes value and label of a member. */
export function planChoicesChangeMember(
  { choices: reference, member }: OperationOf<'choices.changeMember'>,
  context: PlanContext,
  draft: Draft,
): void {
  const choices = requireChoices(reference, context, draft);
  const old = requireMember(choices, member.name);
  const { source } = choices;
  const place = codePlace(choices, context, draft);
  const value = withExpression(member.value, context.files, (node) => memberValue(node, choices.isText));
  assertValueIsFree(
    value,
    choices.members.filter(({ name }) => name !== old.name),
  );
  if (readLiteral(old.value) !== value) {
    for (const field of fieldsUsing(choicesUses(choices, context), context)) assertFits(field, [value]);
    const { code } = adaptExpression(member.value, place);
    draft.edit(source.path, [{ start: old.value.startIndex, end: old.value.endIndex, text: code }]);
    draft.note(`Rows that hold ${old.value.text} keep it: change them in a data migration.`);
  }
  const { label } = old;
  if (member.label === null && label !== null) {
    draft.edit(source.path, [withoutLabel(old.whole, old.value, label)]);
    draft.dropUnused(source.path);
  } else if (member.label !== null && label === null) {
    const text = `, ${labelCode(member.label, labelHabit(source, choices), place)}`;
    draft.edit(source.path, [{ start: old.value.endIndex, end: old.value.endIndex, text }]);
  } else if (member.label !== null && label !== null) {
    const text = changedLabel(label, member.label, place);
    if (text !== null) draft.edit(source.path, [{ start: label.startIndex, end: label.endIndex, text }]);
  }
}

/** `"draft", "Draft"` and `("draft", "Draft")` become `"draft"`. */
function withoutLabel(
  whole: SyntaxNode,
  value: SyntaxNode,
  label: SyntaxNode,
): { readonly start: number; readonly end: number; readonly text: string } {
  if (whole.type === 'expression_list') return { start: value.endIndex, end: label.endIndex, text: '' };
  return { start: whole.startIndex, end: whole.endIndex, text: value.text };
}

/** Renames a member, with everything that surely names it. */
export function planChoicesRenameMember(
  { choices: reference, member, name }: OperationOf<'choices.renameMember'>,
  context: PlanContext,
  draft: Draft,
): void {
  const choices = requireChoices(reference, context, draft);
  const old = requireMember(choices, member);
  if (name === member) throw new Failure('invalid-input', `The member is called ${name} already.`);
  assertMemberName(
    name,
    choices.members.map((each) => each.name),
  );
  const start = old.statement.startIndex;
  draft.edit(choices.source.path, [{ start, end: start + member.length, text: name }]);
  const uses = choicesUses(choices, context);
  for (const { path, start: at, end } of uses.members.filter((each) => each.member === member)) {
    draft.edit(path, [{ start: at, end, text: name }]);
  }
  for (const node of innerUses(choices, member)) {
    draft.edit(choices.source.path, [{ start: node.startIndex, end: node.endIndex, text: name }]);
  }
  for (const use of uses.uncertain.filter((each) => each.member === member)) {
    const at = memberStart(use, choices.name, context);
    if (at === null) continue;
    const edit = { start: at, end: at + member.length, text: name };
    draft.offer(use.path, edit, `it may mean ${choices.name}.${member}`);
  }
  offerInTemplates(membersInTemplates(choices, member, context), name, draft);
  if (old.label === null) draft.note(`${name} is shown under a new label, too: Django makes it of the name.`);
}

/** `cls.DRAFT` and `self.DRAFT` in methods of the class, and bare names in its body. */
function innerUses({ statement }: ChoicesSource, member: string): readonly SyntaxNode[] {
  return statement.descendantsOfType('attribute').flatMap((node) => {
    const object = node.childForFieldName('object')?.text ?? '';
    const attribute = node.childForFieldName('attribute');
    return /^(self|cls)$/.test(object) && attribute?.text === member ? [attribute] : [];
  });
}

/** `book.Status.DRAFT` in templates. */
function membersInTemplates(
  { name }: ChoicesSource,
  member: string,
  context: PlanContext,
): readonly TemplateReference[] {
  const ending = new RegExp(`(^|\\.)${name}\\.${member}$`);
  return attributesInTemplates(member, context).filter(({ shown }) => ending.test(shown));
}

/** Where the member's name stands behind a name of the class. */
function memberStart(
  { path, end }: { readonly path: string; readonly end: number },
  className: string,
  { files }: PlanContext,
): number | null {
  const rest = files.get(path)?.text.slice(end) ?? '';
  const gap = /^\s*\.\s*|^\s*\[\s*['"]/.exec(rest);
  return gap === null || className === '' ? null : end + gap[0].length;
}

/** Moves a member behind another one. */
export function planChoicesReorderMember(
  { choices: reference, member, after }: OperationOf<'choices.reorderMember'>,
  context: PlanContext,
  draft: Draft,
): void {
  const choices = requireChoices(reference, context, draft);
  const { source, members } = choices;
  const moved = requireMember(choices, member);
  if (after === member) throw new Failure('invalid-input', 'A member can’t stand behind itself.');
  const anchor = after === null ? null : requireMember(choices, after).statement;
  const first = members[0]?.statement ?? moved.statement;
  const edits = moveStatement(moved.statement, anchor, first, source.text);
  if (edits === null) {
    const line = lineOf(moved.statement);
    const message = `${member} shares its line with other code: move it in the editor.`;
    throw new Failure('unclear-source', message, { file: source.path, line });
  }
  draft.edit(source.path, edits);
}

/** Removes a member with the entries that name it; refuses while other code does. */
export function planChoicesRemoveMember(
  { choices: reference, member }: OperationOf<'choices.removeMember'>,
  context: PlanContext,
  draft: Draft,
): void {
  const choices = requireChoices(reference, context, draft);
  const old = requireMember(choices, member);
  const { path, text } = choices.source;
  const inner = innerUses(choices, member).map((node) => ({
    path,
    start: node.startIndex,
    end: node.endIndex,
    line: lineOf(node),
  }));
  const { certain, uncertain } = usesOfMember(choices, member, context, draft);
  const gone = [{ path, start: old.statement.startIndex, end: old.statement.endIndex }];
  const shown = `${choices.name}.${member}`;
  const left = removeUses({ certain, uncertain, gone }, shown, draft);
  const blocking = [...left, ...inner];
  if (blocking.length > 0) throw stillUsed(shown, blocking);
  if (choices.members.length === 1) {
    throw new Failure(
      'refused',
      `${member} is the last member of ${choices.name}: remove the class in the editor.`,
    );
  }
  draft.edit(path, removeStatements([old.statement], text));
  draft.dropUnused(path);
  draft.note(`Rows that hold ${old.value.text} keep it, though it is no choice any more.`);
  offerRemovals(membersInTemplates(choices, member, context), draft);
}

/** Renames a choices class, with everything that surely names it. */
export function planChoicesRename(
  { choices: reference, name }: OperationOf<'choices.rename'>,
  context: PlanContext,
  draft: Draft,
): void {
  const choices = requireChoices(reference, context, draft);
  const { source, model } = choices;
  if (name === choices.name) throw new Failure('invalid-input', `The class is called ${name} already.`);
  assertClassName(name);
  assertNameIsFree(choices, name);
  const title = undecorated(choices.statement).childForFieldName('name');
  if (title === null) throw new RangeError('A class has a name.');
  draft.edit(source.path, [{ start: title.startIndex, end: title.endIndex, text: name }]);
  const uses = choicesUses(choices, context);
  for (const { path, start, end, line } of uses.names) {
    const other = draft.source(path);
    if (model === null && path !== source.path && boundNames(other).has(name)) {
      const message = `${path} already has a name ${name} of its own, at or near line ${String(line)}.`;
      throw new Failure('refused', message, { file: path, line });
    }
    draft.edit(path, [{ start, end, text: name }]);
  }
  for (const { path, start, end } of uses.uncertain) {
    draft.offer(
      path,
      { start, end, text: name },
      `it may mean ${choices.name} of ${model?.id ?? source.path}`,
    );
  }
}

function assertNameIsFree({ model, source, statement }: ChoicesSource, name: string): void {
  const siblings = (statement.parent?.namedChildren ?? []).flatMap((each) => {
    const definition = undecorated(each).childForFieldName('name')?.text;
    const assigned = each.namedChild(0)?.childForFieldName('left')?.text;
    return [definition, assigned];
  });
  const taken = model === null ? boundNames(source).has(name) : siblings.includes(name);
  if (!taken) return;
  throw new Failure('invalid-input', `“${name}” already means something else beside the class.`, { name });
}
