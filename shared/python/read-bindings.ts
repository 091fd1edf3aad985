import { keptList, sharedWord } from './kept-facts.ts';
import { readLiteral, readString } from './literal.ts';
import type { SyntaxNode } from './parser.ts';
import {
  readPlainAssignment,
  readPlainExpression,
  readPlainHeader,
  readPlainSignature,
  readPlainText,
  type CodePlace,
} from './plain-expression.ts';
import type {
  Binding,
  CallFacts,
  ExpressionFacts,
  NamedExpression,
  PythonClass,
  PythonFunction,
  Span,
} from './python-module.ts';
import {
  argumentsOf,
  assignmentsOf,
  codeEnd,
  dottedName,
  firstPartOf,
  isNesting,
  lineOf,
  partsOf,
  unwrap,
  type Argument,
} from './syntax.ts';

/** What a statement at the top level of a module binds, as values that outlive its tree. */
export function readBindings(statement: SyntaxNode): readonly Binding[] {
  const { type } = statement;
  if (type.startsWith('import_')) return readImport(statement);
  const definition = definitionOf(statement, type);
  if (definition.type === 'class_definition') return [{ kind: 'class', facts: readClass(definition) }];
  if (definition.type === 'function_definition')
    return [{ kind: 'function', facts: readFunction(definition) }];
  return type === 'expression_statement'
    ? readAssignments(statement).map(({ name, value }) => ({ kind: 'variable', name, value }))
    : [];
}

/** An expression as plain data. */
export function readExpression(expression: SyntaxNode): ExpressionFacts {
  const code = expression.text;
  return (
    readPlainExpression(code, placeOf(expression)) ?? {
      code: sharedWord(code),
      ...meaningOf(unwrap(expression)),
    }
  );
}

function meaningOf(node: SyntaxNode): Pick<ExpressionFacts, 'literal' | 'dotted' | 'call'> {
  switch (node.type) {
    case 'call':
      return { literal: undefined, dotted: null, call: readCall(node) };
    case 'identifier':
    case 'attribute':
      return { literal: undefined, dotted: dottedName(node), call: null };
    default:
      return { literal: readLiteral(node), dotted: null, call: null };
  }
}

/** The range of a node. */
export function spanOf(node: SyntaxNode): Span {
  return { start: node.startIndex, end: node.endIndex, line: lineOf(node) };
}

/** The range of a class or a function, without the comments behind it. */
function definitionSpan(node: SyntaxNode): Span {
  return { start: node.startIndex, end: codeEnd(node), line: lineOf(node) };
}

function placeOf(node: SyntaxNode): CodePlace {
  return { offset: node.startIndex, line: lineOf(node) };
}

function readCall(node: SyntaxNode): CallFacts {
  const given = argumentsOf(node.childForFieldName('arguments'));
  return {
    callee: dottedName(node.childForFieldName('function')),
    positional: given.positional.map(({ value }) => readExpression(value)),
    keywords: given.keywords.map(readKeyword),
    open: given.open,
  };
}

function readKeyword({ name, value, node }: Argument): NamedExpression {
  return { name: sharedWord(name ?? ''), value: readExpression(value), span: spanOf(node) };
}

function readImport(statement: SyntaxNode): readonly Binding[] {
  const module = statement.childForFieldName('module_name')?.text.replace(/\s/g, '') ?? null;
  if (module !== null && partsOf(statement).some(({ type }) => type === 'wildcard_import')) {
    return [{ kind: 'star-import', module }];
  }
  return statement.childrenForFieldName('name').map((item) => {
    const alias = item.childForFieldName('alias')?.text ?? null;
    const written = (item.type === 'aliased_import' ? item.childForFieldName('name') : item)?.text ?? '';
    if (module !== null)
      return { kind: 'import', name: alias ?? written, imported: { module, name: written } };
    // `import a.b` binds only `a`.
    const name = alias ?? written.split('.')[0] ?? written;
    return { kind: 'import', name, imported: { module: alias === null ? name : written, name: null } };
  });
}

/** The names that an expression statement binds to values. */
function readAssignments(statement: SyntaxNode): readonly NamedExpression[] {
  const code = statement.text;
  const place = placeOf(statement);
  const span = { start: place.offset, end: place.offset + code.length, line: place.line };
  const plain = readPlainAssignment(code, place);
  if (plain !== null) return [{ ...plain, span }];
  return assignmentsOf(statement)
    .filter(({ target }) => target.type === 'identifier')
    .map(({ target, value }) => ({ name: sharedWord(target.text), value: readExpression(value), span }));
}

/** A class or a function below its decorators, or any other statement. */
interface Definition {
  readonly statement: SyntaxNode;
  readonly node: SyntaxNode;
  readonly type: string;
}

