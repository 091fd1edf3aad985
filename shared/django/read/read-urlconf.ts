import type { SyntaxNode } from '../../python/parser.ts';
import { readString } from '../../python/literal.ts';
import { spanOf, type Span } from '../../python/python-module.ts';
import {
  argumentsOf,
  assignmentsOf,
  dottedName,
  partsOf,
  unwrap,
  type Argument,
} from '../../python/syntax.ts';
import type { SourceText } from '../project-files.ts';

/** What an `include()` leads to. */
export type IncludeTarget =
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'list'; readonly entries: readonly UrlEntry[]; readonly appName: string | null }
  | { readonly kind: 'name'; readonly dotted: string; readonly appName: string | null }
  | { readonly kind: 'unknown'; readonly code: string };

/** One entry of a list of URL patterns, as written. */
export type UrlEntry =
  | {
      readonly kind: 'route';
      readonly regex: boolean;
      /** null where it is computed. */
      readonly pattern: string | null;
      readonly name: string | null;
      readonly view: string;
      /** The name of the function or class behind decorators and `as_view()`. */
      readonly viewName: string | null;
      readonly span: Span;
    }
  | {
      readonly kind: 'include';
      readonly regex: boolean;
      readonly pattern: string | null;
      readonly namespace: string | null;
      readonly target: IncludeTarget;
      readonly span: Span;
    }
  /** Another list by its name: `router.urls`, `extra_patterns`. */
  | { readonly kind: 'name'; readonly dotted: string; readonly span: Span }
  | { readonly kind: 'when'; readonly condition: string; readonly entries: readonly UrlEntry[] }
  | { readonly kind: 'language'; readonly entries: readonly UrlEntry[] }
  | { readonly kind: 'unknown'; readonly code: string; readonly span: Span };

/** One `router.register()`. */
export interface Registration {
  readonly prefix: string | null;
  readonly viewset: string | null;
  readonly basename: string | null;
  readonly span: Span;
}

/** A router of Django REST Framework that a URLconf makes. */
export interface RouterFacts {
  /** As written: `routers.DefaultRouter`. */
  readonly callee: string;
  readonly trailingSlash: boolean;
  readonly registrations: Registration[];
}

/** What one module says of URLs. */
export interface UrlconfFacts {
  readonly appName: string | null;
  readonly lists: ReadonlyMap<string, readonly UrlEntry[]>;
  readonly routers: ReadonlyMap<string, RouterFacts>;
}

/** Lists of patterns, routers and the application namespace of one module. */
export function readUrlconf({ root }: SourceText): UrlconfFacts {
  const reading: Reading = { appName: null, lists: new Map(), routers: new Map() };
  for (const statement of partsOf(root)) readStatement(statement, reading, null);
  return reading;
}

interface Reading {
  appName: string | null;
  readonly lists: Map<string, readonly UrlEntry[]>;
  readonly routers: Map<string, RouterFacts>;
}

function readStatement(statement: SyntaxNode, reading: Reading, condition: string | null): void {
  if (statement.type === 'if_statement') {
    readIf(statement, reading);
    return;
  }
  if (['try_statement', 'with_statement'].includes(statement.type)) {
    const body = statement.childForFieldName('body');
    for (const inner of body === null ? [] : partsOf(body)) readStatement(inner, reading, condition);
    return;
  }
  for (const { target, value } of assignmentsOf(statement)) {
    if (target.type === 'identifier') readAssignment(target.text, value, reading, condition);
  }
  const node = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
  if (node?.type === 'augmented_assignment') {
    const name = node.childForFieldName('left')?.text ?? '';
    const value = node.childForFieldName('right');
    if (value !== null) extend(reading, name, listEntries(value), condition);
  }
  if (node?.type === 'call') readMethod(node, reading, condition);
}

function readIf(statement: SyntaxNode, reading: Reading): void {
  const condition = statement.childForFieldName('condition')?.text ?? '';
  const bodies = [
    { when: condition, body: statement.childForFieldName('consequence') },
    ...statement.childrenForFieldName('alternative').map((clause) => ({
      when: clause.childForFieldName('condition')?.text ?? `not (${condition})`,
      body: clause.childForFieldName('consequence') ?? clause.childForFieldName('body'),
    })),
  ];
  for (const { when, body } of bodies) {
    for (const inner of body === null ? [] : partsOf(body)) readStatement(inner, reading, when);
  }
}

