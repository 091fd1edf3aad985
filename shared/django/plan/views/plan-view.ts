import { Failure } from '../../../contract/failure.ts';
import { isIdentifier, isKeyword } from '../../../python/python-code.ts';
import { insertBehind, isOneLiner } from '../../../python/statement-edit.ts';
import { undecorated } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import type { ClassReference } from '../../operations/parts.ts';
import { findViewSet, type ViewSet } from '../../read/view-set.ts';
import { requireClass, setAttribute } from '../class-attributes.ts';
import { adaptedCode, memberNames } from '../class-code.ts';
import { isPlaceholder, membersOf } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { VIEW_ORDER } from './view-bases.ts';
import { actionCode, methodCode, type MethodPlace } from './view-method.ts';

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']);

/** Gives an attribute of a view or viewset another value, or takes it away. */
export function planViewSet(
  { view, option, code: typed }: OperationOf<'view.set'>,
  context: PlanContext,
  draft: Draft,
): void {
  if (!isIdentifier(option) || isKeyword(option))
    throw new Failure('invalid-input', `“${option}” can’t be the name of an attribute.`, { option });
  const owner = requireClass(view, draft);
  if (
    memberNames(owner).has(option) &&
    owner.source.module.classes.some(
      ({ name, methods }) => name === owner.name && methods.some((method) => method.name === option),
    )
  ) {
    throw new Failure('refused', `${option} of ${view.name} is a method: change it in the editor.`, {
      file: view.file,
    });
  }
  const code = adaptedCode(typed, view.file, memberNames(owner), context, draft);
  setAttribute(owner, option, code, VIEW_ORDER, context, draft);
}

/** Adds a handler, a hook or an extra action behind the last member of a view. */
export function planViewAddMethod(
  { view, name, action }: OperationOf<'view.addMethod'>,
  context: PlanContext,
  draft: Draft,
): void {
  if (!isIdentifier(name) || isKeyword(name))
    throw new Failure('invalid-input', `“${name}” can’t be the name of a method.`, { name });
  const owner = requireClass(view, draft);
  const { source, definition } = owner;
  if (memberNames(owner).has(name))
    throw new Failure('refused', `${view.name} has ${name} already: change it in the editor.`, {
      file: view.file,
    });
  const facts = findViewSet(view.file, view.name, context);
  const place = methodPlace(view, name, facts, draft);
  if (action !== null && place.family !== 'viewset')
    throw new Failure('invalid-input', `${view.name} is no viewset: only viewsets have extra actions.`);
  const unknown = action?.methods.find((method) => !METHODS.has(method));
  if (unknown !== undefined)
    throw new Failure(
      'invalid-input',
      `“${unknown}” is not a method of HTTP: use small letters, like “post”.`,
      { name: unknown },
    );
  const made = action === null ? methodCode(name, place) : actionCode(name, action, place);
  if (made === null) {
    const message = `${name} is not a handler that ${view.name} is asked for: write such a method in the editor.`;
    throw new Failure('invalid-input', message, { name });
  }
  const members = membersOf(definition);
  const last = members.at(-1);
  if (last === undefined || isOneLiner(undecorated(definition)))
    throw new Failure('unclear-source', `${view.name} stands on one line: change it in the editor.`, {
      file: view.file,
    });
  const only = members.length === 1 && isPlaceholder(last);
  draft.edit(source.path, [
    only
      ? {
          start: last.startIndex,
          end: last.endIndex,
          text: indented(made.code, draft.style(source.path).indent),
        }
      : insertBehind(last, source.text, `\n${made.code}`),
  ]);
  draft.require(source.path, made.imports);
}

function indented(code: string, indent: string): string {
  return code.replaceAll('\n', `\n${indent}`);
}

function methodPlace(view: ClassReference, name: string, facts: ViewSet | null, draft: Draft): MethodPlace {
  const externals = facts?.externals ?? [];
  const isViewset = externals.some((base) => /ViewSet(Mixin)?$/.test(base));
  const isApi = externals.some((base) => base.startsWith('rest_framework.'));
  const isDjango = externals.some((base) => base.startsWith('django.'));
  if (!isViewset && !isApi && !isDjango) {
    const message = `What ${view.name} derives from is not known in the source: add the method in the editor.`;
    throw new Failure('unclear-source', message, { file: view.file });
  }
  const lookup = facts?.attributes.get('lookup_url_kwarg') ?? facts?.attributes.get('lookup_field');
  return {
    family: isViewset ? 'viewset' : isApi ? 'api' : 'django',
    hasSuper: facts?.methods.has(name) === true || externals.some((base) => provides(base, name)),
    lookup: typeof lookup?.literal === 'string' ? lookup.literal : 'pk',
    style: draft.style(view.file),
  };
}

/** Which generic classes of the REST framework have a method, by the words in their names. */
const PROVIDED: readonly (readonly [name: RegExp, base: RegExp])[] = [
  [/^(create|perform_create|post)$/, /Create|^ModelViewSet/],
  [/^(update|partial_update|perform_update|put|patch)$/, /Update|^ModelViewSet/],
  [/^(destroy|perform_destroy|delete)$/, /Destroy|^ModelViewSet/],
  [/^list$/, /List|ModelViewSet/],
  [/^retrieve$/, /Retrieve|ModelViewSet/],
  [/^get$/, /List|Retrieve/],
  [/^(get_context_data|get_form|get_success_url|get_template_names|get_initial|form_)/, /^$/],
];

/** Whether a class of Django or its REST framework has a method of this name that is worth calling. */
function provides(base: string, name: string): boolean {
  const last = base.slice(base.lastIndexOf('.') + 1);
  const isApi = base.startsWith('rest_framework.');
  if (/^(View|APIView|ViewSet)$/.test(last)) {
    return name === 'dispatch' || (isApi && /^get_(permissions|authenticators|throttles)$/.test(name));
  }
  if (!isApi)
    return !/^(put|patch|delete|trace)$/.test(name) && !/perform_|serializer|permissions/.test(name);
  return PROVIDED.find(([names]) => names.test(name))?.[1].test(last) ?? true;
}