function definitionOf(statement: SyntaxNode, type: string): Definition {
  const node = type === 'decorated_definition' ? statement.childForFieldName('definition') : null;
  return node === null ? { statement, node: statement, type } : { statement, node, type: node.type };
}

interface Member {
  readonly node: SyntaxNode;
  readonly type: string;
  /** The condition it stands below. */
  readonly when: string | null;
}

/** Statements of a class body with the condition they stand below. */
function* membersOf(body: SyntaxNode, when: string | null): Generator<Member> {
  for (const child of body.namedChildren) {
    const { type } = child;
    if (type === 'if_statement') yield* branchesOf(child, when);
    else if (isNesting(type)) yield* membersOf(child, when);
    else if (type.endsWith('_statement') || type.endsWith('_definition')) yield { node: child, type, when };
  }
}

function* branchesOf(statement: SyntaxNode, outer: string | null): Generator<Member> {
  const both = (inner: string): string => (outer === null ? inner : `${outer} and ${inner}`);
  const missed: string[] = [];
  for (const branch of [statement, ...statement.childrenForFieldName('alternative')]) {
    const condition = branch.childForFieldName('condition')?.text;
    const inner = [...missed.map((each) => `not (${each})`), ...(condition === undefined ? [] : [condition])];
    const body = branch.childForFieldName('consequence') ?? branch.childForFieldName('body');
    if (body !== null) yield* membersOf(body, both(inner.join(' and ')));
    if (condition !== undefined) missed.push(condition);
  }
}

function readClass({ statement, node }: Definition): PythonClass {
  const body = node.childForFieldName('body');
  const attributes: NamedExpression[] = [];
  const classes: PythonClass[] = [];
  const methods: PythonFunction[] = [];
  for (const { node: member, type, when } of body === null ? [] : membersOf(body, null)) {
    const definition = definitionOf(member, type);
    if (definition.type === 'class_definition') classes.push(readClass(definition));
    else if (definition.type === 'function_definition') methods.push(readFunction(definition));
    else if (type === 'expression_statement') {
      const bound = readAssignments(member);
      attributes.push(...(when === null ? bound : bound.map((attribute) => ({ ...attribute, when }))));
    }
  }
  const { name, bases } = readPlainHeader(node.text, placeOf(node)) ?? readHeader(node);
  return {
    name,
    bases,
    attributes: keptList(attributes),
    classes: keptList(classes),
    methods: keptList(methods),
    docstring: readDocstring(body),
    decorators: readDecorators(statement, node),
    span: definitionSpan(statement),
  };
}

function readHeader(node: SyntaxNode): Pick<PythonClass, 'name' | 'bases'> {
  const { positional } = argumentsOf(node.childForFieldName('superclasses'));
  return {
    name: node.childForFieldName('name')?.text ?? '',
    bases: positional.map(({ value }) => readExpression(value)),
  };
}

function readFunction({ statement, node }: Definition): PythonFunction {
  const { name, parameters } = readPlainSignature(node.text) ?? readSignature(node);
  return {
    name,
    decorators: readDecorators(statement, node),
    parameters,
    span: definitionSpan(statement),
  };
}

function readSignature(node: SyntaxNode): Pick<PythonFunction, 'name' | 'parameters'> {
  const parameters = node.childForFieldName('parameters');
  return {
    name: node.childForFieldName('name')?.text ?? '',
    parameters: parameters === null ? [] : readParameters(parameters.text),
  };
}

function readDecorators(statement: SyntaxNode, definition: SyntaxNode): readonly ExpressionFacts[] {
  if (statement === definition) return keptList([]);
  return partsOf(statement)
    .filter(({ type }) => type === 'decorator')
    .flatMap((decorator) => partsOf(decorator).map(readExpression));
}

/** The names in `(self, request, *args: int, key=None)`; what stands in brackets or behind a colon is no name. */
function readParameters(text: string): readonly string[] {
  const plain = text.slice(1, -1).replace(/#.*$/gm, '');
  let flat = plain;
  for (let before = ''; before !== flat;) {
    before = flat;
    flat = flat.replace(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}|'[^'\n]*'|"[^"\n]*"/g, '');
  }
  return flat.split(',').flatMap((part) => /^[\s*]*([A-Za-z_]\w*)/.exec(part)?.[1] ?? []);
}

function readDocstring(body: SyntaxNode | null): string | null {
  const first = body === null ? null : firstPartOf(body);
  if (first?.type !== 'expression_statement') return null;
  const plain = readPlainText(first.text);
  const text = plain === null ? first.namedChild(0) : null;
  return plain ?? (text === null ? null : (readString(text) ?? null));
}
