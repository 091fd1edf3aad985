import { Failure } from '../../../contract/failure.ts';
import { readLiteral, readString, type Literal } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { isKeyword } from '../../../python/python-code.ts';
import { argumentsOf, assignmentsOf, lineOf, partsOf, statementsOf, unwrap } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts } from '../../project-model.ts';
import { memberNamed } from '../models/class-members.ts';
import { freeNames } from '../expression.ts';
import { assertMemberName } from './choices-source.ts';

/** A constant of the class or the module around a field. */
export interface Constant {
  readonly name: string;
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
  readonly inClass: boolean;
}

/** A list of choices, as members of a class would say it. */
export interface ChoicesList {
  readonly type: 'TextChoices' | 'IntegerChoices';
  readonly members: readonly {
    readonly name: string;
    readonly value: Literal;
    /** `DRAFT = "draft", "Draft"` */
    readonly code: string;
  }[];
  /** The constants that the values of the list are. */
  readonly constants: readonly Constant[];
}

/** The constant a name stands for in the body of a class. */
export function findConstant(name: string, definition: SyntaxNode, { root }: SourceText): Constant | null {
  const own = memberNamed(definition, name);
  const statement = own ?? [...statementsOf(root)].findLast((each) => isAssigned(each, name)) ?? null;
  const [assignment, ...others] = statement === null ? [] : assignmentsOf(statement);
  if (statement === null || assignment === undefined || others.length > 0) return null;
  return { name, statement, value: assignment.value, inClass: own !== null };
}

function isAssigned(statement: SyntaxNode, name: string): boolean {
  return assignmentsOf(statement).some(({ target }) => target.text === name);
}

/** Reads a list of pairs; fails with a sentence where a class can't say the same. */
export function readChoicesList(
  list: SyntaxNode,
  definition: SyntaxNode,
  source: SourceText,
  field: FieldFacts,
): ChoicesList {
  const refuse = (reason: string, node: SyntaxNode): Failure =>
    new Failure('unclear-source', `The choices of ${field.name} ${reason}: change them in the editor.`, {
      file: source.path,
      line: lineOf(node),
    });
  const constants: Constant[] = [];
  const taken: string[] = [];
  const members = partsOf(list).map((item) => {
    const [first, label, more] = /^(tuple|list)$/.test(item.type) ? partsOf(item) : [];
    if (first === undefined || label === undefined || more !== undefined) {
      throw refuse('are not plain pairs of value and label', item);
    }
    if (/^(tuple|list)$/.test(label.type)) throw refuse('stand in groups, which a class does not have', item);
    const constant = first.type === 'identifier' ? findConstant(first.text, definition, source) : null;
    if (constant !== null) constants.push(constant);
    const code = unwrap(constant?.value ?? first);
    const value = readLiteral(code);
    if (value === undefined) throw refuse('have values that are known only when the project runs', first);
    if ([...freeNames(label)].some((name) => memberNamed(definition, name) !== null)) {
      throw refuse('have labels made of other members of the model', label);
    }
    const text = value === null ? `__empty__ = ${label.text}` : `${code.text}, ${label.text}`;
    const name = value === null ? '__empty__' : nameOf(constant?.name ?? null, value, label, taken);
    taken.push(name);
    return { name, value, code: value === null ? text : `${name} = ${text}` };
  });
  const values = members.flatMap(({ value }) => (value === null ? [] : [value]));
  const kind = values.every((value) => typeof value === 'string')
    ? 'TextChoices'
    : values.every((value) => typeof value === 'number' && Number.isInteger(value))
      ? 'IntegerChoices'
      : null;
  if (kind === null || values.length === 0) throw refuse('are neither all texts nor all whole numbers', list);
  return { type: kind, members, constants };
}

/** A name for a member: the constant's, the value's where it is a word, else the label's. */
function nameOf(
  constant: string | null,
  value: Literal,
  label: SyntaxNode,
  taken: readonly string[],
): string {
  const shown =
    label.type === 'call' ? argumentsOf(label.childForFieldName('arguments')).positional[0]?.value : label;
  const text = shown === undefined ? '' : (readString(shown) ?? '');
  const word = typeof value === 'string' && value.length > 2 ? upperSnake(value) : '';
  const wanted =
    [constant ?? '', word, upperSnake(text), typeof value === 'string' ? upperSnake(value) : ''].find(
      isGood,
    ) ?? 'VALUE';
  let name = wanted;
  for (let count = 2; taken.includes(name); count += 1) name = `${wanted}_${String(count)}`;
  assertMemberName(name, taken);
  return name;
}

function isGood(name: string): boolean {
  return /^[A-Za-z]\w*$/.test(name) && !name.endsWith('_') && !isKeyword(name);
}

function upperSnake(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
}
