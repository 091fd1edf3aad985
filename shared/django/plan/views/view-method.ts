import type { ImportRequest } from '../../../python/import-edit.ts';
import type { FileStyle } from '../../../python/file-style.ts';
import type { NewCode } from '../draft.ts';

/** What new methods of a view depend on. */
export interface MethodPlace {
  readonly family: 'django' | 'api' | 'viewset';
  /** Its bases do something for this method already. */
  readonly hasSuper: boolean;
  /** Name of the part of the path that finds one object. */
  readonly lookup: string;
  readonly style: FileStyle;
}

const HTTP = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']);
/** Handlers of viewsets: https://www.django-rest-framework.org/api-guide/viewsets/#viewset-actions */
const COLLECTION = new Set(['list', 'create']);
const DETAIL = new Set(['retrieve', 'update', 'partial_update', 'destroy']);
/** Methods that Django and its REST framework call, with their parameters, which pass to the one they override. */
const HOOKS: Readonly<Record<string, { readonly takes: string; readonly returns: boolean }>> = {
  get_queryset: { takes: '', returns: true },
  get_object: { takes: '', returns: true },
  get_permissions: { takes: '', returns: true },
  get_serializer_class: { takes: '', returns: true },
  get_serializer_context: { takes: '', returns: true },
  get_authenticators: { takes: '', returns: true },
  get_throttles: { takes: '', returns: true },
  filter_queryset: { takes: 'queryset', returns: true },
  perform_create: { takes: 'serializer', returns: false },
  perform_update: { takes: 'serializer', returns: false },
  perform_destroy: { takes: 'instance', returns: false },
  get_context_data: { takes: '**kwargs', returns: true },
  get_form_class: { takes: '', returns: true },
  get_form_kwargs: { takes: '', returns: true },
  get_initial: { takes: '', returns: true },
  get_success_url: { takes: '', returns: true },
  get_template_names: { takes: '', returns: true },
  form_valid: { takes: 'form', returns: true },
  form_invalid: { takes: 'form', returns: true },
  dispatch: { takes: 'request, *args, **kwargs', returns: true },
};

/** A handler or hook by its name; null where a view of this family has none of that name. */
export function methodCode(name: string, place: MethodPlace): NewCode | null {
  const { family, hasSuper, lookup, style } = place;
  const define = (takes: string, ...body: readonly string[]): string =>
    [
      `def ${name}(self${takes === '' ? '' : `, ${takes}`}):`,
      ...body.map((line) => style.indent + line),
    ].join('\n');
  const hook = HOOKS[name];
  if (hook !== undefined && hasSuper) {
    const call = `super().${name}(${hook.takes})`;
    if (name !== 'get_context_data')
      return { code: define(hook.takes, hook.returns ? `return ${call}` : call), imports: [] };
    return { code: define(hook.takes, `context = ${call}`, 'return context'), imports: [] };
  }
  const isViewset = family === 'viewset';
  if (isViewset ? !COLLECTION.has(name) && !DETAIL.has(name) : !HTTP.has(name)) return null;
  if (hasSuper) {
    return {
      code: define('request, *args, **kwargs', `return super().${name}(request, *args, **kwargs)`),
      imports: [],
    };
  }
  if (!isViewset && family === 'django') {
    const imports: readonly ImportRequest[] = [{ module: 'django.http', name: 'HttpResponse' }];
    return { code: define('request, *args, **kwargs', 'return HttpResponse()'), imports };
  }
  const takes = !isViewset
    ? 'request, *args, **kwargs'
    : DETAIL.has(name)
      ? `request, ${lookup}=None`
      : 'request';
  const imports: readonly ImportRequest[] = [{ module: 'rest_framework.response', name: 'Response' }];
  return { code: define(takes, `return Response(${name === 'list' ? '[]' : ''})`), imports };
}

/** An extra action of a viewset: https://www.django-rest-framework.org/api-guide/viewsets/#marking-extra-actions-for-routing */
export function actionCode(
  name: string,
  { detail, methods }: { readonly detail: boolean; readonly methods: readonly string[] },
  { hasSuper, lookup, style }: MethodPlace,
): NewCode {
  const { quote: q, indent } = style;
  const plain = methods.length === 1 && methods[0] === 'get';
  const listed = plain ? '' : `, methods=[${methods.map((method) => q + method + q).join(', ')}]`;
  const body =
    detail && hasSuper
      ? ['instance = self.get_object()', 'return Response(self.get_serializer(instance).data)']
      : ['return Response()'];
  return {
    code: [
      `@action(detail=${detail ? 'True' : 'False'}${listed})`,
      `def ${name}(self, request${detail ? `, ${lookup}=None` : ''}):`,
      ...body.map((line) => indent + line),
    ].join('\n'),
    imports: [
      { module: 'rest_framework.decorators', name: 'action' },
      { module: 'rest_framework.response', name: 'Response' },
    ],
  };
}
