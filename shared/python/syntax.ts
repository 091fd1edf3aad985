import type { SyntaxNode } from './parser.ts';

// Asking a node for anything is a call into WebAssembly, and most of the time of reading: ask once.

/** Named children without comments. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.namedChildren.filter(isPart);
}

/** The first of them. */
export function firstPartOf(node: SyntaxNode): SyntaxNode | null {
  return node.namedChildren.find(isPart) ?? null;
}

function isPart({ type }: SyntaxNode): boolean {
  return type !== 'comment' && type !== 'line_continuation';
}

/** Where a node stands; it outlives its tree. */
export function rangeOf({ startIndex, endIndex }: SyntaxNode): {
  readonly start: number;
  readonly end: number;
} {
  return { start: startIndex, end: endIndex };
}

/** Line of a node's start, from 1. */
export function lineOf(node: SyntaxNode): number {
  return node.startPosition.row + 1;
}

const PLAIN_NAMES = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** `models.CharField` of a name or a chain of attributes; null for anything else. */
export function dottedName(node: SyntaxNode | null): string | null {
  if (node === null) return null;
  const { type } = node;
  if (type !== 'identifier' && type !== 'dotted_name' && type !== 'attribute') return null;
  const { text } = node;
  if (type !== 'attribute' || PLAIN_NAMES.test(text)) return text;
  const object = dottedName(node.childForFieldName('object'));
  const attribute = node.childForFieldName('attribute');
  return object === null || attribute === null ? null : `${object}.${attribute.text}`;
}

/** One argument of a call, or one base in a class header. */
export interface Argument {
  /** null for a positional one. */
  readonly name: string | null;
  readonly value: SyntaxNode;
  /** The whole argument, `max_length=200`. */
  readonly node: SyntaxNode;
}

/** What stands between the brackets of a call. */
export interface Arguments {
  readonly positional: readonly Argument[];
  readonly keywords: readonly Argument[];
  /** `*args` or `**kwargs` are among them: there are more than can be seen. */
  readonly open: boolean;
}

/** The arguments of a call or of a class header. */
export function argumentsOf(list: SyntaxNode | null): Arguments {
  const positional: Argument[] = [];
  const keywords: Argument[] = [];
  let open = false;
  for (const node of list?.type === 'argument_list' ? partsOf(list) : []) {
    const { type } = node;
    if (type === 'list_splat' || type === 'dictionary_splat') open = true;
    else if (type === 'keyword_argument') {
      const name = node.childForFieldName('name');
      const value = node.childForFieldName('value');
      if (name !== null && value !== null) keywords.push({ name: name.text, value, node });
    } else positional.push({ name: null, value: node, node });
  }
  return { positional, keywords, open };
}

/** Takes superfluous brackets off an expression. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.type === 'parenthesized_expression') {
    const [only] = partsOf(inner);
    if (only === undefined) return inner;
    inner = only;
  }
  return inner;
}

/** A name bound by a statement: `x = 1`, `x: int = 1`. */
export interface Assignment {
  readonly target: SyntaxNode;
  readonly value: SyntaxNode;
  readonly statement: SyntaxNode;
}

/** The assignments of an expression statement; `a = b = 1` binds two names. */
export function assignmentsOf(statement: SyntaxNode): readonly Assignment[] {
  if (statement.type !== 'expression_statement') return [];
  const found: Assignment[] = [];
  let node = statement.namedChild(0);
  const targets: SyntaxNode[] = [];
  while (node?.type === 'assignment') {
    const target = node.childForFieldName('left');
    if (target !== null) targets.push(target);
    node = node.childForFieldName('right');
  }
  if (node === null) return [];
  for (const target of targets) found.push({ target, value: node, statement });
  return found;
}

const NESTING = new Set([
  // what the parser could not put together; sound statements stand in it
  'ERROR',
  'if_statement',
  'elif_clause',
  'else_clause',
  'try_statement',
  'except_clause',
  'finally_clause',
  'with_statement',
  'block',
]);

/** Whether statements of the same scope stand in a node of this type. */
export function isNesting(type: string): boolean {
  return NESTING.has(type);
}

/** Statements of a module or a class body, also those below `if`, `try` and `with`. */
export function* statementsOf(body: SyntaxNode): Generator<SyntaxNode> {
  for (const child of body.namedChildren) {
    const { type } = child;
    if (NESTING.has(type)) yield* statementsOf(child);
    else if (type.endsWith('_statement') || type.endsWith('_definition')) yield child;
  }
}

/** The class or function below its decorators. */
export function undecorated(node: SyntaxNode): SyntaxNode {
  return node.type === 'decorated_definition' ? (node.childForFieldName('definition') ?? node) : node;
}

/** The end of the code of a statement: a block of the grammar also holds the comments behind it. */
export function codeEnd(node: SyntaxNode): number {
  const code = node.text;
  if (!MAY_HIDE_AN_END.test(code.slice(code.lastIndexOf('\n') + 1))) return node.startIndex + code.length;
  if (!WITH_BLOCKS.has(node.type)) return node.endIndex;
  let last = node.lastNamedChild;
  while (last !== null && !isPart(last)) last = last.previousNamedSibling;
  return last === null ? node.endIndex : codeEnd(last);
}

/** Last lines with a comment, a line that goes on, or what separates statements: only then the tree is asked. */
const MAY_HIDE_AN_END = /[#\\]|;\s*$|^\s*$/;

/** What ends with a block; those with several blocks, such as `try`, end with the last of them. */
const WITH_BLOCKS = new Set([
  'block',
  'decorated_definition',
  'class_definition',
  'function_definition',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'with_statement',
  'try_statement',
  'except_clause',
  'except_group_clause',
  'finally_clause',
  'match_statement',
  'case_clause',
]);

/** Every node below and including this one, outer first; `visit` returning false leaves its inside out. */
export function visitNodes(node: SyntaxNode, visit: (node: SyntaxNode) => boolean): void {
  if (!visit(node)) return;
  for (const child of node.namedChildren) visitNodes(child, visit);
}

/** Lines, from 1, where the text is not Python. */
export function errorLines(root: SyntaxNode): readonly number[] {
  const lines: number[] = [];
  const look = (node: SyntaxNode): void => {
    if (!node.hasError) return;
    if (node.isError || node.isMissing) lines.push(lineOf(node));
    else for (const child of node.children) look(child);
  };
  look(root);
  return lines.length === 0 && root.hasError ? [lineOf(root)] : lines;
}