function readAssignment(name: string, value: SyntaxNode, reading: Reading, condition: string | null): void {
  const node = unwrap(value);
  if (name === 'app_name') {
    reading.appName = readString(node) ?? null;
    return;
  }
  const callee = node.type === 'call' ? (dottedName(node.childForFieldName('function')) ?? '') : '';
  if (/Router$/.test(callee)) {
    const slash = argumentsOf(node.childForFieldName('arguments')).keywords.find(
      (k) => k.name === 'trailing_slash',
    );
    reading.routers.set(name, { callee, trailingSlash: slash?.value.text !== 'False', registrations: [] });
    return;
  }
  if (!holdsPatterns(name, node, callee)) return;
  if (condition === null) reading.lists.set(name, listEntries(node));
  else extend(reading, name, listEntries(node), condition);
}

function holdsPatterns(name: string, node: SyntaxNode, callee: string): boolean {
  if (name === 'urlpatterns' || /(urls|patterns)$/i.test(name)) return true;
  if (/i18n_patterns$|format_suffix_patterns$/.test(callee)) return true;
  return node.type === 'list' && partsOf(node).some((part) => isPatternCall(unwrap(part)));
}

function isPatternCall(node: SyntaxNode): boolean {
  const callee = node.type === 'call' ? (dottedName(node.childForFieldName('function')) ?? '') : '';
  return /(^|\.)(path|re_path|url)$/.test(callee);
}

function extend(
  reading: Reading,
  name: string,
  entries: readonly UrlEntry[],
  condition: string | null,
): void {
  const before = reading.lists.get(name) ?? [];
  const added: readonly UrlEntry[] = condition === null ? entries : [{ kind: 'when', condition, entries }];
  reading.lists.set(name, [...before, ...added]);
}

function readMethod(call: SyntaxNode, reading: Reading, condition: string | null): void {
  const callee = dottedName(call.childForFieldName('function')) ?? '';
  const [, owner = '', method = ''] = /^(.+)\.(\w+)$/.exec(callee) ?? [];
  const given = argumentsOf(call.childForFieldName('arguments'));
  const router = reading.routers.get(owner);
  if (router !== undefined && method === 'register') {
    router.registrations.push(readRegistration(call, given.positional, given.keywords));
    return;
  }
  const value = given.positional.at(-1)?.value;
  if (value === undefined || !reading.lists.has(owner)) return;
  if (method === 'append') extend(reading, owner, [readEntry(value)], condition);
  else if (method === 'extend') extend(reading, owner, listEntries(value), condition);
  else if (method === 'insert') {
    reading.lists.set(owner, [readEntry(value), ...(reading.lists.get(owner) ?? [])]);
  }
}

function readRegistration(
  call: SyntaxNode,
  positional: readonly Argument[],
  keywords: readonly Argument[],
): Registration {
  const argument = (index: number, ...names: readonly string[]): SyntaxNode | undefined =>
    keywords.find(({ name }) => name !== null && names.includes(name))?.value ?? positional[index]?.value;
  const prefix = argument(0, 'prefix');
  const viewset = argument(1, 'viewset');
  const basename = argument(2, 'basename', 'base_name');
  return {
    prefix: prefix === undefined ? null : (readString(prefix) ?? null),
    viewset: dottedName(viewset ?? null),
    basename: basename === undefined ? null : (readString(basename) ?? null),
    span: spanOf(call),
  };
}

function listEntries(value: SyntaxNode): readonly UrlEntry[] {
  const node = unwrap(value);
  if (node.type === 'list' || node.type === 'tuple') {
    return partsOf(node).flatMap((part) => {
      const splat = part.type === 'list_splat' ? partsOf(part)[0] : undefined;
      return splat === undefined ? [readEntry(part)] : listEntries(splat);
    });
  }
  if (node.type === 'binary_operator') {
    const sides = [node.childForFieldName('left'), node.childForFieldName('right')];
    return sides.flatMap((side) => (side === null ? [] : listEntries(side)));
  }
  const dotted = dottedName(node);
  if (dotted !== null) return [{ kind: 'name', dotted, span: spanOf(node) }];
  if (node.type === 'call') {
    const callee = dottedName(node.childForFieldName('function')) ?? '';
    const given = argumentsOf(node.childForFieldName('arguments')).positional;
    if (callee.endsWith('i18n_patterns')) {
      return [{ kind: 'language', entries: given.map(({ value: inner }) => readEntry(inner)) }];
    }
    const first = given[0]?.value;
    if (/format_suffix_patterns$/.test(callee) && first !== undefined) return listEntries(first);
  }
  return [{ kind: 'unknown', code: node.text, span: spanOf(node) }];
}

