import { readString } from '../../python/literal.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { readExpression, spanOf } from '../../python/read-bindings.ts';
import { argumentsOf, dottedName, partsOf, unwrap, type Arguments } from '../../python/syntax.ts';
import type { IncludeTarget, UrlEntry, UrlList } from './url-entry.ts';
import { patternText } from './url-pattern-text.ts';

/** An `include()` as it stands in a variable, too. */
export interface IncludeFacts {
  readonly namespace: string | null;
  readonly target: IncludeTarget;
}

/** What the names of a module stand for while its statements are read from top to bottom. */
export interface UrlScope {
  readonly lists: ReadonlyMap<string, UrlList>;
  readonly includes: ReadonlyMap<string, IncludeFacts>;
  /** What functions are called in their own module: `from django.urls import path as route`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The class whose methods are read, with a dot; '' outside of classes. */
  readonly owner: string;
}

const LOOP = 'Made once for each item of a loop.';

/** The entries of an expression that gives a list of patterns. */
export function listEntries(value: SyntaxNode, scope: UrlScope): readonly UrlEntry[] {
  const node = unwrap(value);
  switch (node.type) {
    case 'list':
    case 'tuple':
    case 'expression_list':
      return partsOf(node).flatMap((part) => {
        const splat = part.type === 'list_splat' ? partsOf(part)[0] : undefined;
        return splat === undefined ? readEntry(part, scope) : listEntries(splat, scope);
      });
    case 'binary_operator': {
      const sides = [node.childForFieldName('left'), node.childForFieldName('right')];
      return sides.flatMap((side) => (side === null ? [] : listEntries(side, scope)));
    }
    case 'conditional_expression':
      return choiceEntries(node, scope);
    case 'list_comprehension':
    case 'generator_expression': {
      const body = node.childForFieldName('body');
      const entries = body === null ? [] : readEntry(body, scope);
      return [{ kind: 'doubt', reason: LOOP, entries }];
    }
    case 'call':
      return callEntries(node, scope);
    default:
      return nameEntries(node, scope);
  }
}

/** The entries that one item of such a list stands for. */
export function readEntry(value: SyntaxNode, scope: UrlScope): readonly UrlEntry[] {
  const node = unwrap(value);
  const kind = node.type === 'call' ? calledName(node, scope) : '';
  return isPattern(kind) ? [readPattern(node, kind, scope)] : listEntries(node, scope);
}

/** The function that a call calls, by the name it has in its own module. */
export function calledName(call: SyntaxNode, { aliases }: UrlScope): string {
  const dotted = dottedName(call.childForFieldName('function')) ?? '';
  return aliases.get(dotted) ?? dotted.slice(dotted.lastIndexOf('.') + 1);
}

/** Whether a function of this name makes a URL pattern. */
export function isPattern(name: string): boolean {
  return name === 'path' || name === 're_path' || name === 'url';
}

function choiceEntries(node: SyntaxNode, scope: UrlScope): readonly UrlEntry[] {
  const [yes, test, no] = partsOf(node);
  if (yes === undefined || test === undefined || no === undefined) return [];
  const sides: readonly UrlEntry[] = [
    { kind: 'when', condition: test.text, entries: listEntries(yes, scope) },
    { kind: 'when', condition: `not (${test.text})`, entries: listEntries(no, scope) },
  ];
  return sides.filter((side) => side.kind === 'when' && side.entries.length > 0);
}

function nameEntries(node: SyntaxNode, scope: UrlScope): readonly UrlEntry[] {
  const dotted = dottedName(node);
  const span = spanOf(node);
  if (dotted === null) return [{ kind: 'unknown', code: node.text, span }];
  return scope.lists.get(dotted)?.entries ?? [{ kind: 'name', dotted, span }];
}

function callEntries(node: SyntaxNode, scope: UrlScope): readonly UrlEntry[] {
  const given = argumentsOf(node.childForFieldName('arguments'));
  const first = given.positional[0]?.value;
  const span = spanOf(node);
  const code = node.text;
  const name = calledName(node, scope);
  if (isPattern(name)) return [readPattern(node, name, scope)];
  switch (name) {
    case 'i18n_patterns':
      return [
        { kind: 'language', entries: given.positional.flatMap((each) => readEntry(each.value, scope)) },
      ];
    case 'patterns':
      return given.positional.slice(1).flatMap((each) => readEntry(each.value, scope));
    case 'list':
    case 'tuple':
      return first === undefined ? [] : listEntries(first, scope);
    case 'static':
      return [{ kind: 'static', prefix: first === undefined ? null : patternText(first), code, span }];
    case 'staticfiles_urlpatterns': {
      const prefix =
        first === undefined ? [{ dotted: 'django.conf.settings.STATIC_URL' }] : patternText(first);
      return [{ kind: 'static', prefix, code, span }];
    }
    case 'format_suffix_patterns':
      return first === undefined ? [] : [suffixEntries(given, listEntries(first, scope))];
    default:
      return [
        {
          kind: 'call',
          dotted: dottedName(node.childForFieldName('function'))?.replace(/^self\./, scope.owner) ?? null,
          code,
          given: given.positional.flatMap(({ value }) => givenEntries(value, scope)),
          span,
        },
      ];
  }
}

