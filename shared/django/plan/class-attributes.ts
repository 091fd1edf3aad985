import { Failure } from '../../contract/failure.ts';
import { indentAt, lineStart } from '../../python/file-style.ts';
import { layoutExpression } from '../../python/layout.ts';
import { changeItems } from '../../python/list-change.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { indentLines, removeStatements } from '../../python/statement-edit.ts';
import {
  assignmentsOf,
  lineOf,
  partsOf,
  statementsOf,
  undecorated,
  unwrap,
  type Assignment,
} from '../../python/syntax.ts';
import type { TextEdit } from '../../python/text-edit.ts';
import type { ClassReference } from '../operations/parts.ts';
import type { SourceText } from '../project-files.ts';
import { insertField, membersOf } from './class-source.ts';
import type { Draft } from './draft.ts';
import type { PlanContext } from './plan-context.ts';

/** A class in a file, with its decorators. */
export interface ClassOwner {
  readonly source: SourceText;
  readonly definition: SyntaxNode;
  readonly name: string;
}

/** The class at the top of a module; fails where it is not there. */
export function requireClass({ file, name }: ClassReference, draft: Draft): ClassOwner {
  const source = draft.source(file);
  const found = [...statementsOf(source.root)].findLast((statement) => {
    const node = undecorated(statement);
    return node.type === 'class_definition' && node.childForFieldName('name')?.text === name;
  });
  if (found !== undefined) return { source, definition: found, name };
  const isFunction = source.module.functions.some((each) => each.name === name);
  if (isFunction) throw new Failure('refused', `${name} is a function: it has no attributes.`, { file });
  throw new Failure('not-found', `There is no class ${name} in ${file}.`, { file });
}

/** A class inside another one, like `Meta`; null without one. */
export function innerClass({ source, definition }: ClassOwner, name: string): ClassOwner | null {
  const found = membersOf(definition).findLast((member) => {
    const node = undecorated(member);
    return node.type === 'class_definition' && node.childForFieldName('name')?.text === name;
  });
  return found === undefined ? null : { source, definition: found, name };
}

/** The statement that gives an attribute its value; null without one, and a failure where it is not a plain one. */
export function attributeOf(owner: ClassOwner, name: string): Assignment | null {
  const body = undecorated(owner.definition).childForFieldName('body');
  const all = body === null ? [] : [...statementsOf(body)].flatMap(assignmentsOf);
  const found = all.filter(({ target }) => target.text === name);
  const [only] = found;
  if (only === undefined) return null;
  const bound = assignmentsOf(only.statement).length;
  if (found.length === 1 && bound === 1 && only.statement.parent?.id === body?.id) return only;
  throw new Failure(
    'unclear-source',
    `${name} of ${owner.name} is not set by one plain statement: change it in the editor.`,
    { file: owner.source.path, line: lineOf(only.statement) },
  );
}

/** Gives an attribute of a class another value, or takes it away; a new one stands where `order` wants it. */
export function setAttribute(
  owner: ClassOwner,
  name: string,
  code: string | null,
  order: readonly string[],
  context: PlanContext,
  draft: Draft,
): void {
  const { path, text } = owner.source;
  const present = attributeOf(owner, name);
  if (code === null) {
    if (present === null) return;
    draft.edit(path, removeStatements([present.statement], text));
    draft.dropUnused(path);
    return;
  }
  if (present !== null) {
    if (present.value.text === code) return;
    draft.edit(path, changeValue(present, code, owner.source, context, draft));
    draft.dropUnused(path);
    return;
  }
  const { indent } = draft.style(path);
  const at = indentAt(text, owner.definition.startIndex) + indent;
  const line = layoutCode(`${name} = `, code, at, path, context, draft);
  draft.edit(path, insertAttribute(owner, name, line, order, indent));
}

/** Code behind `head` in as many lines as the line length asks for. */
export function layoutCode(
  head: string,
  code: string,
  indent: string,
  path: string,
  { files }: PlanContext,
  draft: Draft,
): string {
  const tree = files.parse(code);
  try {
    const expression = tree.rootNode.namedChild(0)?.namedChild(0);
    return expression === null || expression === undefined
      ? head + code
      : layoutExpression(head, expression, draft.style(path), indent);
  } finally {
    tree.delete();
  }
}

/** Edits that give a plain assignment another value; items of a list that stay keep their lines and comments. */
export function changeValue(
  { target, value }: Assignment,
  code: string,
  { path, text }: SourceText,
  context: PlanContext,
  draft: Draft,
): readonly TextEdit[] {
  const tree = context.files.parse(code);
  try {
    const wanted = tree.rootNode.namedChild(0)?.namedChild(0) ?? null;
    const list = unwrap(value);
    const style = draft.style(path);
    const indent = indentAt(text, target.startIndex);
    const head = text.slice(target.startIndex, value.startIndex);
    const rest = text.slice(lineStart(text, target.startIndex), target.startIndex);
    const whole = (): readonly TextEdit[] => {
      const laidOut = wanted === null ? head + code : layoutExpression(head, wanted, style, indent);
      const shifted = laidOut.replaceAll('\n', `\n${rest.trim() === '' ? indent : ''}`);
      return [{ start: value.startIndex, end: value.endIndex, text: shifted.slice(head.length) }];
    };
    const sameKind = wanted !== null && wanted.type === list.type && /^(list|tuple|set)$/.test(list.type);
    const items = wanted === null ? [] : partsOf(wanted);
    if (!sameKind || items.length === 0 || partsOf(list).length === 0) return whole();
    const isOneLine = list.startPosition.row === list.endPosition.row;
    const fits = `${indent}${head}${code}`.length <= style.lineLength;
    if (isOneLine && !fits) return whole();
    return changeItems(
      list,
      text,
      items.map((item) => item.text),
    );
  } finally {
    tree.delete();
  }
}

/** Behind the nearest attribute that comes before it in the order, else before the first that comes behind it. */
function insertAttribute(
  owner: ClassOwner,
  name: string,
  code: string,
  order: readonly string[],
  unit: string,
): readonly TextEdit[] {
  const { source, definition } = owner;
  const attributes = membersOf(definition).flatMap(assignmentsOf);
  const rank = (attribute: string): number => order.indexOf(attribute);
  const before = attributes.findLast(
    ({ target }) => rank(target.text) !== -1 && rank(target.text) < rank(name),
  );
  const next = attributes.find(({ target }) => rank(target.text) > rank(name));
  const lineRows = new Set(attributes.map(({ statement }) => statement.startPosition.row));
  if (
    rank(name) !== -1 &&
    before === undefined &&
    next !== undefined &&
    lineRows.size === attributes.length
  ) {
    return [insertAbove(next.statement, source.text, `${code}\n`)];
  }
  const places = attributes.map(({ statement }) => ({
    file: source.path,
    start: statement.startIndex,
    end: statement.endIndex,
    line: lineOf(statement),
  }));
  const anchor = places.find(({ start }) => start === before?.statement.startIndex) ?? null;
  return insertField(definition, source, code, places, anchor, unit);
}

/** Puts lines before a statement and before the comments that belong to it, at its indentation. */
export function insertAbove(statement: SyntaxNode, text: string, code: string): TextEdit {
  let first = statement;
  for (let above = first.previousSibling; above?.type === 'comment'; above = above.previousSibling) {
    const own = text.slice(lineStart(text, above.startIndex), above.startIndex).trim() === '';
    if (!own || above.endPosition.row !== first.startPosition.row - 1) break;
    first = above;
  }
  const at = lineStart(text, first.startIndex);
  return { start: at, end: at, text: indentLines(code, indentAt(text, statement.startIndex)) };
}
