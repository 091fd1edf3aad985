import {
  differenceSentence,
  type LensDifference,
  type Origin,
} from '../../../shared/django/lens-difference.ts';
import { mergeRoutes, type MergedRoute, type RouteLens } from '../../../shared/django/merge-routes.ts';
import type { Place, ProjectSnapshot, RouteFacts } from '../../../shared/django/project-model.ts';
import type { RuntimeRoute } from '../../../shared/django/runtime-lens.ts';
import { parametersOf, type PathParameter } from '../../stores/request-draft.ts';
import type { RevealTarget } from '../../stores/editor-store.ts';

/** A route as the list shows it, whichever lens it comes from. */
export interface RouteRow {
  readonly id: string;
  readonly pattern: string;
  readonly regex: boolean;
  /** With its namespace: `catalog:book-list`. */
  readonly name: string | null;
  readonly namespace: string | null;
  /** Dotted path of the view, or the view as it is written. */
  readonly view: string;
  readonly methods: readonly string[] | null;
  readonly app: string | null;
  readonly permissions: readonly string[];
  readonly parameters: readonly PathParameter[];
  /** Where the view is defined. */
  readonly viewPlace: RevealTarget | null;
  /** The statement that makes the route. */
  readonly statement: Place | null;
  /** The view is code of the project. */
  readonly own: boolean;
  readonly origin: Origin;
  /** What is not known, or where the two lenses differ; in a sentence. */
  readonly note: string | null;
  /** What Django said, to begin a request with; null where it did not. */
  readonly runtime: RuntimeRoute | null;
}

/** Says whether a file that Python names is the project's own code. */
export type OwnFile = (file: string) => boolean;

const NOT_LOADED = 'Written in the source, but not among the routes that Django has loaded.';

/**
 * All routes in Django's order. What Django resolves wins; what only the source has follows it, with a note.
 * Without the runtime lens the source speaks alone.
 */
export function routeRows(
  snapshot: Pick<ProjectSnapshot, 'routes' | 'apps'> | null,
  lens: RouteLens | null,
  isOwn: OwnFile,
): readonly RouteRow[] {
  const { routes, differences } = mergeRoutes(snapshot?.routes ?? [], lens, () => null);
  return withOwnIds(
    routes.map((route) => {
      if (route.origin !== 'source') return runtimeRow(route, differences, isOwn);
      return sourceRow(route.source, snapshot, lens === null ? null : NOT_LOADED);
    }),
  );
}

/** Routes may be the same in path and name; the second one of them is another route. */
function withOwnIds(rows: readonly RouteRow[]): readonly RouteRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const count = seen.get(row.id) ?? 0;
    seen.set(row.id, count + 1);
    return count === 0 ? row : { ...row, id: `${row.id} ${count + 1}` };
  });
}

function runtimeRow(
  { name, origin, source, runtime, statement }: Exclude<MergedRoute, { readonly origin: 'source' }>,
  differences: readonly LensDifference[],
  isOwn: OwnFile,
): RouteRow {
  const { pattern, regex, namespace, view, methods, app, permissions, parameters, file, line } = runtime;
  const own = file !== null && isOwn(file);
  const made =
    own && statement === null ? 'Made while the project runs; the source does not show where.' : null;
  return {
    id: `${pattern} ${name ?? ''}`,
    pattern,
    regex,
    name,
    namespace,
    view,
    methods,
    app: app ?? (own ? (view.split('.')[0] ?? null) : (namespace?.split(':')[0] ?? null)),
    permissions,
    parameters,
    viewPlace: file === null ? null : { file, line },
    statement: statement?.place ?? null,
    own,
    origin,
    note: source === null ? made : differenceNote(source, differences),
    runtime,
  };
}

function differenceNote(
  { place, pattern }: RouteFacts,
  differences: readonly LensDifference[],
): string | null {
  const own = differences.filter((each) => each.place === place && each.subject === pattern);
  return own.length === 0 ? null : own.map(differenceSentence).join(' ');
}

function sourceRow(
  facts: RouteFacts,
  snapshot: Pick<ProjectSnapshot, 'apps'> | null,
  note: string | null,
): RouteRow {
  const file = (facts.viewPlace ?? facts.place).file;
  const namespace =
    facts.name?.includes(':') === true ? facts.name.slice(0, facts.name.lastIndexOf(':')) : null;
  return {
    id: `${facts.pattern} ${facts.name ?? ''}`,
    pattern: facts.pattern,
    regex: facts.kind === 're-path',
    name: facts.name,
    namespace: facts.kind === 'include' ? facts.name : namespace,
    view: facts.view ?? '',
    methods: facts.methods,
    app: appOfFile(file, snapshot),
    permissions: [],
    parameters: parametersOf(facts.pattern),
    viewPlace: facts.viewPlace,
    statement: facts.place,
    own: true,
    origin: 'source',
    note: note ?? facts.unknown,
    runtime: null,
  };
}

