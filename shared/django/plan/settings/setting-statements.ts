import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import {
  argumentsOf,
  assignmentsOf,
  dottedName,
  lineOf,
  partsOf,
  statementsOf,
  unwrap,
  type Assignment,
} from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import { requireSettings, settingsFiles } from '../apps/plan-app.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';

/** A statement of a settings module that makes or changes a setting. */
export interface SettingStatement {
  readonly source: SourceText;
  readonly statement: SyntaxNode;
  /** `=`, `+=` or a method of the value, `NAME.append(…)`. */
  readonly kind: 'assign' | 'extend' | 'method' | 'item';
  /** The value that is given or added. */
  readonly value: SyntaxNode;
  /** Stands below `if` or `try`. */
  readonly conditional: boolean;
}

/** Everything that makes a setting, in the module the project starts with first, then in those it imports. */
export function settingStatements(
  name: string,
  context: PlanContext,
  draft: Draft,
): readonly SettingStatement[] {
  const files = settingsFiles(requireSettings(context).file, context);
  return files.flatMap((path) => {
    const source = draft.source(path);
    return [...statementsOf(source.root)].flatMap((statement): readonly SettingStatement[] => {
      const made = madeBy(statement, name);
      const conditional = statement.parent?.id !== source.root.id;
      return made === null ? [] : [{ source, statement, conditional, ...made }];
    });
  });
}

function madeBy(statement: SyntaxNode, name: string): Pick<SettingStatement, 'kind' | 'value'> | null {
  for (const { target, value } of assignmentsOf(statement)) {
    // `NAME = NAME + […]` adds to what an imported module has.
    const isMore = value.descendantsOfType('identifier').some(({ text }) => text === name);
    if (target.text === name) return { kind: isMore ? 'extend' : 'assign', value };
    if (target.type === 'subscript' && rootName(target) === name) return { kind: 'item', value };
  }
  const node = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
  if (node?.type === 'augmented_assignment' && node.childForFieldName('left')?.text === name) {
    const value = node.childForFieldName('right');
    return value === null ? null : { kind: 'extend', value };
  }
  if (node?.type !== 'call') return null;
  const callee = node.childForFieldName('function');
  const value = argumentsOf(node.childForFieldName('arguments')).positional.at(-1)?.value;
  const owner = callee?.type === 'attribute' ? dottedName(callee.childForFieldName('object')) : null;
  return owner === name && value !== undefined ? { kind: 'method', value } : null;
}

function rootName(target: SyntaxNode): string {
  let node: SyntaxNode | null = target;
  while (node?.type === 'subscript') node = node.childForFieldName('value');
  return node?.text ?? '';
}

/** The one plain assignment of a setting that counts; null where no settings module names it. */
export function settingAssignment(
  name: string,
  context: PlanContext,
  draft: Draft,
): { readonly source: SourceText; readonly assignment: Assignment } | null {
  const all = settingStatements(name, context, draft);
  const [first] = all;
  if (first === undefined) return null;
  // The module that the project starts with overrides what it imports, unless it only adds to it.
  const nearest = all.filter(({ source }) => source.path === first.source.path);
  const [only] = nearest;
  const assignments = only === undefined ? [] : assignmentsOf(only.statement);
  const [assignment] = assignments;
  const isPlain =
    nearest.length === 1 && only?.kind === 'assign' && !only.conditional && assignments.length === 1;
  if (isPlain && assignment !== undefined) return { source: only.source, assignment };
  const lines = nearest.map(({ statement }) => String(lineOf(statement))).join(', ');
  throw new Failure(
    'unclear-source',
    `${name} is put together at ${first.source.path}:${lines}: change it in the editor.`,
    { file: first.source.path, line: lineOf(first.statement) },
  );
}

/** A list display that a setting is made of. */
export interface SettingList {
  readonly source: SourceText;
  readonly list: SyntaxNode;
  /** It is part of the value itself, not of something added to it later or in a module that imports it. */
  readonly main: boolean;
}

/** The list displays a setting is made of: its own, added ones, and named parts like LOCAL_APPS. */
export function settingLists(name: string, context: PlanContext, draft: Draft): readonly SettingList[] {
  const found: SettingList[] = [];
  const statements = settingStatements(name, context, draft);
  const base = statements.find(({ kind }) => kind === 'assign')?.source.path;
  for (const { source, kind, value } of statements) {
    if (kind === 'item') continue;
    const isMain = kind === 'assign' && source.path === base;
    const seen = new Set<string>([name]);
    for (const list of listsIn(value, source, context, draft, seen)) found.push({ ...list, main: isMain });
  }
  return found;
}

function listsIn(
  expression: SyntaxNode,
  source: SourceText,
  context: PlanContext,
  draft: Draft,
  seen: Set<string>,
): readonly Omit<SettingList, 'main'>[] {
  const node = unwrap(expression);
  if (node.type === 'list' || node.type === 'tuple' || node.type === 'set') {
    const splats = partsOf(node).filter(({ type }) => type === 'list_splat');
    const inner = splats.flatMap((splat) =>
      partsOf(splat).flatMap((part) => listsIn(part, source, context, draft, seen)),
    );
    return [...inner, { source, list: node }];
  }
  if (node.type === 'binary_operator') {
    const sides = [node.childForFieldName('left'), node.childForFieldName('right')];
    return sides.flatMap((side) => (side === null ? [] : listsIn(side, source, context, draft, seen)));
  }
  if (node.type !== 'identifier' || seen.has(node.text)) return [];
  seen.add(node.text);
  const parts = settingStatements(node.text, context, draft).filter(({ kind }) => kind !== 'item');
  return parts.flatMap((part) => listsIn(part.value, part.source, context, draft, seen));
}
