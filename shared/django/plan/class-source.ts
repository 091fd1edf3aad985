import { Failure } from '../../contract/failure.ts';
import {
  breakOneLiner,
  indentLines,
  insertBefore,
  insertBehind,
  isOneLiner,
} from '../../python/statement-edit.ts';
import { indentAt } from '../../python/file-style.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { assignmentsOf, codeEnd, partsOf, statementsOf, undecorated } from '../../python/syntax.ts';
import type { TextEdit } from '../../python/text-edit.ts';
import type { Place } from '../project-model.ts';
import type { SourceText } from '../project-files.ts';

/** The statement that starts at a place; fails when the source has moved. */
export function statementAt(source: SourceText, place: Place): SyntaxNode {
  const find = (block: SyntaxNode): SyntaxNode | null => {
    for (const statement of statementsOf(block)) {
      if (statement.startIndex === place.start) return statement;
      const body = undecorated(statement).childForFieldName('body');
      const inside = statement.startIndex < place.start && place.start < statement.endIndex;
      if (inside && body !== null) return find(body);
    }
    return null;
  };
  const found = find(source.root);
  if (found !== null) return found;
  throw new Failure(
    'unclear-source',
    `What stood at line ${String(place.line)} of ${source.path} is not there any more.`,
    {
      file: source.path,
      line: place.line,
    },
  );
}

/** The members of a class, without those below `if`. */
export function membersOf(definition: SyntaxNode): readonly SyntaxNode[] {
  const body = undecorated(definition).childForFieldName('body');
  return body === null ? [] : partsOf(body);
}

/** Puts a field into a class: behind `after`, else behind the last field, else before managers, Meta and methods. */
export function insertField(
  definition: SyntaxNode,
  source: SourceText,
  code: string,
  fields: readonly Place[],
  after: Place | null,
  unit: string,
): readonly TextEdit[] {
  const anchor = after ?? fields.at(-1) ?? null;
  const node = undecorated(definition);
  const members = membersOf(definition);
  const outer = indentAt(source.text, definition.startIndex);
  const head = isOneLiner(node) ? breakOneLiner(node, outer + unit) : null;
  const indent = outer + unit;
  if (anchor !== null) {
    const statement = statementAt(source, anchor);
    // Behind a field below a condition the new one still stands in the class itself.
    const member = members.find(
      ({ startIndex, endIndex }) => startIndex <= statement.startIndex && statement.endIndex <= endIndex,
    );
    if (head === null) return [insertBehind(lineMate(member ?? statement), source.text, code)];
    return [head, { start: codeEnd(node), end: codeEnd(node), text: `\n${indentLines(code, indent)}` }];
  }
  const first = members[0];
  const only = members.length === 1 ? first : undefined;
  const isPass = only !== undefined && isPlaceholder(only);
  if (head !== null && first !== undefined) {
    const text = indentLines(code, indent);
    if (isPass) return [{ start: head.start, end: first.endIndex, text: `\n${text}` }];
    return [head, { start: codeEnd(node), end: codeEnd(node), text: `\n${text}` }];
  }
  if (isPass) {
    return [
      {
        start: only.startIndex,
        end: only.endIndex,
        text: indentLines(code, indentAt(source.text, only.startIndex)).trimStart(),
      },
    ];
  }
  return [placeFirst(members, source.text, code)];
}

/** What only stands for members that a class hasn’t got. */
export function isPlaceholder(member: SyntaxNode): boolean {
  return member.type === 'pass_statement' || member.text === '...';
}

/** The first field of a class that has other members already. */
function placeFirst(members: readonly SyntaxNode[], text: string, code: string): TextEdit {
  const next = members.find((member) => {
    const definition = undecorated(member);
    if (definition.type === 'function_definition') return true;
    if (definition.type === 'class_definition') return definition.childForFieldName('name')?.text === 'Meta';
    return assignmentsOf(member).some(
      ({ value }) => value.type === 'call' && /Manager|QuerySet/.test(value.text),
    );
  });
  if (next !== undefined) return insertBefore(next, text, `${code}\n`);
  const last = members.at(-1);
  if (last === undefined) throw new RangeError('A class has at least one member.');
  return insertBehind(last, text, `\n${code}`);
}

/** The last statement on the line of this one: `a = 1; b = 2` is not torn apart. */
function lineMate(statement: SyntaxNode): SyntaxNode {
  let last = statement;
  for (let next = last.nextNamedSibling; next !== null; next = next.nextNamedSibling) {
    if (next.startPosition.row !== last.endPosition.row || next.type === 'comment') return last;
    last = next;
  }
  return last;
}