function suffixEntries(given: Arguments, entries: readonly UrlEntry[]): UrlEntry {
  const argument = (index: number, name: string): SyntaxNode | undefined =>
    given.keywords.find((keyword) => keyword.name === name)?.value ?? given.positional[index]?.value;
  const list = argument(2, 'allowed');
  const allowed = list === undefined ? [] : partsOf(unwrap(list)).map(readString);
  return {
    kind: 'suffixes',
    entries,
    required: argument(1, 'suffix_required')?.text === 'True',
    allowed: allowed.filter((each) => each !== undefined),
  };
}

/** Patterns among the arguments of a function that may do anything with them. */
function givenEntries(value: SyntaxNode, scope: UrlScope): readonly UrlEntry[] {
  const node = unwrap(value);
  const dotted = dottedName(node);
  if (dotted !== null) return scope.lists.get(dotted)?.entries ?? [];
  if (!/^(list|tuple|binary_operator)$/.test(node.type)) return [];
  return listEntries(node, scope).filter(({ kind }) => kind === 'route' || kind === 'include');
}

function readPattern(node: SyntaxNode, kind: string, scope: UrlScope): UrlEntry {
  const span = spanOf(node);
  const given = argumentsOf(node.childForFieldName('arguments'));
  const argument = (index: number, ...names: readonly string[]): SyntaxNode | undefined =>
    given.keywords.find(({ name }) => name !== null && names.includes(name))?.value ??
    given.positional[index]?.value;
  const route = argument(0, 'route', 'regex');
  const view = argument(1, 'view');
  const regex = kind !== 'path';
  const pattern = route === undefined ? null : patternText(route);
  if (view === undefined) return { kind: 'unknown', code: node.text, span };
  const inner = unwrap(view);
  const included = includeOf(inner, scope);
  if (included !== null) return { kind: 'include', regex, pattern, ...included, span };
  const name = argument(3, 'name');
  return {
    kind: 'route',
    regex,
    pattern,
    name: name === undefined ? null : (readString(name) ?? null),
    view: readExpression(inner),
    span,
  };
}

/** What stands in the place of a view and is other patterns; null for a view. */
function includeOf(node: SyntaxNode, scope: UrlScope): IncludeFacts | null {
  if (node.type === 'call' && calledName(node, scope) === 'include') return readInclude(node, scope);
  const dotted = dottedName(node);
  if (dotted !== null) {
    const known = scope.includes.get(dotted);
    if (known !== undefined) return known;
    // `admin.site.urls` stands without include().
    return dotted.endsWith('.urls') ? { namespace: null, target: { kind: 'object', dotted } } : null;
  }
  if (node.type === 'attribute' && node.childForFieldName('attribute')?.text === 'urls') {
    return { namespace: null, target: { kind: 'unknown', code: node.text } };
  }
  if (node.type !== 'tuple' && node.type !== 'list') return null;
  const [list, app, namespace] = partsOf(node);
  if (node.type === 'list' || list === undefined) {
    return { namespace: null, target: { kind: 'entries', entries: listEntries(node, scope), appName: null } };
  }
  return {
    namespace: namespace === undefined ? null : (readString(namespace) ?? null),
    target: { kind: 'entries', entries: listEntries(list, scope), appName: textOf(app) },
  };
}

/** What an `include()` includes. */
export function readInclude(call: SyntaxNode, scope: UrlScope): IncludeFacts {
  const given = argumentsOf(call.childForFieldName('arguments'));
  const named = given.keywords.find(({ name }) => name === 'namespace')?.value ?? given.positional[1]?.value;
  const namespace = textOf(named);
  const first = given.positional[0]?.value ?? given.keywords.find(({ name }) => name === 'arg')?.value;
  if (first === undefined) return { namespace, target: { kind: 'unknown', code: call.text } };
  const node = unwrap(first);
  const [list, app, instance] = node.type === 'tuple' ? partsOf(node) : [];
  if (list === undefined) return { namespace, target: targetOf(node, null, scope) };
  return { namespace: namespace ?? textOf(instance), target: targetOf(unwrap(list), textOf(app), scope) };
}

function targetOf(node: SyntaxNode, appName: string | null, scope: UrlScope): IncludeTarget {
  const module = readString(node);
  if (module !== undefined) return { kind: 'module', module, appName };
  const list = scope.lists.get(dottedName(node) ?? '');
  const entries = list?.entries ?? listEntries(node, scope);
  return { kind: 'entries', entries, appName: appName ?? list?.appName ?? null };
}

function textOf(node: SyntaxNode | undefined): string | null {
  return node === undefined ? null : (readString(node) ?? null);
}
