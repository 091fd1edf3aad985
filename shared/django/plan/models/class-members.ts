import { attachedStart, breakOneLiner, indentLines, isOneLiner } from '../../../python/statement-edit.ts';
import { indentAt, lineEnd } from '../../../python/file-style.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, assignmentsOf, codeEnd, dottedName, undecorated } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { SourceText } from '../../project-files.ts';
import { isPlaceholder, membersOf } from '../class-source.ts';

/**
 * The order of a model's members in Django's coding style:
 * https://docs.djangoproject.com/en/5.2/internals/contributing/writing-code/coding-style/#model-style
 */
const RANKS = ['docstring', 'choices', 'field', 'manager', 'meta', 'str', 'save', 'url', 'method'] as const;
export type MemberRank = (typeof RANKS)[number];

/** What a member of a model is, in the words of Django's coding style. */
export function rankOf(member: SyntaxNode): MemberRank {
  const definition = undecorated(member);
  const name = definition.childForFieldName('name')?.text;
  if (definition.type === 'class_definition') return name === 'Meta' ? 'meta' : 'choices';
  if (definition.type === 'function_definition') {
    if (name === '__str__' || name === '__unicode__') return 'str';
    if (name === 'save') return 'save';
    return name === 'get_absolute_url' ? 'url' : 'method';
  }
  const [assignment] = assignmentsOf(member);
  if (assignment === undefined) return 'docstring';
  const { value } = assignment;
  const callee = value.type === 'call' ? (dottedName(value.childForFieldName('function')) ?? value.text) : '';
  if (/Manager|QuerySet|^objects$/.test(callee) || assignment.target.text === 'objects') return 'manager';
  return /(Field|ForeignKey|Key)$/.test(callee) ? 'field' : 'choices';
}

/** The member of this name in a class. */
export function memberNamed(definition: SyntaxNode, name: string): SyntaxNode | null {
  const isIt = (member: SyntaxNode): boolean =>
    undecorated(member).childForFieldName('name')?.text === name ||
    assignmentsOf(member).some(({ target }) => target.text === name);
  return membersOf(definition).findLast(isIt) ?? null;
}

/** Puts a member into a class where Django's coding style wants it, between blank lines. */
export function insertMember(
  definition: SyntaxNode,
  { text }: SourceText,
  code: string,
  rank: MemberRank,
  unit: string,
): readonly TextEdit[] {
  const node = undecorated(definition);
  const members = membersOf(definition);
  const indent = indentAt(text, definition.startIndex) + unit;
  const [first] = members;
  if (first === undefined) throw new RangeError('A class has at least one member.');
  const isEmpty = members.length === 1 && isPlaceholder(first);
  if (isOneLiner(node)) {
    if (isEmpty) {
      const colon = node.children.findLast(({ type }) => type === ':')?.endIndex ?? first.startIndex;
      return [{ start: colon, end: first.endIndex, text: `\n${indentLines(code, indent)}` }];
    }
    const head = breakOneLiner(node, indent);
    const at = codeEnd(node);
    return [
      ...(head === null ? [] : [head]),
      { start: at, end: at, text: `\n\n${indentLines(code, indent)}` },
    ];
  }
  const own = indentAt(text, first.startIndex);
  if (isEmpty) {
    return [{ start: first.startIndex, end: first.endIndex, text: indentLines(code, own).trimStart() }];
  }
  const anchor = anchorOf(members, rank);
  if (anchor === null) return [beforeMember(first, text, code, own)];
  return [behindMember(anchor, text, code, own)];
}

/** The last member that stands before one of this rank; null: it is the first. */
function anchorOf(members: readonly SyntaxNode[], rank: MemberRank): SyntaxNode | null {
  const wanted = RANKS.indexOf(rank);
  const isBefore = (member: SyntaxNode): boolean => RANKS.indexOf(rankOf(member)) <= wanted;
  if (rank !== 'choices') return members.findLast(isBefore) ?? null;
  // Fields use the choices, so these stand above the first of them.
  const firstField = members.findIndex((member) => !isBefore(member));
  return (firstField === -1 ? members : members.slice(0, firstField)).at(-1) ?? null;
}

/** Lines behind a member and whatever shares its last line. */
function behindMember(anchor: SyntaxNode, text: string, code: string, indent: string): TextEdit {
  const at = lineEnd(text, lastOnLine(anchor));
  const next = /^\r?\n([^\n]*)/.exec(text.slice(at))?.[1] ?? '';
  const gap = next.trim() !== '' && next.startsWith(indent) ? '\n' : '';
  return { start: at, end: at, text: `\n\n${indentLines(code, indent)}${gap}` };
}

function lastOnLine(statement: SyntaxNode): number {
  let end = codeEnd(statement);
  let row = statement.endPosition.row;
  for (let next = statement.nextNamedSibling; next !== null; next = next.nextNamedSibling) {
    if (next.startPosition.row !== row || next.type === 'comment') return end;
    end = codeEnd(next);
    row = next.endPosition.row;
  }
  return end;
}

function beforeMember(member: SyntaxNode, text: string, code: string, indent: string): TextEdit {
  const at = attachedStart(member, text);
  return { start: at, end: at, text: `${indentLines(code, indent)}\n\n` };
}

/** The only `return` of a method that does nothing else: its expression; null for every other body. */
export function singleReturn(method: SyntaxNode): SyntaxNode | null {
  const [first, second, ...others] = membersOf(method);
  if (first === undefined || others.length > 0) return null;
  const isDocstring = first.type === 'expression_statement' && first.namedChild(0)?.type === 'string';
  const statement = second === undefined ? first : isDocstring ? second : null;
  return statement?.type === 'return_statement' ? statement.namedChild(0) : null;
}

/** The call of an expression with this callee's last name; null for other expressions. */
export function callArguments(node: SyntaxNode, callee: RegExp): ReturnType<typeof argumentsOf> | null {
  const isIt =
    node.type === 'call' &&
    callee.test(dottedName(node.childForFieldName('function'))?.replace(/^.*\./, '') ?? '');
  return isIt ? argumentsOf(node.childForFieldName('arguments')) : null;
}
