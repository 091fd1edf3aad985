import { Failure } from '../../../contract/failure.ts';
import { insertItems, removeItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, partsOf } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import { urlconfOf } from '../../read/read-urlconf.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { offerRenames, stillUsed } from '../references/references-shown.ts';
import {
  argumentOf,
  fullNames,
  namespaceOf,
  pathString,
  requireRoute,
  type RouteEntry,
} from './route-entry.ts';
import { assertRouteName, knownConverters, pathParameters, regexParameters } from './route-path.ts';
import { routeUses, type RouteUses } from './route-uses.ts';
import { noteShadowed } from './shadowing.ts';

/** Changes the path of a route, an include or a registration; names that reverse it stay right by themselves. */
export function planRouteChangePath(
  { route, path: typed }: OperationOf<'route.changePath'>,
  context: PlanContext,
  draft: Draft,
): void {
  const entry = requireRoute(route, context, draft);
  const node = pathString(entry);
  const before = readString(node) ?? '';
  const path = entry.regex && entry.kind === 'pattern' ? typed : typed.trim().replace(/^\/+/, '');
  if (path === before) return;
  const read = (text: string): readonly string[] =>
    entry.regex && entry.kind === 'pattern'
      ? regexParameters(text)
      : pathParameters(text, knownConverters(context));
  const after = read(path);
  if (entry.kind === 'registration' && /^\/|\/$|</.test(path))
    throw new Failure(
      'invalid-input',
      'The prefix of a registration has no slash at its ends: the router adds them.',
      { path },
    );
  assertFree(entry, path, node);
  const { text } = entry.source;
  const quote = node.text.slice(-1);
  const raw = path.includes('\\') ? 'r' : (/^[rRuU]?/.exec(node.text)?.[0] ?? '');
  draft.edit(entry.source.path, [
    { start: node.startIndex, end: node.endIndex, text: `${raw}${quote}${path}${quote}` },
  ]);
  noteParameters(read, before, after, entry, draft);
  if (!entry.regex && path !== '' && !path.endsWith('/'))
    draft.note(`The path does not end with a slash: ${path}/ is another address.`);
  if (entry.list !== null) {
    const others = context.files.parse(
      text.slice(0, node.startIndex) + raw + quote + path + quote + text.slice(node.endIndex),
      route.file,
    );
    try {
      const list =
        others.rootNode.descendantForIndex(entry.list.startIndex, entry.list.startIndex + 1)?.parent ?? null;
      const same = list?.type === entry.list.type ? list : null;
      noteShadowed(same === null ? [] : partsOf(same), draft);
    } finally {
      others.delete();
    }
  }
}

function assertFree(entry: RouteEntry, path: string, node: SyntaxNode): void {
  for (const item of entry.list === null ? [] : partsOf(entry.list)) {
    const first =
      item.type === 'call'
        ? argumentsOf(item.childForFieldName('arguments')).positional[0]?.value
        : undefined;
    if (first === undefined || first.id === node.id || readString(first) !== path || path === '') continue;
    const line = item.startPosition.row + 1;
    throw new Failure(
      'invalid-input',
      `${entry.source.path} has a route for “${path}” already, at line ${String(line)}.`,
      {
        file: entry.source.path,
        line,
      },
    );
  }
}

