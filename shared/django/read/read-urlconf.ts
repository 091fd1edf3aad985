import { readString } from '../../python/literal.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { readExpression, spanOf } from '../../python/read-bindings.ts';
import {
  argumentsOf,
  assignmentsOf,
  dottedName,
  partsOf,
  undecorated,
  unwrap,
  type Argument,
} from '../../python/syntax.ts';
import type { ProjectFiles, SourceText } from '../project-files.ts';
import {
  calledName,
  isPattern,
  listEntries,
  readEntry,
  readInclude,
  type IncludeFacts,
  type UrlScope,
} from './read-url-list.ts';
import type {
  MethodCall,
  PatternText,
  Registration,
  RouterFacts,
  UrlconfFacts,
  UrlEntry,
  UrlList,
} from './url-entry.ts';
import { patternText } from './url-pattern-text.ts';

/** The lists of patterns, routers and the application namespace of one module, read once a version of its file. */
export function urlconfOf(path: string, files: ProjectFiles): UrlconfFacts | null {
  return files.derived(path, readUrlconf);
}

function readUrlconf({ root }: SourceText): UrlconfFacts {
  const reading = startReading();
  for (const statement of partsOf(root)) readStatement(statement, reading, PLAIN);
  return reading;
}

interface Reading extends UrlScope, UrlconfFacts {
  appName: string | null;
  readonly lists: Map<string, UrlList>;
  readonly includes: Map<string, IncludeFacts>;
  readonly aliases: Map<string, string>;
  readonly routers: Map<string, RouterFacts>;
  readonly registrations: Map<string, Registration[]>;
  readonly extensions: Map<string, string[]>;
  readonly methodCalls: Map<string, MethodCall[]>;
  readonly functions: Map<string, readonly UrlEntry[]>;
  readonly constants: Map<string, PatternText>;
  /** What the `return` statements of a function gave so far. */
  readonly returned: UrlEntry[];
}

/** Where in the branches of a module a statement stands. */
interface Branch {
  readonly condition: string | null;
  readonly loop: boolean;
}

const PLAIN: Branch = { condition: null, loop: false };

function startReading(outer?: Reading): Reading {
  return {
    appName: null,
    lists: new Map(outer?.lists),
    includes: new Map(outer?.includes),
    aliases: new Map(outer?.aliases),
    routers: outer?.routers ?? new Map<string, RouterFacts>(),
    registrations: outer?.registrations ?? new Map<string, Registration[]>(),
    extensions: outer?.extensions ?? new Map<string, string[]>(),
    methodCalls: outer?.methodCalls ?? new Map<string, MethodCall[]>(),
    functions: outer?.functions ?? new Map<string, readonly UrlEntry[]>(),
    constants: new Map(outer?.constants),
    owner: outer?.owner ?? '',
    returned: [],
  };
}

function readStatement(statement: SyntaxNode, reading: Reading, branch: Branch): void {
  switch (statement.type) {
    case 'import_from_statement':
      readAliases(statement, reading);
      break;
    case 'if_statement':
      readIf(statement, reading, branch);
      break;
    case 'try_statement':
      readTry(statement, reading, branch);
      break;
    case 'with_statement':
      readBody(statement.childForFieldName('body'), reading, branch);
      break;
    case 'for_statement':
      readBody(statement.childForFieldName('body'), reading, { ...branch, loop: true });
      break;
    case 'function_definition':
    case 'class_definition':
    case 'decorated_definition':
      readDefinition(undecorated(statement), reading, '');
      break;
    case 'return_statement':
      readReturn(statement, reading, branch);
      break;
    case 'expression_statement':
      readExpressionStatement(statement, reading, branch);
  }
}

function readReturn(statement: SyntaxNode, reading: Reading, branch: Branch): void {
  const [value] = partsOf(statement);
  if (value !== undefined) reading.returned.push(...inBranch(listEntries(value, reading), branch));
}

function readExpressionStatement(statement: SyntaxNode, reading: Reading, branch: Branch): void {
  for (const { target, value } of assignmentsOf(statement)) {
    const name = dottedName(target);
    if (name !== null) readAssignment(name, unwrap(value), reading, branch);
  }
  const node = statement.namedChild(0);
  if (node?.type === 'augmented_assignment') {
    const name = dottedName(node.childForFieldName('left')) ?? '';
    const value = node.childForFieldName('right');
    if (value !== null) extend(reading, name, listEntries(value, reading), branch);
  }
  if (node?.type === 'call') readMethod(node, reading, branch);
}

function readBody(body: SyntaxNode | null, reading: Reading, branch: Branch): void {
  for (const inner of body === null ? [] : partsOf(body)) readStatement(inner, reading, branch);
}

function below(branch: Branch, condition: string | null): Branch {
  if (condition === null) return branch;
  return {
    ...branch,
    condition: branch.condition === null ? condition : `${branch.condition} and ${condition}`,
  };
}

