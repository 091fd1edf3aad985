import { readLiteral, readString, type Literal } from './literal.ts';
import type { SyntaxNode } from './parser.ts';
import {
  argumentsOf,
  assignmentsOf,
  codeEnd,
  dottedName,
  isNesting,
  lineOf,
  partsOf,
  undecorated,
  unwrap,
  type Argument,
} from './syntax.ts';

/** A range of a text with its first line. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** An expression as plain data: its code, and its value or its dotted name where it has one. */
export interface ExpressionFacts {
  readonly code: string;
  readonly literal: Literal | undefined;
  readonly dotted: string | null;
  readonly call: CallFacts | null;
}

/** A call with its arguments. */
export interface CallFacts {
  /** `models.CharField`; null where what is called is not a plain name. */
  readonly callee: string | null;
  readonly positional: readonly ExpressionFacts[];
  readonly keywords: readonly NamedExpression[];
  /** The whole arguments, to give their places: `max_length=200`. */
  readonly open: boolean;
}

/** A keyword argument or an assignment. */
export interface NamedExpression {
  readonly name: string;
  readonly value: ExpressionFacts;
  /** All of it, with its name. */
  readonly span: Span;
  /** Of an assignment in a class body: the condition it stands below. */
  readonly when?: string;
}

/** Where an imported name comes from; `name` is null when the name is the module itself. */
export interface ImportedName {
  /** As written, with leading dots: `..base`. */
  readonly module: string;
  readonly name: string | null;
}

/** A class as it is written, without what its bases bring. */
export interface PythonClass {
  readonly name: string;
  readonly bases: readonly ExpressionFacts[];
  readonly attributes: readonly NamedExpression[];
  readonly classes: readonly PythonClass[];
  readonly methods: readonly PythonFunction[];
  readonly docstring: string | null;
  readonly decorators: readonly ExpressionFacts[];
  readonly span: Span;
}

/** A function or method with its decorators. */
export interface PythonFunction {
  readonly name: string;
  readonly decorators: readonly ExpressionFacts[];
  /** Names of its parameters, without stars. */
  readonly parameters: readonly string[];
  readonly span: Span;
}

/** What one module binds at its top level. */
export interface PythonModule {
  readonly imports: ReadonlyMap<string, ImportedName>;
  readonly starImports: readonly string[];
  readonly classes: readonly PythonClass[];
  readonly functions: readonly PythonFunction[];
  /** Names that are assigned, with their last value. */
  readonly variables: ReadonlyMap<string, ExpressionFacts>;
}

/** What one statement binds. */
export type Binding =
  | { readonly kind: 'import'; readonly name: string; readonly imported: ImportedName }
  | { readonly kind: 'star-import'; readonly module: string }
  | { readonly kind: 'class'; readonly facts: PythonClass }
  | { readonly kind: 'function'; readonly facts: PythonFunction }
  | { readonly kind: 'variable'; readonly name: string; readonly value: ExpressionFacts };

/** The facts of a module from those of its statements; of two that bind a name, the later one wins. */
export function moduleOf(bindings: Iterable<Binding>): PythonModule {
  const imports = new Map<string, ImportedName>();
  const starImports: string[] = [];
  const classes: PythonClass[] = [];
  const functions: PythonFunction[] = [];
  const variables = new Map<string, ExpressionFacts>();
  for (const binding of bindings) {
    if (binding.kind === 'import') imports.set(binding.name, binding.imported);
    else if (binding.kind === 'star-import') starImports.push(binding.module);
    else if (binding.kind === 'class') classes.push(binding.facts);
    else if (binding.kind === 'function') functions.push(binding.facts);
    else variables.set(binding.name, binding.value);
  }
  return { imports, starImports, classes, functions, variables };
}

