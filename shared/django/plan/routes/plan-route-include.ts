import { Failure } from '../../../contract/failure.ts';
import { isIdentifier } from '../../../python/python-code.ts';
import type { OperationOf } from '../../operations.ts';
import { urlconfOf } from '../../read/read-urlconf.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { knownConverters, pathParameters } from './route-path.ts';
import { addPatterns } from './urlconf-edit.ts';

/** Includes a URLconf at the end of another one, in a namespace where one is given. */
export function planRouteInclude(
  { file, path: typed, module, namespace }: OperationOf<'route.include'>,
  context: PlanContext,
  draft: Draft,
): void {
  const path = typed.trim().replace(/^\/+/, '');
  pathParameters(path, knownConverters(context));
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(module))
    throw new Failure(
      'invalid-input',
      `“${module}” is not the name of a module: write for example shop.urls.`,
      { module },
    );
  if (namespace !== null && !/^[A-Za-z_][\w-]*$/.test(namespace))
    throw new Failure(
      'invalid-input',
      `“${namespace}” can’t be a namespace: use letters, digits, hyphens and underscores.`,
      { namespace },
    );
  const target = targetFile(module, file, context);
  const { quote: q } = draft.style(file);
  const appName = target === null ? null : (urlconfOf(target, context.files)?.appName ?? null);
  const dotted = q + module + q;
  // Django takes a namespace only for patterns that have an application name.
  const given =
    namespace === null
      ? dotted
      : appName === null
        ? `(${dotted}, ${q}${namespace}${q})`
        : `${dotted}, namespace=${q}${namespace}${q}`;
  addPatterns(
    file,
    [
      {
        args: [q + path + q, `include(${given})`],
        imports: [
          { module: 'django.urls', name: 'include' },
          { module: 'django.urls', name: 'path' },
        ],
      },
    ],
    draft,
  );
  if (path !== '' && !path.endsWith('/'))
    draft.note(`The path does not end with a slash: the routes follow “${path}” directly.`);
  if (target === null) draft.note(`${module} is not part of this project: its package has to be installed.`);
}

/** The URLconf that is included; null for one of an installed package. */
function targetFile(module: string, file: string, context: PlanContext): string | null {
  const { resolver, files, snapshot } = context;
  const target = resolver.findModule(module);
  const [first = ''] = module.split('.');
  if (target === null) {
    if (resolver.findPackage(first) === null && isIdentifier(first)) return null;
    throw new Failure('not-found', `There is no module ${module} in this project.`, { module });
  }
  if (urlconfOf(target, files)?.lists.has('urlpatterns') !== true)
    throw new Failure('invalid-input', `${target} has no urlpatterns that could be included.`, {
      file: target,
    });
  if (includes(target, file, context, new Set()))
    throw new Failure(
      'refused',
      `${target} includes ${file} itself: the two would include each other without end.`,
      { file: target },
    );
  const same = new RegExp(`include\\(\\s*\\(?\\s*["']${module.replaceAll('.', '\\.')}["']`);
  const present = same.test(files.get(file)?.text ?? '');
  if (present && snapshot.routes.some(({ place }) => place.file === target))
    throw new Failure('refused', `${file} includes ${module} already.`, { file });
  return target;
}

/** Whether a URLconf leads to another one by its includes. */
function includes(from: string, to: string, context: PlanContext, seen: Set<string>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const text = context.files.get(from)?.text ?? '';
  return [...text.matchAll(/include\(\s*\(?\s*["']([\w.]+)["']/g)].some(([, module = '']) => {
    const next = context.resolver.findModule(module);
    return next !== null && includes(next, to, context, seen);
  });
}
