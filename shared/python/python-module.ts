import type { Literal } from './literal.ts';

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
