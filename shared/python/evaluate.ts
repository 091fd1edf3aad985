import { readLiteral, readString } from './literal.ts';
import type { SyntaxNode } from './parser.ts';
import { argumentsOf, dottedName, partsOf, unwrap } from './syntax.ts';

/** A value as far as it can be known without running the program. */
export type Value =
  | {
      readonly kind: 'literal';
      readonly value: string | number | boolean | null;
      /** It is what the program takes where the environment says nothing else. */
      readonly environment?: true;
    }
  /** `open`: there are further items that are not known. */
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly open: boolean }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, Value>; readonly open: boolean }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'unknown'; readonly code: string };

/** The names an expression may use. */
export interface Scope {
  /** Absolute path of the file, for `__file__`. */
  readonly file: string;
  readonly get: (name: string) => Value | undefined;
}

/** A value nobody can know from this expression. */
export function unknownValue(node: SyntaxNode): Value {
  return { kind: 'unknown', code: node.text };
}

/** Whether the environment of the process may make it another value. */
export function isOfEnvironment(value: Value): boolean {
  switch (value.kind) {
    case 'literal':
      return value.environment === true;
    case 'list':
      return value.items.some(isOfEnvironment);
    case 'dict':
      return [...value.entries.values()].some(isOfEnvironment);
    case 'path':
    case 'unknown':
      return false;
  }
}

/** A plain value that was made from others. */
function literalOf(value: string | number | boolean | null, ...sources: readonly Value[]): Value {
  const environment = sources.some(isOfEnvironment);
  return { kind: 'literal', value, ...(environment ? { environment } : {}) };
}

