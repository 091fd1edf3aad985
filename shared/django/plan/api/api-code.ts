import type { FileStyle } from '../../../python/file-style.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutCall, layoutStrings } from '../../../python/layout.ts';
import type { OperationOf } from '../../operations.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { ApiDefaults } from './api-settings.ts';
import type { NewCode } from '../draft.ts';

type ApiAdd = OperationOf<'api.add'>;

/** A serializer of the chosen fields. */
export function serializerClass(
  { name, fields }: { readonly name: string; readonly fields: readonly string[] },
  model: ModelFacts,
  models: string,
  style: FileStyle,
): NewCode {
  const i = style.indent;
  return {
    code: [
      `class ${name}(serializers.ModelSerializer):`,
      `${i}class Meta:`,
      `${i}${i}model = ${model.name}`,
      i + i + indented(layoutStrings('fields = ', fields, style, i + i), i + i),
    ].join('\n'),
    imports: [
      { module: 'rest_framework', name: 'serializers' },
      { module: models, name: model.name },
    ],
  };
}

/** What a viewset is written from. */
export interface ViewsetInput {
  readonly operation: ApiAdd;
  readonly model: ModelFacts;
  /** Modules of the model and of its serializer. */
  readonly models: string;
  readonly serializers: string;
  readonly defaults: ApiDefaults;
}

const PERMISSIONS: Readonly<Record<ApiAdd['permission'], string>> = {
  authenticated: 'IsAuthenticated',
  'authenticated-or-read-only': 'IsAuthenticatedOrReadOnly',
  'model-permissions': 'DjangoModelPermissions',
  'admin-only': 'IsAdminUser',
};

/** A viewset whose list costs the same number of queries however many rows it has. */
export function viewsetClass(
  { operation, model, models, serializers, defaults }: ViewsetInput,
  style: FileStyle,
): NewCode {
  const { fields, filters, search, permission } = operation;
  const i = style.indent;
  const strings = (name: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [i + indented(layoutStrings(`${name} = `, values, style, i), i)];
  const backends = backendsOf(operation);
  const explicit = defaults.filters ? [] : backends;
  const lines = [
    `class ${model.name}ViewSet(viewsets.ModelViewSet):`,
    `${i}queryset = ${querysetOf(model, fields, style)}`,
    `${i}serializer_class = ${model.name}Serializer`,
    `${i}permission_classes = [permissions.${PERMISSIONS[permission]}]`,
    ...(explicit.length === 0
      ? []
      : [i + indented(layoutCall('filter_backends = [', explicit, style, i, ']'), i)]),
    ...strings('filterset_fields', filters),
    ...strings('search_fields', search),
    ...strings('ordering_fields', orderable(model, fields)),
  ];
  const imports: ImportRequest[] = [
    { module: 'rest_framework', name: 'permissions' },
    { module: 'rest_framework', name: 'viewsets' },
    { module: models, name: model.name },
    { module: serializers, name: `${model.name}Serializer` },
  ];
  if (explicit.includes('DjangoFilterBackend'))
    imports.push({ module: 'django_filters.rest_framework', name: 'DjangoFilterBackend' });
  if (explicit.some((name) => name.startsWith('filters.')))
    imports.push({ module: 'rest_framework', name: 'filters' });
  return { code: lines.join('\n'), imports };
}

function backendsOf({ filters, search }: ApiAdd): readonly string[] {
  return [
    ...(filters.length > 0 ? ['DjangoFilterBackend'] : []),
    ...(search.length > 0 ? ['filters.SearchFilter'] : []),
    'filters.OrderingFilter',
  ];
}

/** Keys of foreign keys stand in the row itself; only many-to-many relations need a query of their own. */
function querysetOf(model: ModelFacts, fields: readonly string[], style: FileStyle): string {
  const { quote: q } = style;
  const many = model.fields
    .filter(({ name, relation }) => fields.includes(name) && relation?.kind === 'many-to-many')
    .map(({ name }) => q + name + q);
  const prefetch = many.length === 0 ? '' : `.prefetch_related(${many.join(', ')})`;
  // Pages of an unordered list can repeat and miss rows.
  const ordered = model.meta.some(({ name }) => name === 'ordering');
  const order = ordered ? '' : `.order_by(${q}pk${q})`;
  const chain = `${prefetch}${order}`;
  return `${model.name}.objects${chain === '' ? '.all()' : chain}`;
}

const UNORDERED = new Set([
  'TextField',
  'JSONField',
  'FileField',
  'ImageField',
  'FilePathField',
  'ArrayField',
  'HStoreField',
]);

function orderable(model: ModelFacts, fields: readonly string[]): readonly string[] {
  return fields.filter((name) => {
    const field = model.fields.find((each) => each.name === name);
    return field === undefined ? name === 'id' : field.relation === null && !UNORDERED.has(field.type);
  });
}

/** Lines behind the first stand below it. */
function indented(code: string, indent: string): string {
  return code.replaceAll('\n', `\n${indent}`);
}