function readIf(statement: SyntaxNode, reading: Reading, branch: Branch): void {
  const condition = statement.childForFieldName('condition')?.text ?? '';
  readBody(statement.childForFieldName('consequence'), reading, below(branch, condition));
  for (const clause of statement.childrenForFieldName('alternative')) {
    const other = clause.childForFieldName('condition')?.text ?? `not (${condition})`;
    const body = clause.childForFieldName('consequence') ?? clause.childForFieldName('body');
    readBody(body, reading, below(branch, other));
  }
}

/** `try: import debug_toolbar`: what depends on it is there when the import works. */
function readTry(statement: SyntaxNode, reading: Reading, branch: Branch): void {
  const body = statement.childForFieldName('body');
  const wanted = body === null ? undefined : partsOf(body).find(({ type }) => type.startsWith('import_'));
  const works = wanted === undefined ? null : `“${wanted.text}” works`;
  readBody(body, reading, below(branch, works));
  for (const clause of partsOf(statement)) {
    const block = partsOf(clause).find(({ type }) => type === 'block') ?? null;
    if (clause.type === 'else_clause') readBody(block, reading, below(branch, works));
    if (clause.type === 'finally_clause') readBody(block, reading, branch);
    if (clause.type !== 'except_clause') continue;
    readBody(block, reading, below(branch, wanted === undefined ? 'an error occurs' : `not ${works ?? ''}`));
  }
}

function readAliases(statement: SyntaxNode, reading: Reading): void {
  for (const item of statement.childrenForFieldName('name')) {
    const alias = item.childForFieldName('alias')?.text;
    const name = item.childForFieldName('name')?.text;
    if (alias !== undefined && name !== undefined) reading.aliases.set(alias, name);
  }
}

const MAY_MAKE_PATTERNS = /\b(path|url|urls|\w*patterns)\b/;

/** Functions and methods may return patterns; they see the module's names. */
function readDefinition(node: SyntaxNode, reading: Reading, owner: string): void {
  const body = node.childForFieldName('body');
  const name = node.childForFieldName('name')?.text ?? '';
  if (body === null || !MAY_MAKE_PATTERNS.test(body.text)) return;
  if (node.type === 'class_definition') {
    for (const member of partsOf(body)) readMember(undecorated(member), reading, `${name}.`);
    return;
  }
  const inner = startReading({ ...reading, owner, routers: new Map(), registrations: new Map() });
  readBody(body, inner, PLAIN);
  if (inner.returned.some(isPatterns)) reading.functions.set(`${owner}${name}`, inner.returned);
}

/** Whether there is a pattern in it, not only names of what may be one. */
function isPatterns(entry: UrlEntry): boolean {
  return 'entries' in entry
    ? entry.entries.some(isPatterns)
    : entry.kind === 'route' || entry.kind === 'include';
}

function readMember(member: SyntaxNode, reading: Reading, owner: string): void {
  if (member.type === 'function_definition') readDefinition(member, reading, owner);
}

function readAssignment(name: string, node: SyntaxNode, reading: Reading, branch: Branch): void {
  if (name === 'app_name') {
    reading.appName = readString(node) ?? null;
    return;
  }
  const called = node.type === 'call' ? calledName(node, reading) : '';
  if (called === 'include') reading.includes.set(name, readInclude(node, reading));
  else if (/Router$/.test(called)) addRouter(name, node, reading);
  else if (isNamespaced(node, reading)) {
    const [list, app] = partsOf(node);
    const appName = app === undefined ? null : (readString(app) ?? null);
    if (list !== undefined) reading.lists.set(name, { entries: listEntries(list, reading), appName });
  } else if (holdsPatterns(name, node, called, reading)) {
    const before = reading.lists.get(name)?.entries ?? [];
    const entries = replaced(before, listEntries(node, reading), branch);
    reading.lists.set(name, { entries, appName: null });
  } else if (/^(string|concatenated_string|binary_operator|conditional_expression|call)$/.test(node.type)) {
    reading.constants.set(name, patternText(node));
  }
}

function addRouter(name: string, node: SyntaxNode, reading: Reading): void {
  const { call } = readExpression(node);
  if (call === null) return;
  const slash = call.keywords.find((keyword) => keyword.name === 'trailing_slash')?.value;
  const trailingSlash = (slash ?? call.positional[0])?.literal !== false;
  const callee = call.callee ?? '';
  reading.routers.set(name, { callee, trailingSlash, registrations: [], call, span: spanOf(node) });
}

/** `([path(…)], 'shop')` */
function isNamespaced(node: SyntaxNode, reading: Reading): boolean {
  const [list, app, ...rest] = node.type === 'tuple' || node.type === 'expression_list' ? partsOf(node) : [];
  if (list === undefined || app === undefined || rest.length > 1) return false;
  const isList = list.type === 'list' || reading.lists.has(list.text);
  return isList && readString(app) !== undefined;
}