/** The app in whose folder a file stands; the deepest one where apps stand in one another. */
function appOfFile(file: string, snapshot: Pick<ProjectSnapshot, 'apps'> | null): string | null {
  const around = (snapshot?.apps ?? []).filter(
    ({ folder }) => folder !== null && file.startsWith(`${folder}/`),
  );
  const deepest = around.sort((one, other) => (other.folder?.length ?? 0) - (one.folder?.length ?? 0))[0];
  return deepest?.label ?? file.split('/').at(-2) ?? null;
}

/** What routes are listed under. */
export type Grouping = 'app' | 'namespace' | 'none';

/** Routes of one app or namespace. */
export interface RouteGroup {
  readonly id: string;
  readonly label: string;
  /** Has code of the project. */
  readonly own: boolean;
  readonly rows: readonly RouteRow[];
}

/** The groups, the project's own first; each keeps Django's order. */
export function groupRows(rows: readonly RouteRow[], by: Grouping): readonly RouteGroup[] {
  const groups = new Map<string, RouteRow[]>();
  for (const row of rows) {
    const label = labelIn(row, by);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  const all = [...groups].map(([label, members]): RouteGroup => ({
    id: `${by} ${label}`,
    label,
    own: members.some(({ own }) => own),
    rows: members,
  }));
  return [...all.filter(({ own }) => own), ...all.filter(({ own }) => !own)];
}

function labelIn({ app, namespace }: RouteRow, by: Grouping): string {
  if (by === 'none') return '';
  if (by === 'namespace') return namespace ?? 'No namespace';
  return app ?? 'Other packages';
}

/** The routes whose path, name, view, app or method has every searched word. */
export function searchRows(rows: readonly RouteRow[], search: string): readonly RouteRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = [row.pattern, row.name, row.view, row.app, row.permissions.join(' '), row.methods?.join(' ')]
      .filter(Boolean)
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A line of the list: the head of a group, or a route. */
export type ListLine =
  | { readonly kind: 'group'; readonly group: RouteGroup; readonly open: boolean }
  | { readonly kind: 'route'; readonly row: RouteRow };

/** The lines that are visible with these groups open, from top to bottom. */
export function listLines(
  groups: readonly RouteGroup[],
  isOpen: (group: RouteGroup) => boolean,
): readonly ListLine[] {
  return groups.flatMap((group): readonly ListLine[] => {
    const rows = group.rows.map((row): ListLine => ({ kind: 'route', row }));
    if (group.label === '') return rows;
    const open = isOpen(group);
    return [{ kind: 'group', group, open }, ...(open ? rows : [])];
  });
}

/** What a key does in the list. */
export type ListMove =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'toggle'; readonly group: RouteGroup }
  | { readonly kind: 'open'; readonly row: RouteRow };

/** The keys of the treegrid pattern of the ARIA Authoring Practices Guide; null for others. */
export function listMove(
  lines: readonly ListLine[],
  current: number,
  key: string,
  page: number,
): ListMove | null {
  const line = lines[current];
  const to = (index: number): ListMove => ({
    kind: 'focus',
    index: Math.min(Math.max(index, 0), lines.length - 1),
  });
  if (key === 'ArrowDown') return to(current + 1);
  if (key === 'ArrowUp') return to(current - 1);
  if (key === 'Home') return to(0);
  if (key === 'End') return to(lines.length - 1);
  if (key === 'PageDown') return to(current + page);
  if (key === 'PageUp') return to(current - page);
  if (line === undefined) return null;
  if (line.kind === 'route') {
    if (key === 'Enter') return { kind: 'open', row: line.row };
    const head = lines.slice(0, current).findLastIndex(({ kind }) => kind === 'group');
    return key === 'ArrowLeft' && head >= 0 ? to(head) : null;
  }
  if (key === 'Enter' || key === ' ') return { kind: 'toggle', group: line.group };
  if (key === 'ArrowRight') return line.open ? to(current + 1) : { kind: 'toggle', group: line.group };
  if (key === 'ArrowLeft' && line.open) return { kind: 'toggle', group: line.group };
  return null;
}

/** The code that makes this route's address in Python; null for routes without a name. */
export function reverseCode({ name, parameters }: Pick<RouteRow, 'name' | 'parameters'>): string | null {
  if (name === null) return null;
  if (parameters.length === 0) return `reverse("${name}")`;
  const kwargs = parameters.map((parameter) => `"${parameter.name}": ${parameter.name}`).join(', ');
  return `reverse("${name}", kwargs={${kwargs}})`;
}

/** The name of a view without its module, whether Django names it or the source: `views.Home.as_view()`. */
export function viewName(view: string): string {
  const plain = view.replace(/\.as_view\([^]*$/, '');
  return /^[\w.]+$/.test(plain) ? plain.slice(plain.lastIndexOf('.') + 1) : plain;
}

/** A name for a new route and its view, from its path: `books/<int:pk>/sold/` → `books-sold`. */
export function suggestedNames(path: string): { readonly name: string; readonly view: string } {
  const words = path
    .replaceAll(/<[^>]*>?/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const detail = /<[^>]+>\/?$/.test(path.trim()) ? ['detail'] : [];
  const all = [...words, ...detail].join('-').replace(/^[0-9-]+/, '');
  return { name: all, view: all.replaceAll('-', '_') };
}