function readEntry(value: SyntaxNode): UrlEntry {
  const node = unwrap(value);
  const span = spanOf(node);
  if (!isPatternCall(node)) return { kind: 'unknown', code: node.text, span };
  const callee = dottedName(node.childForFieldName('function')) ?? '';
  const given = argumentsOf(node.childForFieldName('arguments'));
  const argument = (index: number, name: string): SyntaxNode | undefined =>
    given.keywords.find((keyword) => keyword.name === name)?.value ?? given.positional[index]?.value;
  const route = argument(0, /re_path$|url$/.test(callee) ? 'regex' : 'route');
  const view = argument(1, 'view');
  const regex = !/(^|\.)path$/.test(callee);
  const pattern = route === undefined ? null : (patternText(route) ?? null);
  if (view === undefined) return { kind: 'unknown', code: node.text, span };
  const inner = unwrap(view);
  const included =
    inner.type === 'call' && /(^|\.)include$/.test(dottedName(inner.childForFieldName('function')) ?? '');
  if (included) return { kind: 'include', regex, pattern, ...readInclude(inner), span };
  if (/^[\w.]+\.urls$/.test(inner.text)) {
    // `admin.site.urls` stands without include().
    return {
      kind: 'include',
      regex,
      pattern,
      namespace: null,
      target: { kind: 'unknown', code: inner.text },
      span,
    };
  }
  const name = argument(3, 'name');
  return {
    kind: 'route',
    regex,
    pattern,
    name: name === undefined ? null : (readString(name) ?? null),
    view: inner.text,
    viewName: viewNameOf(inner),
    span,
  };
}

/** A translated pattern, `_('about/')`, is taken in its source language. */
function patternText(route: SyntaxNode): string | undefined {
  const node = unwrap(route);
  const callee = node.type === 'call' ? (dottedName(node.childForFieldName('function')) ?? '') : '';
  const first =
    node.type === 'call' ? argumentsOf(node.childForFieldName('arguments')).positional[0] : undefined;
  if (first !== undefined && /^(_|gettext_lazy|gettext|pgettext_lazy)$/.test(callee))
    return readString(first.value);
  return readString(node);
}

function readInclude(call: SyntaxNode): {
  readonly namespace: string | null;
  readonly target: IncludeTarget;
} {
  const given = argumentsOf(call.childForFieldName('arguments'));
  const named = given.keywords.find(({ name }) => name === 'namespace')?.value ?? given.positional[1]?.value;
  const namespace = named === undefined ? null : (readString(named) ?? null);
  const first = given.positional[0]?.value ?? given.keywords.find(({ name }) => name === 'arg')?.value;
  if (first === undefined) return { namespace, target: { kind: 'unknown', code: call.text } };
  const node = unwrap(first);
  if (node.type === 'tuple') {
    const [list, app] = partsOf(node);
    const appName = app === undefined ? null : (readString(app) ?? null);
    if (list !== undefined) return { namespace, target: includeTarget(unwrap(list), appName) };
  }
  return { namespace, target: includeTarget(node, null) };
}

function includeTarget(node: SyntaxNode, appName: string | null): IncludeTarget {
  const module = readString(node);
  if (module !== undefined) return { kind: 'module', module };
  if (node.type === 'list') return { kind: 'list', entries: listEntries(node), appName };
  const dotted = dottedName(node);
  return dotted === null ? { kind: 'unknown', code: node.text } : { kind: 'name', dotted, appName };
}

/** `login_required(views.book)`, `views.BookView.as_view(…)` and `cache_page(60)(view)` lead to the name inside. */
function viewNameOf(view: SyntaxNode): string | null {
  const node = unwrap(view);
  if (node.type !== 'call') return dottedName(node);
  const callee = node.childForFieldName('function');
  const dotted = dottedName(callee);
  const owner = dotted === null ? null : /^(.+)\.as_view$/.exec(dotted)?.[1];
  if (owner !== undefined && owner !== null) return owner;
  const inner = argumentsOf(node.childForFieldName('arguments')).positional.at(-1)?.value;
  return inner === undefined ? null : viewNameOf(inner);
}
