import { Failure } from '../../../contract/failure.ts';
import { indentAt, lineEnd, lineStart } from '../../../python/file-style.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutCall } from '../../../python/layout.ts';
import { insertItems, removeItems } from '../../../python/list-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, type Argument } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { FieldType } from '../../catalogue/field-type.ts';
import { findFieldType } from '../../field-catalogue.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { adaptExpression } from '../expression.ts';
import { fieldCallee, relationTarget, type FieldPlace } from './field-code.ts';
import { assertOptions, requireFieldType } from './field-rules.ts';
import { assertWayBack } from './reverse-clashes.ts';
import { requireField, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { fieldCall, fieldPlace } from './plan-field.ts';

/** An argument of the call with the option it gives, also where it stands by position. */
interface GivenArgument extends Argument {
  readonly option: string;
}

/** Changes type and options of a field; arguments that are not named keep their place and their code. */
export function planFieldChange(
  operation: OperationOf<'field.change'>,
  context: PlanContext,
  draft: Draft,
): void {
  changeField(operation, new Set(), context, draft);
}

/** The same where the change also brings names that the class does not have yet. */
export function changeField(
  operation: OperationOf<'field.change'>,
  names: ReadonlySet<string>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, operation.model);
  const field = requireField(model, operation.field);
  const source = draft.source(field.place.file);
  const call = fieldCall(statementAt(source, field.place));
  const place = fieldPlace(model, context, draft);
  const known = new Set([...place.known, ...names]);
  const change = new FieldChange(call, source, field, { ...place, known }, operation);
  draft.edit(source.path, change.edits());
  draft.require(source.path, change.imports);
  draft.dropUnused(source.path);
}

class FieldChange {
  readonly imports: ImportRequest[] = [];
  private readonly source: SourceText;
  private readonly field: FieldFacts;
  private readonly place: FieldPlace;
  private readonly operation: OperationOf<'field.change'>;
  private readonly call: SyntaxNode;
  private readonly list: SyntaxNode;
  private readonly given: readonly GivenArgument[];
  private readonly sameType: boolean;

  constructor(
    call: SyntaxNode,
    source: SourceText,
    field: FieldFacts,
    place: FieldPlace,
    operation: OperationOf<'field.change'>,
  ) {
    const list = call.childForFieldName('arguments');
    if (list?.type !== 'argument_list') throw unclear(source.path, field);
    this.call = call;
    this.list = list;
    this.source = source;
    this.field = field;
    this.place = place;
    this.operation = operation;
    this.sameType = operation.type === field.type;
    this.given = givenArguments(list, findFieldType(field.type));
  }

  edits(): readonly TextEdit[] {
    const { operation, given } = this;
    const type = this.sameType ? findFieldType(operation.type) : requireFieldType(operation.type);
    if (argumentsOf(this.list).open) throw unclear(this.source.path, this.field);
    const gone = given.filter(({ option }) => this.isGone(option, type));
    const lastKept = given.findLast((argument) => argument.name === null && !gone.includes(argument));
    const shifts = gone.some(
      ({ name, node }) =>
        name === null && lastKept !== undefined && node.startIndex < lastKept.node.startIndex,
    );
    if (shifts) throw unclear(this.source.path, this.field);
    const values = new Map<string, string>();
    for (const { option, value } of given) values.set(option, value.text);
    for (const { option } of gone) values.delete(option);
    for (const [name, code] of Object.entries(operation.set)) values.set(name, code);
    // An option the catalogue does not know stays editable where the field has it.
    const fresh = Object.keys(operation.set).filter((name) => !given.some(({ option }) => option === name));
    if (type !== null) assertOptions(type, values, fresh);
    this.assertWayBack(values);

    const replaced = new Map<string, string>();
    const added: string[] = [];
    for (const [name, typed] of this.inOrder(type)) {
      const adapted = adaptExpression(typed, this.place);
      this.imports.push(...adapted.imports);
      if (given.some(({ option }) => option === name)) replaced.set(name, adapted.code);
      else added.push(`${name}=${adapted.code}`);
    }
    const target = this.targetCode(type);
    if (target !== null && given.some(({ option }) => option === 'to')) replaced.set('to', target);
    const callee = this.calleeCode(type);
    const first = target !== null && !replaced.has('to') ? target : null;
    return (
      this.relayout(callee, gone, replaced, added, first) ??
      this.minimal(callee, gone, replaced, added, first)
    );
  }

  /** Only a change of the way back itself is looked at: what was there before is not this change's fault. */
  private assertWayBack(options: ReadonlyMap<string, string>): void {
    const { operation, field, place } = this;
    const user = place.snapshot.settings?.authUserModel ?? 'auth.User';
    const current = field.relation?.target ?? null;
    const named = operation.to === 'self' ? place.model : operation.to;
    const target = named === 'settings.AUTH_USER_MODEL' ? user : (named ?? current);
    const touched = [...Object.keys(operation.set), ...operation.unset].some((name) =>
      /^related_/.test(name),
    );
    const model = place.snapshot.models.find(({ id }) => id === place.model);
    if (model === undefined || (this.sameType && !touched && target === current)) return;
    const relation = { field: field.name, type: operation.type, target, options };
    assertWayBack(model, relation, place.snapshot, place.files);
  }