/** What a statement at the top level of a module binds, as values that outlive its tree. */
export function readBindings(statement: SyntaxNode): readonly Binding[] {
  if (statement.type.startsWith('import_')) return readImport(statement);
  const definition = undecorated(statement);
  if (definition.type === 'class_definition') return [{ kind: 'class', facts: readClass(statement) }];
  if (definition.type === 'function_definition')
    return [{ kind: 'function', facts: readFunction(statement) }];
  return assignmentsOf(statement)
    .filter(({ target }) => target.type === 'identifier')
    .map(({ target, value }) => ({ kind: 'variable', name: target.text, value: readExpression(value) }));
}

const PLAIN_NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const PLAIN_TEXT = /^(?:'[^'\\\n]*'|"[^"\\\n]*")$/;
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** An expression as plain data. */
export function readExpression(expression: SyntaxNode): ExpressionFacts {
  const code = expression.text;
  return plainMeaning(code) ?? { code, ...meaningOf(unwrap(expression)) };
}

/** Most arguments are a name, a text or a number: their code tells it faster than the tree. */
function plainMeaning(code: string): ExpressionFacts | null {
  const constant = CONSTANTS.get(code);
  if (constant !== undefined) return { code, literal: constant, dotted: null, call: null };
  if (PLAIN_NAME.test(code)) return { code, literal: undefined, dotted: code, call: null };
  if (PLAIN_NUMBER.test(code)) return { code, literal: Number(code), dotted: null, call: null };
  // `'' 'x'` starts and ends with a quote too, but has others inside.
  return PLAIN_TEXT.test(code) ? { code, literal: code.slice(1, -1), dotted: null, call: null } : null;
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
  return { ...spanOf(node), end: codeEnd(node) };
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
  return { name: name ?? '', value: readExpression(value), span: spanOf(node) };
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

interface Member {
  readonly node: SyntaxNode;
  /** The condition it stands below. */
  readonly when: string | null;
}

/** Statements of a class body with the condition they stand below. */
function* membersOf(body: SyntaxNode, when: string | null): Generator<Member> {
  for (const child of body.namedChildren) {
    const { type } = child;
    if (type === 'if_statement') yield* branchesOf(child, when);
    else if (isNesting(type)) yield* membersOf(child, when);
    else if (type.endsWith('_statement') || type.endsWith('_definition')) yield { node: child, when };
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

function readClass(statement: SyntaxNode): PythonClass {
  const node = undecorated(statement);
  const body = node.childForFieldName('body');
  const attributes: NamedExpression[] = [];
  const classes: PythonClass[] = [];
  const methods: PythonFunction[] = [];
  for (const { node: member, when } of body === null ? [] : membersOf(body, null)) {
    const definition = undecorated(member);
    if (definition.type === 'class_definition') classes.push(readClass(member));
    else if (definition.type === 'function_definition') methods.push(readFunction(member));
    for (const { target, value, statement: whole } of assignmentsOf(member)) {
      if (target.type !== 'identifier') continue;
      const attribute = { name: target.text, value: readExpression(value), span: spanOf(whole) };
      attributes.push(when === null ? attribute : { ...attribute, when });
    }
  }
  return {
    name: node.childForFieldName('name')?.text ?? '',
    bases: argumentsOf(node.childForFieldName('superclasses')).positional.map(({ value }) =>
      readExpression(value),
    ),
    attributes,
    classes,
    methods,
    docstring: readDocstring(body),
    decorators: readDecorators(statement),
    span: definitionSpan(statement),
  };
}

function readFunction(statement: SyntaxNode): PythonFunction {
  const node = undecorated(statement);
  const parameters = node.childForFieldName('parameters');
  return {
    name: node.childForFieldName('name')?.text ?? '',
    decorators: readDecorators(statement),
    parameters: parameters === null ? [] : readParameters(parameters.text),
    span: definitionSpan(statement),
  };
}

function readDecorators(statement: SyntaxNode): readonly ExpressionFacts[] {
  if (statement.type !== 'decorated_definition') return [];
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
  const first = body === null ? undefined : partsOf(body)[0];
  const text = first?.type === 'expression_statement' ? first.namedChild(0) : null;
  return text === null ? null : (readString(text) ?? null);
}
