import { isLiteralDict } from '../../python/literal.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { readExpression } from '../../python/read-bindings.ts';
import { assignmentsOf, partsOf, statementsOf, undecorated } from '../../python/syntax.ts';
import type { SourceText } from '../project-files.ts';
import { attributeOf, lastPart, lineageOf } from './class-lineage.ts';
import type { RouteContext } from './route-prefix.ts';

/** One `Route` or `DynamicRoute` of a router class. */
export interface RouteTemplate {
  /** `^{prefix}/{lookup}{trailing_slash}$` */
  readonly url: string;
  /** Actions by HTTP method; empty for a dynamic one. */
  readonly mapping: readonly (readonly [method: string, action: string])[];
  readonly name: string;
  readonly detail: boolean;
  /** Made once for each `@action`. */
  readonly dynamic: boolean;
}

/** What a class of routers makes of its registrations. */
export interface RouterClass {
  readonly templates: readonly RouteTemplate[];
  readonly rootView: boolean;
  readonly rootName: string;
  readonly suffixes: boolean;
  /** The class is known to make its routes the way Django REST Framework does. */
  readonly known: boolean;
  /** Its routes stand below those of another router (drf-nested-routers). */
  readonly nested: boolean;
}

/** https://www.django-rest-framework.org/api-guide/routers/#simplerouter */
const STANDARD: readonly RouteTemplate[] = [
  {
    url: '^{prefix}{trailing_slash}$',
    mapping: [
      ['get', 'list'],
      ['post', 'create'],
    ],
    name: '{basename}-list',
    detail: false,
    dynamic: false,
  },
  {
    url: '^{prefix}/{url_path}{trailing_slash}$',
    mapping: [],
    name: '{basename}-{url_name}',
    detail: false,
    dynamic: true,
  },
  {
    url: '^{prefix}/{lookup}{trailing_slash}$',
    mapping: [
      ['get', 'retrieve'],
      ['put', 'update'],
      ['patch', 'partial_update'],
      ['delete', 'destroy'],
    ],
    name: '{basename}-detail',
    detail: true,
    dynamic: false,
  },
  {
    url: '^{prefix}/{lookup}/{url_path}{trailing_slash}$',
    mapping: [],
    name: '{basename}-{url_name}',
    detail: true,
    dynamic: true,
  },
];

/** Follows a router's class to the one of Django REST Framework it is made of. */
export function routerClass(path: string, callee: string, context: RouteContext): RouterClass {
  const found = context.resolver.resolve(path, callee);
  const lineage = found?.kind === 'class' ? lineageOf(found.path, found.facts, context.resolver) : null;
  const own =
    found?.kind === 'class' ? [`${context.resolver.moduleName(found.path)}.${found.facts.name}`] : [];
  const external = found?.kind === 'external' ? [found.name] : [];
  const names = [...own, ...(lineage?.names ?? []), ...external].map(lastPart);
  const standard = names.some((name) =>
    /^(Nested|Extended|Bulk|Optional\w*)?(Simple|Default)Router$/.test(name),
  );
  const isDefault = names.some((name) => /DefaultRouter$/.test(name));
  const flag = (name: string): boolean =>
    isDefault && (lineage === null || attributeOf(lineage, name)?.literal !== false);
  const rootName = lineage === null ? undefined : attributeOf(lineage, 'root_view_name')?.literal;
  return {
    templates: customTemplates(lineage?.classes ?? [], context) ?? STANDARD,
    rootView: flag('include_root_view'),
    rootName: typeof rootName === 'string' ? rootName : 'api-root',
    suffixes: flag('include_format_suffixes'),
    known: standard,
    nested: names.some((name) => /^Nested(Simple|Default)Router$|^NestedMixin$/.test(name)),
  };
}

function customTemplates(
  classes: readonly { readonly path: string; readonly facts: { readonly name: string } }[],
  { files }: RouteContext,
): readonly RouteTemplate[] | null {
  for (const { path, facts } of classes) {
    const templates = files.derived(path, readRouterClasses)?.get(facts.name);
    if (templates !== undefined && !/^(Simple|Default)Router$/.test(facts.name)) return templates;
  }
  return null;
}

/** The `routes` of the router classes of one module. */
function readRouterClasses({ root, text }: SourceText): ReadonlyMap<string, readonly RouteTemplate[]> {
  const found = new Map<string, readonly RouteTemplate[]>();
  if (!/\broutes\b/.test(text)) return found;
  for (const statement of statementsOf(root)) {
    const node = undecorated(statement);
    const body = node.type === 'class_definition' ? node.childForFieldName('body') : null;
    const name = node.childForFieldName('name')?.text ?? '';
    const templates = body === null ? null : readTemplates(body);
    if (templates !== null) found.set(name, templates);
  }
  return found;
}

function readTemplates(body: SyntaxNode): readonly RouteTemplate[] | null {
  for (const { target, value } of [...statementsOf(body)].flatMap(assignmentsOf)) {
    if (target.text !== 'routes' || value.type !== 'list') continue;
    const templates = partsOf(value).map(readTemplate);
    const known = templates.filter((template) => template !== null);
    return known.length === templates.length ? known : null;
  }
  return null;
}

function readTemplate(node: SyntaxNode): RouteTemplate | null {
  const { call } = readExpression(node);
  const option = (name: string, index: number) =>
    call?.keywords.find((keyword) => keyword.name === name)?.value ?? call?.positional[index];
  const dynamic = call?.callee?.endsWith('DynamicRoute') === true;
  const url = option('url', 0)?.literal;
  const name = option('name', dynamic ? 1 : 2)?.literal;
  const detail = option('detail', dynamic ? 2 : 3)?.literal === true;
  if (typeof url !== 'string' || typeof name !== 'string') return null;
  const mapping = dynamic ? undefined : option('mapping', 1)?.literal;
  const entries = isLiteralDict(mapping) ? mapping.entries : [];
  return {
    url,
    mapping: entries.flatMap(([method, action]): readonly (readonly [string, string])[] =>
      typeof method === 'string' && typeof action === 'string' ? [[method, action]] : [],
    ),
    name,
    detail,
    dynamic,
  };
}