  private inOrder(type: FieldType | null): readonly (readonly [string, string])[] {
    const order = type?.options.map(({ name }) => name) ?? [];
    return Object.entries(this.operation.set).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  }

  private isGone(option: string, type: FieldType | null): boolean {
    const { set, unset } = this.operation;
    if (option in set) return false;
    if (unset.includes(option)) return true;
    if (this.sameType || type === null) return false;
    // Options that the new type does not have can't stay.
    if (option === 'to') return !type.relation;
    return !type.options.some(({ name }) => name === option);
  }

  private targetCode(type: FieldType | null): string | null {
    const { to } = this.operation;
    const relation = type?.relation ?? this.field.relation !== null;
    if (!relation) {
      if (to !== null) throw new Failure('invalid-input', `${this.operation.type} leads to no other model.`);
      return null;
    }
    const current = this.field.relation?.target;
    const same = to === null || to === current || (to === 'self' && current === this.place.model);
    if (same && this.given.some(({ option }) => option === 'to')) return null;
    const { code, imports } = relationTarget(to, this.place);
    this.imports.push(...imports);
    return code;
  }

  private calleeCode(type: FieldType | null): string | null {
    if (this.sameType || type === null) return null;
    const { code, imports } = fieldCallee(type, this.place);
    this.imports.push(...imports);
    return code;
  }

  /** Edits of single arguments: everything else keeps its bytes. */
  private minimal(
    callee: string | null,
    gone: readonly GivenArgument[],
    replaced: ReadonlyMap<string, string>,
    added: readonly string[],
    target: string | null,
  ): readonly TextEdit[] {
    const { text } = this.source;
    const edits: TextEdit[] = [];
    const head = this.call.childForFieldName('function');
    if (callee !== null && head !== null)
      edits.push({ start: head.startIndex, end: head.endIndex, text: callee });
    for (const { option, value } of this.given) {
      const code = replaced.get(option);
      if (code !== undefined && code !== value.text)
        edits.push({ start: value.startIndex, end: value.endIndex, text: code });
    }
    const rest = this.given.length - gone.length;
    if (gone.length > 0 && rest === 0) {
      // Nothing stays: the new arguments take the place of the old ones.
      const all = [...(target === null ? [] : [target]), ...added].join(', ');
      return [...edits, { start: this.list.startIndex + 1, end: this.list.endIndex - 1, text: all }];
    }
    if (target !== null) edits.push(...insertItems(this.list, text, [target], 0));
    // A new argument stands where an old one goes, so that the lines around it stay.
    const reused =
      added.length === 0
        ? undefined
        : gone.findLast(({ name, node }) => name !== null || node.id === this.given.at(-1)?.node.id);
    if (reused !== undefined)
      edits.push({ start: reused.node.startIndex, end: reused.node.endIndex, text: added.join(', ') });
    else edits.push(...insertItems(this.list, text, added));
    const removed = gone.filter((argument) => argument !== reused).map(({ node }) => node);
    return [...edits, ...(removed.length === 0 ? [] : removeItems(this.list, text, removed))];
  }

  /** A call on one line that would become too long is broken, as Black would. */
  private relayout(
    callee: string | null,
    gone: readonly GivenArgument[],
    replaced: ReadonlyMap<string, string>,
    added: readonly string[],
    target: string | null,
  ): readonly TextEdit[] | null {
    const { text } = this.source;
    const { style } = this.place;
    if (this.call.startPosition.row !== this.call.endPosition.row) return null;
    const kept = this.given
      .filter((argument) => !gone.includes(argument))
      .map(({ option, name, node }) => {
        const code = replaced.get(option);
        return code === undefined ? node.text : name === null ? code : `${name}=${code}`;
      });
    const args = [...(target === null ? [] : [target]), ...kept, ...added];
    const lead = text.slice(lineStart(text, this.call.startIndex), this.call.startIndex);
    const head = `${lead.trimStart()}${callee ?? this.call.childForFieldName('function')?.text ?? ''}(`;
    const indent = indentAt(text, this.call.startIndex);
    const before = lineEnd(text, this.call.startIndex) - lineStart(text, this.call.startIndex);
    const after = `${indent}${head}${args.join(', ')})`.length;
    if (after <= style.lineLength || after <= before) return null;
    const code = layoutCall(head, args, style, indent).replaceAll('\n', `\n${indent}`);
    return [
      { start: this.call.startIndex, end: this.call.endIndex, text: code.slice(lead.trimStart().length) },
    ];
  }
}

/** The arguments with their options' names; those by position are named after the catalogue. */
function givenArguments(list: SyntaxNode, type: FieldType | null): readonly GivenArgument[] {
  const { positional, keywords } = argumentsOf(list);
  return [
    ...positional.map((argument, index) => ({
      ...argument,
      option: type?.positional[index] ?? `#${String(index)}`,
    })),
    ...keywords.map((argument) => ({ ...argument, option: argument.name ?? '' })),
  ];
}

function unclear(path: string, field: FieldFacts): Failure {
  return new Failure(
    'unclear-source',
    `The arguments of ${field.name} are put together when the project runs: change it in the editor.`,
    {
      file: path,
      line: field.place.line,
    },
  );
}
