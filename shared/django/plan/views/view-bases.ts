/** What a class that views derive from needs in its body. */
export interface ViewBase {
  readonly module: string;
  readonly family: 'django' | 'api' | 'viewset' | 'function';
  /** The name is imported as a member of the module: `viewsets.ModelViewSet`. */
  readonly qualified: boolean;
  /** Shows rows of a model, and what it needs for that. */
  readonly model: 'none' | 'model' | 'form' | 'delete' | 'queryset';
  /** Shows a template that nothing tells the name of. */
  readonly template: boolean;
  /** The handler a class without behaviour starts with. */
  readonly handler: string | null;
}

function bases(
  names: string,
  base: Pick<ViewBase, 'module' | 'family'> & Partial<ViewBase>,
): readonly (readonly [string, ViewBase])[] {
  const rest = { qualified: false, model: 'none', template: false, handler: null } as const;
  return names.split(' ').map((name) => [name, { ...rest, ...base }]);
}

const GENERIC = 'django.views.generic';

/** https://docs.djangoproject.com/en/5.2/ref/class-based-views/ and https://www.django-rest-framework.org/api-guide/generic-views/ */
export const VIEW_BASES: ReadonlyMap<string, ViewBase> = new Map([
  ...bases('function', { module: 'django.http', family: 'function' }),
  ...bases('View', { module: GENERIC, family: 'django', handler: 'get' }),
  ...bases('TemplateView', { module: GENERIC, family: 'django', template: true }),
  ...bases('FormView', { module: GENERIC, family: 'django', template: true }),
  ...bases('ListView DetailView', { module: GENERIC, family: 'django', model: 'model' }),
  ...bases('CreateView UpdateView', { module: GENERIC, family: 'django', model: 'form' }),
  ...bases('DeleteView', { module: GENERIC, family: 'django', model: 'delete' }),
  ...bases('APIView', { module: 'rest_framework.views', family: 'api', handler: 'get' }),
  ...bases(
    'ListAPIView CreateAPIView RetrieveAPIView UpdateAPIView DestroyAPIView ListCreateAPIView ' +
      'RetrieveUpdateAPIView RetrieveDestroyAPIView RetrieveUpdateDestroyAPIView GenericAPIView',
    { module: 'rest_framework.generics', family: 'api', qualified: true, model: 'queryset' },
  ),
  ...bases('ViewSet', {
    module: 'rest_framework.viewsets',
    family: 'viewset',
    qualified: true,
    handler: 'list',
  }),
  ...bases('ModelViewSet ReadOnlyModelViewSet GenericViewSet', {
    module: 'rest_framework.viewsets',
    family: 'viewset',
    qualified: true,
    model: 'queryset',
  }),
]);

/** Attributes of views in the order people write them. */
export const VIEW_ORDER: readonly string[] = (
  'model queryset serializer_class form_class fields lookup_field lookup_url_kwarg authentication_classes ' +
  'permission_classes throttle_classes throttle_scope renderer_classes parser_classes versioning_class ' +
  'pagination_class paginate_by filter_backends filterset_class filterset_fields search_fields ordering_fields ' +
  'ordering template_name context_object_name success_url extra_context pattern_name http_method_names'
).split(' ');
