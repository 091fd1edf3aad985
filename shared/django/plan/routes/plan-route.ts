import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { AppFacts } from '../../project-model.ts';
import { appendToModule } from '../append.ts';
import type { Draft, NewCode } from '../draft.ts';
import { assertViewName, requireApp } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { boundNames } from '../models/plan-model.ts';
import { assertRouteName, knownConverters, pathParameters } from './route-path.ts';
import { addPatterns, includePattern, patternCode, rootUrlconf, type NewPattern } from './urlconf-edit.ts';

/** Adds a view function and its route to an app, and the app's URLconf to the root one. */
export function planRouteAdd(operation: OperationOf<'route.add'>, context: PlanContext, draft: Draft): void {
  const app = requireApp(context.snapshot, operation.app);
  const route = operation.path.trim().replace(/^\/+/, '');
  const parameters = pathParameters(route, knownConverters(context));
  assertViewName(operation.view);
  assertRouteName(operation.name);
  const urls = joinPath(app.folder, 'urls.py');
  assertNew(operation, route, urls, context);
  const views = joinPath(app.folder, 'views.py');
  addView(operation.view, parameters, views, draft);
  const { quote } = draft.style(urls);
  const view = viewReference(operation.view, urls, draft);
  const entry: NewPattern = {
    args: [quote + route + quote, view.code, `name=${quote}${operation.name}${quote}`],
    imports: [{ module: 'django.urls', name: 'path' }, ...view.imports],
  };
  if (draft.exists(urls)) addPatterns(urls, [entry], draft);
  else draft.createModule(urls, newUrlconf(app, entry, draft.style(urls)));
  includeApp(app, urls, context, draft);
  if (!route.endsWith('/') && route !== '')
    draft.note(`The path does not end with a slash: /${route}/ is another address.`);
}

function assertNew(
  { name }: OperationOf<'route.add'>,
  route: string,
  urls: string,
  { snapshot }: PlanContext,
): void {
  const own = snapshot.routes.filter(({ place, kind }) => place.file === urls && kind !== 'include');
  if (own.some((each) => each.name?.split(':').at(-1) === name)) {
    throw new Failure('invalid-input', `${urls} has a route named “${name}” already.`, { name });
  }
  const same = own.find(
    ({ pattern, place }) => place.file === urls && pattern.endsWith(`/${route}`) && route !== '',
  );
  if (same !== undefined)
    throw new Failure('invalid-input', `${urls} has a route for ${same.pattern} already.`, {
      file: urls,
      line: same.place.line,
    });
}

function addView(view: string, parameters: readonly string[], path: string, draft: Draft): void {
  const source = draft.exists(path) ? draft.source(path) : null;
  if (boundNames(source).has(view))
    throw new Failure(
      'invalid-input',
      `${path} has something named “${view}” already: choose another name.`,
      { name: view },
    );
  const { quote, indent } = draft.style(path);
  const shown = parameters.map((name) => `${quote}${name}${quote}: ${name}`).join(', ');
  const code: NewCode = {
    code: `def ${view}(${['request', ...parameters].join(', ')}):\n${indent}return JsonResponse({${shown}})`,
    imports: [{ module: 'django.http', name: 'JsonResponse' }],
  };
  if (source === null) {
    draft.createModule(path, code);
    return;
  }
  draft.edit(path, [appendToModule(source, code.code)]);
  draft.require(path, code.imports);
}

/** `views.book_list`, or `book_list` where the URLconf imports views one by one. */
function viewReference(view: string, urls: string, draft: Draft): NewCode {
  const module = draft.exists(urls) ? draft.source(urls).module : null;
  for (const [local, imported] of module?.imports ?? []) {
    if (imported.name === 'views' || (imported.name === null && imported.module.endsWith('.views'))) {
      return { code: `${local}.${view}`, imports: [] };
    }
  }
  const single = [...(module?.imports.values() ?? [])].find((each) => /(^|\.)views$/.test(each.module));
  const request: ImportRequest =
    single === undefined ? { module: '.', name: 'views' } : { module: single.module, name: view };
  return { code: single === undefined ? `views.${view}` : view, imports: [request] };
}

function newUrlconf(app: AppFacts, pattern: NewPattern, style: ReturnType<Draft['style']>): NewCode {
  const { quote, indent } = style;
  const lines = [
    `app_name = ${quote}${app.label}${quote}`,
    '',
    'urlpatterns = [',
    `${indent}${patternCode(pattern, style, indent)},`,
    ']',
  ];
  return { code: lines.join('\n'), imports: pattern.imports };
}

/** Includes the app's URLconf in the root one, unless some URLconf does so already. */
function includeApp(app: AppFacts, urls: string, context: PlanContext, draft: Draft): void {
  const { snapshot, files } = context;
  const root = rootUrlconf(context);
  const module = `${app.name}.urls`;
  const included =
    snapshot.routes.some(({ place }) => place.file === urls) ||
    files
      .paths()
      .some(
        (path) =>
          /\.py$/.test(path) &&
          new RegExp(`['"]${module.replaceAll('.', '\\.')}['"]`).test(files.get(path)?.text ?? ''),
      );
  if (included) return;
  addPatterns(
    root,
    [includePattern(`${app.label.replaceAll('_', '-')}/`, module, draft.style(root).quote)],
    draft,
  );
}