/** The text of a string or a path; null for other values. */
export function textOf(value: Value | undefined): string | null {
  if (value?.kind === 'path') return value.path;
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

/** The value of an expression, by literals, known names, list and path arithmetic and defaults of the environment. */
export function evaluate(expression: SyntaxNode, scope: Scope): Value {
  const node = unwrap(expression);
  const literal = readLiteral(node);
  if (literal !== undefined && (literal === null || typeof literal !== 'object')) {
    return { kind: 'literal', value: literal };
  }
  switch (node.type) {
    case 'list':
    case 'tuple':
    case 'expression_list':
    case 'set':
      return evaluateList(node, scope);
    case 'list_comprehension':
    case 'generator_expression':
      return evaluateComprehension(node, scope);
    case 'dictionary':
      return evaluateDict(node, scope);
    case 'string':
    case 'concatenated_string':
      return evaluateFormat(node, scope);
    case 'binary_operator':
      return evaluateOperator(node, scope);
    case 'conditional_expression':
      return evaluateConditional(node, scope);
    case 'boolean_operator':
      return evaluateBoolean(node, scope);
    case 'not_operator':
      return evaluateNot(node, scope);
    case 'comparison_operator':
      return evaluateComparison(node, scope);
    case 'subscript':
      return evaluateSubscript(node, scope);
    case 'call':
      return evaluateCall(node, scope);
    default:
      return evaluateName(node, scope);
  }
}

/** Two lists one behind the other; what is not a list makes the result open. */
export function concatenate(left: Value, right: Value): Value {
  if (left.kind !== 'list' && right.kind !== 'list') return { kind: 'unknown', code: '' };
  const items = [left, right].flatMap((side) => (side.kind === 'list' ? side.items : []));
  const open = [left, right].some((side) => side.kind !== 'list' || side.open);
  return { kind: 'list', items, open };
}

/** Whether a condition holds; null where that is not known. */
export function truth(value: Value): boolean | null {
  if (value.kind === 'literal') return Boolean(value.value);
  if (value.kind === 'list') return value.items.length > 0 ? true : value.open ? null : false;
  if (value.kind === 'dict') return value.entries.size > 0 ? true : value.open ? null : false;
  return value.kind === 'path' ? true : null;
}

function evaluateList(node: SyntaxNode, scope: Scope): Value {
  let list: Value = { kind: 'list', items: [], open: false };
  for (const part of partsOf(node)) {
    const inner = part.type === 'list_splat' ? partsOf(part)[0] : undefined;
    const next: Value =
      inner === undefined
        ? { kind: 'list', items: [evaluate(part, scope)], open: false }
        : evaluate(inner, scope);
    list = concatenate(list, next);
  }
  return list;
}

function evaluateDict(node: SyntaxNode, scope: Scope): Value {
  const entries = new Map<string, Value>();
  let open = false;
  for (const part of partsOf(node)) {
    const key = part.childForFieldName('key');
    const value = part.childForFieldName('value');
    if (part.type === 'pair' && key !== null && value !== null) {
      const name = textOf(evaluate(key, scope));
      if (name === null) open = true;
      else entries.set(name, evaluate(value, scope));
      continue;
    }
    const splat = partsOf(part)[0];
    const inner = splat === undefined ? undefined : evaluate(splat, scope);
    if (inner?.kind !== 'dict') open = true;
    else {
      for (const [name, item] of inner.entries) entries.set(name, item);
      open ||= inner.open;
    }
  }
  return { kind: 'dict', entries, open };
}

/** f-strings whose parts are known. */
function evaluateFormat(node: SyntaxNode, scope: Scope): Value {
  let text = '';
  const strings = node.type === 'concatenated_string' ? partsOf(node) : [node];
  for (const string of strings) {
    const plain = readString(string);
    if (plain !== undefined) {
      text += plain;
      continue;
    }
    for (const part of partsOf(string)) {
      if (part.type === 'string_content') text += part.text;
      if (part.type !== 'interpolation') continue;
      const inner = part.childForFieldName('expression');
      const value = inner === null ? undefined : evaluate(inner, scope);
      const known = textOf(value) ?? (value?.kind === 'literal' ? String(value.value) : null);
      if (known === null) return unknownValue(node);
      text += known;
    }
  }
  return { kind: 'literal', value: text };
}

function evaluateOperator(node: SyntaxNode, scope: Scope): Value {
  const [leftNode, rightNode] = [node.childForFieldName('left'), node.childForFieldName('right')];
  if (leftNode === null || rightNode === null) return unknownValue(node);
  const left = evaluate(leftNode, scope);
  const right = evaluate(rightNode, scope);
  const operator = node.childForFieldName('operator')?.text;
  if (operator === '/' && left.kind === 'path') {
    const inside = textOf(right);
    return inside === null ? unknownValue(node) : { kind: 'path', path: joinPosix(left.path, inside) };
  }
  if (operator !== '+') return unknownValue(node);
  if (left.kind === 'list' || right.kind === 'list') return concatenate(left, right);
  const [a, b] = [textOf(left), textOf(right)];
  return a === null || b === null ? unknownValue(node) : literalOf(a + b, left, right);
}

function evaluateConditional(node: SyntaxNode, scope: Scope): Value {
  const [yes, condition, no] = partsOf(node);
  if (yes === undefined || condition === undefined || no === undefined) return unknownValue(node);
  const holds = truth(evaluate(condition, scope));
  return holds === null ? unknownValue(node) : evaluate(holds ? yes : no, scope);
}

/** `os.environ.get('X') or 'default'` */
function evaluateBoolean(node: SyntaxNode, scope: Scope): Value {
  const [left, right] = partsOf(node);
  if (left === undefined || right === undefined) return unknownValue(node);
  const value = evaluate(left, scope);
  const holds = truth(value);
  const isOr = node.childForFieldName('operator')?.text === 'or';
  if (holds === null) return unknownValue(node);
  return holds === isOr ? value : evaluate(right, scope);
}

function evaluateNot(node: SyntaxNode, scope: Scope): Value {
  const argument = node.childForFieldName('argument');
  const value = argument === null ? undefined : evaluate(argument, scope);
  const holds = value === undefined ? null : truth(value);
  return value === undefined || holds === null ? unknownValue(node) : literalOf(!holds, value);
}

/** `ENVIRONMENT == 'production'`, `'x' in INSTALLED_APPS` */
function evaluateComparison(node: SyntaxNode, scope: Scope): Value {
  const [left, right, ...more] = partsOf(node).map((part) => evaluate(part, scope));
  const operator = node.childForFieldName('operators')?.text ?? '';
  if (left?.kind !== 'literal' || right === undefined || more.length > 0) return unknownValue(node);
  if (operator === 'in' || operator === 'not in') {
    const inside = contains(right, left.value);
    return inside === null ? unknownValue(node) : literalOf(inside === (operator === 'in'), left, right);
  }
  if (right.kind !== 'literal') return unknownValue(node);
  const same = left.value === right.value;
  if (operator === '==' || operator === 'is') return literalOf(same, left, right);
  return operator === '!=' || operator === 'is not' ? literalOf(!same, left, right) : unknownValue(node);
}

/** Whether a list has an item; null where that is not known. */
function contains(list: Value, item: string | number | boolean | null): boolean | null {
  if (list.kind !== 'list') return null;
  if (list.items.some((each) => each.kind === 'literal' && each.value === item)) return true;
  return list.open || list.items.some((each) => each.kind === 'unknown') ? null : false;
}

/** `[app for app in INSTALLED_APPS if app not in ('debug_toolbar',)]`: the items of a known list that pass. */
function evaluateComprehension(node: SyntaxNode, scope: Scope): Value {
  const [body, clause, condition, ...more] = partsOf(node);
  const variable = clause?.childForFieldName('left');
  const source = clause?.childForFieldName('right');
  if (
    clause?.type !== 'for_in_clause' ||
    variable?.type !== 'identifier' ||
    source === null ||
    source === undefined ||
    more.length > 0
  )
    return unknownValue(node);
  const list = evaluate(source, scope);
  if (list.kind !== 'list' || body === undefined) return unknownValue(node);
  const items: Value[] = [];
  for (const item of list.items) {
    const inner: Scope = { ...scope, get: (name) => (name === variable.text ? item : scope.get(name)) };
    const test = condition === undefined ? undefined : partsOf(condition)[0];
    const passes = test === undefined ? true : truth(evaluate(test, inner));
    if (passes === null) return unknownValue(node);
    if (passes) items.push(evaluate(body, inner));
  }
  return { kind: 'list', items, open: list.open };
}

function evaluateSubscript(node: SyntaxNode, scope: Scope): Value {
  const owner = node.childForFieldName('value');
  const key = node.childForFieldName('subscript');
  if (owner === null || key === null) return unknownValue(node);
  const value = evaluate(owner, scope);
  const index = evaluate(key, scope);
  if (value.kind === 'dict') return value.entries.get(textOf(index) ?? '') ?? unknownValue(node);
  if (owner.type === 'attribute' && owner.childForFieldName('attribute')?.text === 'parents') {
    return evaluateParents(owner, index, scope);
  }
  return unknownValue(node);
}

/** `Path(__file__).resolve().parents[1]` */
function evaluateParents(node: SyntaxNode, index: Value, scope: Scope): Value {
  const object = node.childForFieldName('object');
  const path = object === null ? undefined : evaluate(object, scope);
  if (path?.kind !== 'path' || index.kind !== 'literal' || typeof index.value !== 'number')
    return unknownValue(node);
  let up = path.path;
  for (let level = 0; level <= index.value; level += 1) up = parentOf(up);
  return { kind: 'path', path: up };
}

function evaluateName(node: SyntaxNode, scope: Scope): Value {
  if (node.type === 'attribute') {
    const object = node.childForFieldName('object');
    const value = object === null ? undefined : evaluate(object, scope);
    const name = node.childForFieldName('attribute')?.text;
    if (value?.kind === 'path' && name === 'parent') return { kind: 'path', path: parentOf(value.path) };
    return unknownValue(node);
  }
  if (node.text === '__file__') return { kind: 'path', path: scope.file };
  return (node.type === 'identifier' ? scope.get(node.text) : undefined) ?? unknownValue(node);
}

/** Functions that give a value of the environment, or else their default. */
const ENVIRONMENT =
  /^((os\.)?(environ\.get|getenv)|env(\.\w+)?|(decouple\.)?config|dj_database_url\.config|get_env)$/;
/** Those give None where the environment has no such variable; the others fail. */
const NONE_WITHOUT_DEFAULT = /^((os\.)?(environ\.get|getenv))$/;
const NONE: Value = { kind: 'literal', value: null };

function ofEnvironment(value: Value): Value {
  if (value.kind === 'literal') return { ...value, environment: true };
  return value.kind === 'list' ? { ...value, items: value.items.map(ofEnvironment) } : value;
}

const SAME_PATH = new Set([
  'Path',
  'pathlib.Path',
  'os.path.abspath',
  'os.path.realpath',
  'abspath',
  'str',
  'environ.Path',
  'os.fspath',
]);

function evaluateCall(node: SyntaxNode, scope: Scope): Value {
  const callee = node.childForFieldName('function');
  const name = dottedName(callee) ?? '';
  const given = argumentsOf(node.childForFieldName('arguments'));
  const values = given.positional.map(({ value }) => evaluate(value, scope));
  const [first] = values;
  if (SAME_PATH.has(name) && first !== undefined) {
    const text = textOf(first);
    if (text === null) return unknownValue(node);
    return name === 'str' ? { kind: 'literal', value: text } : { kind: 'path', path: text };
  }
  if (/^(os\.path\.)?dirname$/.test(name) && first?.kind === 'path') {
    return { kind: 'path', path: parentOf(first.path) };
  }
  if (/^(os\.path\.)?join$/.test(name)) return joinValues(values, node);
  if (/^(list|tuple|set|sorted)$/.test(name) && first?.kind === 'list') return first;
  if (/^(bool|strtobool)$/.test(name) && first?.kind === 'literal' && typeof first.value !== 'string') {
    return literalOf(Boolean(first.value), first);
  }
  if (name === 'int' && first?.kind === 'literal' && !Number.isNaN(Number(first.value))) {
    return literalOf(Number(first.value), first);
  }
  if (name === 'dj_database_url.parse' && first !== undefined) return first;
  if (ENVIRONMENT.test(name)) {
    const named = given.keywords.find((keyword) => keyword.name === 'default')?.value;
    const fallback = named === undefined ? values[1] : evaluate(named, scope);
    return ofEnvironment(fallback ?? (NONE_WITHOUT_DEFAULT.test(name) ? NONE : unknownValue(node)));
  }
  return callee?.type === 'attribute' ? evaluateMethod(callee, values, scope, node) : unknownValue(node);
}

function evaluateMethod(callee: SyntaxNode, values: readonly Value[], scope: Scope, node: SyntaxNode): Value {
  const object = callee.childForFieldName('object');
  const method = callee.childForFieldName('attribute')?.text ?? '';
  const owner = object === null ? undefined : evaluate(object, scope);
  if (owner?.kind === 'path') {
    if (['resolve', 'absolute', 'as_posix', 'expanduser'].includes(method)) return owner;
    if (method === 'joinpath') return joinValues([owner, ...values], node);
  }
  const text = textOf(owner);
  if (text !== null && method === 'split') {
    const separator = textOf(values[0]);
    const parts =
      separator === null ? text.split(/\s+/).filter((part) => part !== '') : text.split(separator);
    const source = owner ?? NONE;
    return { kind: 'list', items: parts.map((value) => literalOf(value, source)), open: false };
  }
  if (text !== null && values.length === 0) {
    const made = TEXT_METHODS[method]?.(text);
    if (made !== undefined) return literalOf(made, owner ?? NONE);
  }
  return unknownValue(node);
}

const TEXT_METHODS: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text) => text.trim(),
};

function joinValues(values: readonly Value[], node: SyntaxNode): Value {
  const texts = values.map(textOf);
  if (texts.length === 0 || texts.includes(null)) return unknownValue(node);
  return { kind: 'path', path: texts.reduce<string>((path, part) => joinPosix(path, part ?? ''), '') };
}

function joinPosix(base: string, inside: string): string {
  if (inside.startsWith('/') || base === '') return inside;
  const parts = base.split('/');
  for (const part of inside.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}