function noteParameters(
  read: (text: string) => readonly string[],
  before: string,
  after: readonly string[],
  { facts }: RouteEntry,
  draft: Draft,
): void {
  let old: readonly string[] = [];
  try {
    old = read(before);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  const gone = old.filter((name) => !after.includes(name));
  const fresh = after.filter((name) => !old.includes(name));
  if (gone.length + fresh.length === 0) return;
  const view = facts[0]?.view ?? 'the view';
  const parts = [
    ...(fresh.length > 0 ? [`gets ${fresh.join(', ')} too`] : []),
    ...(gone.length > 0 ? [`does not get ${gone.join(', ')} any more`] : []),
  ];
  draft.note(
    `${view} ${parts.join(' and ')}: its parameters, and the arguments where the route is reversed, have to follow.`,
  );
}

/** Names a route, renames it with what surely reverses it, or takes its name away. */
export function planRouteRename(
  { route, name }: OperationOf<'route.rename'>,
  context: PlanContext,
  draft: Draft,
): void {
  const entry = requireRoute(route, context, draft);
  const given = namedArgument(entry);
  const before = given === null ? null : readString(given.value);
  if (before === undefined)
    throw new Failure(
      'unclear-source',
      'The name is put together when the project runs: change it in the editor.',
      { file: route.file },
    );
  if (before === name) return;
  const names = namesOf(entry, context);
  const uses = routeUses(names, context);
  const list = entry.call.childForFieldName('arguments');
  if (list === null) return;
  if (name === null) {
    if (uses.certain.length > 0 && !isShared(names, entry, context))
      throw stillUsed(`The name ${String(names[0])}`, uses.certain);
    if (given !== null) draft.edit(route.file, removeItems(list, entry.source.text, [given.node]));
    return;
  }
  assertRouteName(name);
  assertNewName(entry, name, context);
  const { quote } = draft.style(route.file);
  if (given === null) {
    draft.edit(route.file, insertItems(list, entry.source.text, [`name=${quote}${name}${quote}`]));
    return;
  }
  const written = given.value.text;
  const opening = /^[a-zA-Z]*["']+/.exec(written)?.[0] ?? quote;
  const closing = /["']+$/.exec(written)?.[0] ?? quote;
  draft.edit(route.file, [
    { start: given.value.startIndex, end: given.value.endIndex, text: opening + name + closing },
  ]);
  renameUses(
    uses,
    (old) => old.slice(0, old.lastIndexOf(':') + 1) + name,
    isShared(names, entry, context),
    draft,
  );
}

/** Gives the uses of a route their new name; where another route has the same one, the user says which are meant. */
export function renameUses(
  { certain, possible }: RouteUses,
  rename: (name: string) => string,
  shared: boolean,
  draft: Draft,
): void {
  for (const { path, start, end, name } of certain) {
    const edit = { start, end, text: rename(name) };
    if (shared) draft.offer(path, edit, `several routes are named ${name}`);
    else draft.edit(path, [edit]);
  }
  for (const use of possible) offerRenames([use], rename(use.name), draft);
}

/** The full names of a route that Django reverses it by. */
export function namesOf(entry: RouteEntry, { files }: PlanContext): readonly string[] {
  return fullNames(entry, urlconfOf(entry.source.path, files)?.appName ?? null);
}

/** Another pattern has one of these names as well. */
export function isShared(
  names: readonly string[],
  { source, call }: RouteEntry,
  { snapshot }: PlanContext,
): boolean {
  return snapshot.routes.some(
    ({ name, kind, place }) =>
      name !== null &&
      kind !== 'include' &&
      names.includes(name) &&
      (place.file !== source.path || place.start !== call.startIndex),
  );
}

function namedArgument(entry: RouteEntry): ReturnType<typeof argumentOf> {
  const isInclude = entry.facts.some(({ kind }) => kind === 'include');
  if (entry.kind === 'registration' || isInclude) {
    const what = isInclude
      ? 'An include has no name of its own'
      : 'The router makes the names of its routes from the basename';
    throw new Failure('refused', `${what}: change it in the editor.`, { file: entry.source.path });
  }
  return argumentOf(entry, 3, 'name');
}

function assertNewName({ source, facts, call }: RouteEntry, name: string, context: PlanContext): void {
  const { snapshot } = context;
  const own = namespaceOf(source.path, context);
  const wanted = facts.map((route) => (route.name?.replace(/[^:]*$/, '') ?? own) + name);
  const other = snapshot.routes.find(
    (route) =>
      route.name !== null &&
      wanted.includes(route.name) &&
      (route.place.file !== source.path || route.place.start !== call.startIndex),
  );
  if (other === undefined) return;
  throw new Failure('invalid-input', `${other.place.file} has a route named “${name}” already.`, {
    file: other.place.file,
    line: other.place.line,
  });
}
