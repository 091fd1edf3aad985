import { Failure } from '../../../contract/failure.ts';
import { insertBehind } from '../../../python/statement-edit.ts';
import { dottedName, partsOf } from '../../../python/syntax.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { ModelFacts } from '../../project-model.ts';
import { basenameOf } from '../../read/read-router.ts';
import { urlconfOf } from '../../read/read-urlconf.ts';
import type { RouterFacts } from '../../read/url-entry.ts';
import { findViewSet } from '../../read/view-set.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { includePattern, rootUrlconf, type NewPattern } from '../routes/urlconf-edit.ts';

/** The router below `/api/` that new viewsets are registered with. */
export interface FoundRouter {
  readonly path: string;
  /** Its variable: `router`. */
  readonly name: string;
  readonly facts: RouterFacts;
  /** `api:` where its routes stand in a namespace. */
  readonly namespace: string;
}

/** The router that serves `/api/` already; null when the project has none. */
export function findRouter({ snapshot, files }: PlanContext): FoundRouter | null {
  for (const route of snapshot.routes) {
    if (route.kind !== 'router' || !/^\/api\/[^/]*/.test(route.pattern)) continue;
    const path = route.place.file;
    for (const [name, facts] of urlconfOf(path, files)?.routers ?? []) {
      const isIts = facts.registrations.some(({ span }) => span.start === route.place.start);
      if (isIts) return { path, name, facts, namespace: /^(.*:)?/.exec(route.name ?? '')?.[0] ?? '' };
    }
  }
  return null;
}

/** Refuses paths that can't be those of an endpoint, or are one's already. */
export function assertApiPath(path: string, router: FoundRouter | null, { snapshot }: PlanContext): void {
  const refuse = (message: string): Failure => new Failure('invalid-input', message, { path });
  if (!/^[a-z0-9]+([_-][a-z0-9]+)*(\/[a-z0-9]+([_-][a-z0-9]+)*)*$/.test(path)) {
    throw refuse(
      `“${path}” can’t be the path of an endpoint: use small letters, digits and hyphens, without slashes around.`,
    );
  }
  if (path === 'schema' || path === 'docs')
    throw refuse(`/api/${path}/ is where the description of the API stands: choose another path.`);
  const taken =
    router?.facts.registrations.some(({ prefix }) => prefix === path) === true ||
    snapshot.routes.some(({ pattern }) => pattern === `/api/${path}/`);
  if (taken) throw refuse(`/api/${path}/ is served already: choose another path.`);
}

/** Registers a viewset, making the router where there is none; answers with what the root URLconf needs for it. */
export function registerViewset(
  prefix: string,
  model: ModelFacts,
  module: string,
  router: FoundRouter | null,
  context: PlanContext,
  draft: Draft,
): Registered {
  const viewset = `${model.name}ViewSet`;
  const basename = freeBasename(model, router, context);
  const root = rootUrlconf(context);
  const path = router?.path ?? joinPath(folderOf(root), 'api_router.py');
  const { quote: q } = draft.style(path);
  const plain = basename === model.name.toLowerCase();
  const named = plain ? '' : `, basename=${q}${basename}${q}`;
  const call = `${router?.name ?? 'router'}.register(${q}${prefix}${q}, ${viewset}${named})`;
  const imports = [{ module, name: viewset }];
  if (router !== null) {
    addRegistration(router, call, draft);
    draft.require(path, imports);
    return { route: `${router.namespace}${basename}`, patterns: [] };
  }
  draft.createModule(path, {
    code: [
      `app_name = ${q}api${q}`,
      '',
      'router = DefaultRouter()',
      call,
      '',
      'urlpatterns = router.urls',
    ].join('\n'),
    imports: [{ module: 'rest_framework.routers', name: 'DefaultRouter' }, ...imports],
  });
  const include = includePattern('api/', context.resolver.moduleName(path), draft.style(root).quote);
  return { route: `api:${basename}`, patterns: [include] };
}

/** A registered viewset. */
export interface Registered {
  /** Start of the names of its routes: `api:book`. */
  readonly route: string;
  readonly patterns: readonly NewPattern[];
}

/** Behind the last registration, or behind the statement that makes the router. */
function addRegistration(router: FoundRouter, code: string, draft: Draft): void {
  const source = draft.source(router.path);
  const last = partsOf(source.root).findLast((statement) => {
    const node = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
    const callee = node?.type === 'call' ? dottedName(node.childForFieldName('function')) : null;
    const made = node?.type === 'assignment' && node.childForFieldName('left')?.text === router.name;
    return callee === `${router.name}.register` || made;
  });
  if (last === undefined) {
    throw new Failure(
      'unclear-source',
      `The router of ${router.path} is not made at its top level: register the viewset there.`,
      { file: router.path, line: 1 },
    );
  }
  draft.edit(router.path, [insertBehind(last, source.text, code)]);
}

/** Django REST Framework refuses two registrations with the same basename. */
function freeBasename(
  model: ModelFacts,
  router: FoundRouter | null,
  { files, resolver, snapshot }: PlanContext,
): string {
  const context = { files, resolver, models: snapshot.models };
  const taken = new Set(
    router?.facts.registrations.map((one) =>
      basenameOf(one, findViewSet(router.path, one.viewset, context), context),
    ),
  );
  const plain = model.name.toLowerCase();
  return taken.has(plain) ? `${model.app}-${plain}` : plain;
}