function holdsPatterns(name: string, node: SyntaxNode, called: string, reading: Reading): boolean {
  if (/(urls|patterns)$/i.test(name)) return true;
  if (node.type === 'call') {
    return (
      isPattern(called) || /^(i18n_patterns|format_suffix_patterns|staticfiles_urlpatterns)$/.test(called)
    );
  }
  if (node.type === 'binary_operator') return partsOf(node).some((side) => reading.lists.has(side.text));
  if (node.type !== 'list' && node.type !== 'tuple') return false;
  return partsOf(node).some((part) => {
    const inner = unwrap(part);
    return inner.type === 'call' && isPattern(calledName(inner, reading));
  });
}

function inBranch(entries: readonly UrlEntry[], { condition, loop }: Branch): readonly UrlEntry[] {
  const looped: readonly UrlEntry[] =
    loop && entries.length > 0
      ? [{ kind: 'doubt', reason: 'Made once for each item of a loop.', entries }]
      : entries;
  return condition === null || looped.length === 0 ? looped : [{ kind: 'when', condition, entries: looped }];
}

/** A list after an assignment in a branch: what stood in it before is there at other times. */
function replaced(
  before: readonly UrlEntry[],
  after: readonly UrlEntry[],
  branch: Branch,
): readonly UrlEntry[] {
  if (branch.condition === null && !branch.loop) return after;
  const kept = after.flatMap((entry) => (before.includes(entry) ? entry : inBranch([entry], branch)));
  const gone = before.filter((entry) => !after.includes(entry));
  return [...gone, ...kept];
}

function extend(reading: Reading, name: string, entries: readonly UrlEntry[], branch: Branch): void {
  const list = reading.lists.get(name);
  // A list that is not made here was imported: its name leads to what it held.
  const span = { start: 0, end: 0, line: 1 };
  const before: readonly UrlEntry[] = list?.entries ?? [{ kind: 'name', dotted: name, span }];
  reading.lists.set(name, {
    entries: [...before, ...inBranch(entries, branch)],
    appName: list?.appName ?? null,
  });
}

function readMethod(node: SyntaxNode, reading: Reading, branch: Branch): void {
  const callee = dottedName(node.childForFieldName('function')) ?? '';
  const [, owner = '', method = ''] = /^(.+)\.(\w+)$/.exec(callee) ?? [];
  if (owner === '') return;
  const given = argumentsOf(node.childForFieldName('arguments'));
  const value = given.positional.at(-1)?.value;
  if (method === 'register' && value !== undefined) {
    const registration = readRegistration(node, given.positional, given.keywords, branch);
    const router = reading.routers.get(owner);
    if (router === undefined) push(reading.registrations, owner, registration);
    else router.registrations.push(registration);
  } else if (value !== undefined && (reading.lists.has(owner) || owner === 'urlpatterns')) {
    if (method === 'append') extend(reading, owner, readEntry(value, reading), branch);
    else if (method === 'extend') extend(reading, owner, listEntries(value, reading), branch);
    else if (method === 'insert') insert(reading, owner, given.positional, branch);
  } else if (method === 'extend' && owner.endsWith('.registry')) {
    const other = value === undefined ? null : dottedName(value);
    if (other?.endsWith('.registry') === true) {
      push(reading.extensions, withoutLast(owner), withoutLast(other));
    }
  }
  const { call } = readExpression(node);
  if (call !== null) push(reading.methodCalls, owner, { method, call, span: spanOf(node) });
}

function insert(reading: Reading, owner: string, given: readonly Argument[], branch: Branch): void {
  const [index, value] = given;
  const list = reading.lists.get(owner);
  if (index === undefined || value === undefined || list === undefined) return;
  const at = /^\d+$/.test(index.value.text) ? Number(index.value.text) : 0;
  const entries = list.entries.toSpliced(at, 0, ...inBranch(readEntry(value.value, reading), branch));
  reading.lists.set(owner, { ...list, entries });
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function withoutLast(dotted: string): string {
  return dotted.slice(0, dotted.lastIndexOf('.'));
}

function readRegistration(
  call: SyntaxNode,
  positional: readonly Argument[],
  keywords: readonly Argument[],
  { condition }: Branch,
): Registration {
  const argument = (index: number, ...names: readonly string[]): SyntaxNode | undefined =>
    keywords.find(({ name }) => name !== null && names.includes(name))?.value ?? positional[index]?.value;
  const prefix = argument(0, 'prefix');
  const viewset = argument(1, 'viewset');
  const basename = argument(2, 'basename', 'base_name');
  return {
    prefix: prefix === undefined ? null : (readString(prefix) ?? null),
    prefixText: prefix === undefined ? null : patternText(prefix),
    viewset: dottedName(viewset ?? null),
    basename: basename === undefined ? null : (readString(basename) ?? null),
    condition,
    span: spanOf(call),
  };
}
