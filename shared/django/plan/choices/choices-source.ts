import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { isIdentifier, isKeyword } from '../../../python/python-code.ts';
import { readLiteral, type Literal } from '../../../python/literal.ts';
import { assignmentsOf, dottedName, lineOf, partsOf, undecorated, unwrap } from '../../../python/syntax.ts';
import type { ChoicesReference } from '../../operations/parts.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import { membersOf, statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { memberNamed } from '../models/class-members.ts';
import { requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';

/** A choices class as it stands in a file. */
export interface ChoicesSource {
  readonly source: SourceText;
  readonly name: string;
  /** The class with its decorators. */
  readonly statement: SyntaxNode;
  /** The model it stands in; null at the top of a module. */
  readonly model: ModelFacts | null;
  readonly isText: boolean;
  readonly members: readonly MemberSource[];
}

/** One member: `DRAFT = "draft", "Draft"`. */
export interface MemberSource {
  readonly name: string;
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
  /** What stands behind the value; null where Django makes the label of the name. */
  readonly label: SyntaxNode | null;
  /** All that is assigned. */
  readonly whole: SyntaxNode;
}

const BASES = /(^|\.)(TextChoices|IntegerChoices|Choices)$/;

/** Finds a choices class; fails with a sentence where there is none. */
export function requireChoices(
  reference: ChoicesReference,
  context: PlanContext,
  draft: Draft,
): ChoicesSource {
  const { name } = reference;
  const model = 'model' in reference ? requireModel(context.snapshot, reference.model) : null;
  const path = 'file' in reference ? reference.file : (model?.place.file ?? '');
  if (!context.files.has(path)) throw new Failure('not-found', `There is no file ${path}.`);
  const source = draft.source(path);
  const statement =
    model === null
      ? partsOf(source.root).findLast((each) => undecorated(each).childForFieldName('name')?.text === name)
      : memberNamed(statementAt(source, model.place), name);
  const definition = statement === null || statement === undefined ? null : undecorated(statement);
  const bases = definition?.childForFieldName('superclasses') ?? null;
  const kind =
    bases === null
      ? undefined
      : partsOf(bases)
          .map(dottedName)
          .findLast((base) => BASES.test(base ?? ''));
  if (statement === null || statement === undefined || kind === undefined) {
    const owner = model === null ? path : model.id;
    throw new Failure('not-found', `${owner} has no choices class named “${name}”.`);
  }
  return {
    source,
    name,
    statement,
    model,
    isText: /TextChoices$/.test(kind ?? ''),
    members: readMembers(statement),
  };
}

function readMembers(statement: SyntaxNode): readonly MemberSource[] {
  return membersOf(statement).flatMap((member): MemberSource[] => {
    const [assignment, ...others] = assignmentsOf(member);
    const name = assignment?.target.text ?? '';
    if (assignment === undefined || others.length > 0 || name.startsWith('__')) return [];
    const whole = assignment.value;
    const inner = unwrap(whole);
    const items = /^(tuple|expression_list)$/.test(inner.type) ? partsOf(inner) : [inner];
    const [value, label = null] = items;
    return value === undefined ? [] : [{ name, statement: member, value, label, whole }];
  });
}

/** The member of this name. */
export function requireMember(choices: ChoicesSource, name: string): MemberSource {
  const found = choices.members.find((member) => member.name === name);
  if (found !== undefined) return found;
  throw new Failure('not-found', `${choices.name} has no member named “${name}”.`);
}

/** Refuses names that a member can't have. */
export function assertMemberName(name: string, taken: readonly string[]): void {
  const invalid = (message: string): Failure => new Failure('invalid-input', message, { name });
  if (!isIdentifier(name) || isKeyword(name) || name.startsWith('_') || name.endsWith('_')) {
    throw invalid(`“${name}” can’t be the name of a member: use capital letters, digits and underscores.`);
  }
  // Attributes of every member and of the class: https://docs.djangoproject.com/en/5.2/ref/models/fields/#enumeration-types
  if (/^(name|value|label|mro|choices|labels|values|names|do_not_call_in_templates)$/.test(name)) {
    throw invalid(`“${name}” is an attribute of every choices class: choose another name.`);
  }
  if (taken.includes(name)) throw invalid(`There is a member named “${name}” already.`);
}

/** Refuses names that a choices class can't have. */
export function assertClassName(name: string): void {
  if (isIdentifier(name) && !isKeyword(name) && !name.startsWith('__')) return;
  throw new Failure('invalid-input', `“${name}” can’t be the name of a class.`, { name });
}

/** The value a member's code has; fails where it is not the kind the class takes. */
export function memberValue(code: SyntaxNode, isText: boolean): Literal {
  const value = readLiteral(code);
  if (typeof value === (isText ? 'string' : 'number') && value !== undefined) return value;
  const kind = isText ? 'a text in quotes' : 'a whole number';
  throw new Failure('invalid-input', `The value of a member is ${kind}: “${code.text}” is not.`);
}

/** Refuses a value that another member has: it would only be another name of that one. */
export function assertValueIsFree(value: Literal, others: readonly MemberSource[]): void {
  const same = others.find((member) => readLiteral(member.value) === value);
  if (same === undefined) return;
  throw new Failure('invalid-input', `${same.name} has the value ${JSON.stringify(value)} already.`, {
    line: lineOf(same.statement),
  });
}
