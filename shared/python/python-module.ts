import { readLiteral, readString, type Literal } from './literal.ts';
import type { SyntaxNode } from './parser.ts';
import {
  argumentsOf,
  assignmentsOf,
  codeEnd,
  dottedName,
  lineOf,
  partsOf,
  statementsOf,
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
  readonly span: Span;
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
  readonly span: Span;
}

/** A function or method with its decorators. */
export interface PythonFunction {
  readonly name: string;
  readonly decorators: readonly ExpressionFacts[];
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

/** The facts of one file, as values that outlive its tree. */
export function readModule(root: SyntaxNode): PythonModule {
  const imports = new Map<string, ImportedName>();
  const starImports: string[] = [];
  const classes: PythonClass[] = [];
  const functions: PythonFunction[] = [];
  const variables = new Map<string, ExpressionFacts>();
  for (const statement of statementsOf(root)) {
    const definition = undecorated(statement);
    if (statement.type.startsWith('import_')) readImport(statement, imports, starImports);
    else if (definition.type === 'class_definition') classes.push(readClass(statement));
    else if (definition.type === 'function_definition') functions.push(readFunction(statement));
    for (const { target, value } of assignmentsOf(statement)) {
      if (target.type === 'identifier') variables.set(target.text, readExpression(value));
    }
  }
  return { imports, starImports, classes, functions, variables };
}

/** An expression as plain data. */
export function readExpression(expression: SyntaxNode): ExpressionFacts {
  const node = unwrap(expression);
  return {
    code: expression.text,
    span: spanOf(expression),
    literal: readLiteral(node),
    dotted: dottedName(node),
    call: node.type === 'call' ? readCall(node) : null,
  };
}

/** The range of a node. */
export function spanOf(node: SyntaxNode): Span {
  return { start: node.startIndex, end: codeEnd(node), line: lineOf(node) };
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

function readImport(statement: SyntaxNode, imports: Map<string, ImportedName>, starImports: string[]): void {
  const module = statement.childForFieldName('module_name')?.text.replace(/\s/g, '') ?? null;
  if (module !== null && partsOf(statement).some(({ type }) => type === 'wildcard_import')) {
    starImports.push(module);
    return;
  }
  for (const item of statement.childrenForFieldName('name')) {
    const alias = item.childForFieldName('alias')?.text ?? null;
    const name = (item.type === 'aliased_import' ? item.childForFieldName('name') : item)?.text ?? '';
    if (module !== null) imports.set(alias ?? name, { module, name });
    else if (alias !== null) imports.set(alias, { module: name, name: null });
    else {
      // `import a.b` binds only `a`.
      const first = name.split('.')[0] ?? name;
      imports.set(first, { module: first, name: null });
    }
  }
}

function readClass(statement: SyntaxNode): PythonClass {
  const node = undecorated(statement);
  const body = node.childForFieldName('body');
  const attributes: NamedExpression[] = [];
  const classes: PythonClass[] = [];
  const methods: PythonFunction[] = [];
  for (const member of body === null ? [] : statementsOf(body)) {
    const definition = undecorated(member);
    if (definition.type === 'class_definition') classes.push(readClass(member));
    else if (definition.type === 'function_definition') methods.push(readFunction(member));
    for (const { target, value, statement: whole } of assignmentsOf(member)) {
      if (target.type !== 'identifier') continue;
      attributes.push({ name: target.text, value: readExpression(value), span: spanOf(whole) });
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
    span: spanOf(statement),
  };
}

function readFunction(statement: SyntaxNode): PythonFunction {
  const decorators = statement.type === 'decorated_definition' ? partsOf(statement) : [];
  return {
    name: undecorated(statement).childForFieldName('name')?.text ?? '',
    decorators: decorators
      .filter(({ type }) => type === 'decorator')
      .flatMap((decorator) => partsOf(decorator).map(readExpression)),
    span: spanOf(statement),
  };
}

function readDocstring(body: SyntaxNode | null): string | null {
  const first = body === null ? undefined : partsOf(body)[0];
  const text = first?.type === 'expression_statement' ? first.namedChild(0) : null;
  return text === null ? null : (readString(text) ?? null);
}
