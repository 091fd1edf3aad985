import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, unwrap, type Argument } from '../../../python/syntax.ts';
import type { RouteReference } from '../../operations/parts.ts';
import type { SourceText } from '../../project-files.ts';
import type { RouteFacts } from '../../project-model.ts';
import { urlconfOf } from '../../read/read-urlconf.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';

/** A pattern or a registration where it stands, with all routes it makes. */
export interface RouteEntry {
  readonly source: SourceText;
  readonly call: SyntaxNode;
  readonly kind: 'pattern' | 'registration';
  readonly regex: boolean;
  /** The list or call whose item it is; null for a registration. */
  readonly list: SyntaxNode | null;
  /** The item of that list. */
  readonly item: SyntaxNode;
  /** One for each place where its URLconf is included. */
  readonly facts: readonly RouteFacts[];
}

/** The entry of a reference; fails where the source has another one there by now. */
export function requireRoute(reference: RouteReference, context: PlanContext, draft: Draft): RouteEntry {
  const source = draft.source(reference.file);
  const facts = context.snapshot.routes.filter(
    ({ place }) => place.file === reference.file && place.start === reference.start,
  );
  const call = callAt(source, reference.start);
  const callee = dottedName(call?.childForFieldName('function') ?? null) ?? '';
  const kind = /(^|\.)(path|re_path|url)$/.test(callee)
    ? 'pattern'
    : callee.endsWith('.register')
      ? 'registration'
      : null;
  if (call === null || kind === null || !facts.some(({ pattern }) => pattern === reference.pattern)) {
    throw new Failure(
      'not-found',
      `The route ${reference.pattern} is not there any more in ${reference.file}: look at the routes again.`,
      {
        file: reference.file,
      },
    );
  }
  let item = call;
  while (item.parent?.type === 'parenthesized_expression') item = item.parent;
  const holder = item.parent;
  const isList = holder !== null && /^(list|tuple|argument_list)$/.test(holder.type);
  const regex = !/(^|\.)path$/.test(callee);
  return { source, call, kind, regex, list: isList && kind === 'pattern' ? holder : null, item, facts };
}

function callAt({ root }: SourceText, start: number): SyntaxNode | null {
  let node: SyntaxNode | null = root.descendantForIndex(start);
  while (node !== null && node.type !== 'call') node = node.parent;
  return node?.startIndex === start ? node : null;
}

/** An argument of a pattern by its place or its name. */
export function argumentOf(
  { call }: Pick<RouteEntry, 'call'>,
  index: number,
  ...names: readonly string[]
): Argument | null {
  const given = argumentsOf(call.childForFieldName('arguments'));
  return (
    given.keywords.find(({ name }) => name !== null && names.includes(name)) ??
    given.positional[index] ??
    null
  );
}

/** The string that is the path of an entry, also in `_('about/')`; fails where it is computed. */
export function pathString(entry: RouteEntry): SyntaxNode {
  const given = argumentOf(entry, 0, 'route', 'regex', 'prefix')?.value;
  const value = given === undefined ? null : unwrap(given);
  const inner =
    value?.type === 'call' ? argumentsOf(value.childForFieldName('arguments')).positional[0]?.value : value;
  const isPlain =
    inner?.type === 'string' && /^[rRuU]?["']/.test(inner.text) && !/^[rRuU]?("""|''')/.test(inner.text);
  if (isPlain) return inner;
  throw new Failure(
    'unclear-source',
    'The path is put together when the project runs: change it in the editor.',
    {
      file: entry.source.path,
      line: entry.call.startPosition.row + 1,
    },
  );
}

/** Full names a route is reversed by: with the namespaces it is included in, and with that of its application. */
export function fullNames({ facts }: Pick<RouteEntry, 'facts'>, appName: string | null): readonly string[] {
  const names = facts.flatMap(({ name }) => (name === null ? [] : [name]));
  const own = names.map((name) => name.slice(name.lastIndexOf(':') + 1));
  const byApp = appName === null ? [] : own.map((name) => `${appName}:${name}`);
  return [...new Set([...names, ...byApp])];
}

/** `catalog:` where the routes of a URLconf stand in that namespace. */
export function namespaceOf(file: string, { snapshot, files }: PlanContext): string {
  const named = snapshot.routes.find(
    ({ place, name, kind }) => place.file === file && name !== null && kind !== 'include',
  );
  if (named !== undefined) return named.name?.replace(/[^:]*$/, '') ?? '';
  const appName = urlconfOf(file, files)?.appName ?? null;
  return appName === null ? '' : `${appName}:`;
}
