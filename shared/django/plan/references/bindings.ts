import type { SyntaxNode } from '../../../python/parser.ts';

/** One way a name gets its value in a scope. */
export type Binding =
  /** `book = …`; null where the value can't be told from the statement: `a, b = …`. */
  | { readonly kind: 'value'; readonly value: SyntaxNode | null }
  /** `for book in …` */
  | { readonly kind: 'element'; readonly value: SyntaxNode | null }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly annotation: SyntaxNode | null;
      readonly definition: SyntaxNode;
    };

const COMPREHENSIONS = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const OTHER_SCOPES = new Set(['function_definition', 'class_definition', 'lambda']);

/** The names that a function, a comprehension or a module binds; null for a node that is no scope. */
export function bindingsOf(scope: SyntaxNode): ReadonlyMap<string, readonly Binding[]> | null {
  const found = new Map<string, Binding[]>();
  const add = (name: string, binding: Binding): void => {
    found.set(name, [...(found.get(name) ?? []), binding]);
  };
  if (COMPREHENSIONS.has(scope.type)) {
    for (const clause of scope.namedChildren) if (clause.type === 'for_in_clause') bindLoop(clause, add);
    return found;
  }
  if (scope.type === 'lambda') {
    for (const name of scope.childForFieldName('parameters')?.descendantsOfType('identifier') ?? []) {
      add(name.text, { kind: 'value', value: null });
    }
    return found;
  }
  if (scope.type === 'function_definition') {
    for (const parameter of scope.childForFieldName('parameters')?.namedChildren ?? [])
      bindParameter(parameter, scope, add);
    const body = scope.childForFieldName('body');
    if (body !== null) bindStatements(body, add);
    return found;
  }
  if (scope.type !== 'module') return null;
  bindStatements(scope, add);
  return found;
}

type Add = (name: string, binding: Binding) => void;

function bindParameter(parameter: SyntaxNode, definition: SyntaxNode, add: Add): void {
  const name =
    parameter.type === 'identifier'
      ? parameter
      : (parameter.childForFieldName('name') ??
        parameter.namedChildren.find(({ type }) => type === 'identifier'));
  if (name === undefined) return;
  const annotation = parameter.childForFieldName('type')?.namedChild(0) ?? null;
  add(name.text, { kind: 'parameter', name: name.text, annotation, definition });
}

function bindStatements(block: SyntaxNode, add: Add): void {
  for (const node of block.namedChildren) {
    if (OTHER_SCOPES.has(node.type) || COMPREHENSIONS.has(node.type)) continue;
    if (node.type === 'assignment' || node.type === 'named_expression') {
      bindTarget(
        node.childForFieldName('left') ?? node.childForFieldName('name'),
        valueOf(node),
        'value',
        add,
      );
    } else if (node.type === 'augmented_assignment') {
      bindTarget(node.childForFieldName('left'), null, 'value', add);
    } else if (node.type === 'for_statement') {
      bindLoop(node, add);
    } else if (node.type === 'as_pattern_target') {
      for (const name of node.descendantsOfType('identifier')) add(name.text, { kind: 'value', value: null });
    }
    if (node.namedChildCount > 0) bindStatements(node, add);
  }
}

/** The value at the end of `a = b = value`. */
function valueOf(node: SyntaxNode): SyntaxNode | null {
  const value = node.childForFieldName('right') ?? node.childForFieldName('value');
  return value?.type === 'assignment' ? valueOf(value) : value;
}

function bindLoop(node: SyntaxNode, add: Add): void {
  bindTarget(node.childForFieldName('left'), node.childForFieldName('right'), 'element', add);
}

function bindTarget(
  target: SyntaxNode | null,
  value: SyntaxNode | null,
  kind: 'value' | 'element',
  add: Add,
): void {
  if (target === null || target.type === 'attribute' || target.type === 'subscript') return;
  if (target.type === 'identifier') add(target.text, { kind, value });
  else for (const name of target.descendantsOfType('identifier')) add(name.text, { kind, value: null });
}
