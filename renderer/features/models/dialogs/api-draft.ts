import type { OperationOf } from '../../../../shared/django/operations.ts';
import type { FieldFacts, ModelFacts } from '../../../../shared/django/project-model.ts';

/** One field of a model as the API form offers it. */
export interface ApiField {
  readonly name: string;
  readonly type: string;
  /** django-filter makes a filter for it by itself. */
  readonly canFilter: boolean;
  /** `icontains` works on it. */
  readonly canSearch: boolean;
}

export type ApiPermission = OperationOf<'api.add'>['permission'];

/** What the API form holds. */
export interface ApiDraft {
  readonly path: string;
  readonly fields: ReadonlySet<string>;
  readonly filters: ReadonlySet<string>;
  readonly search: ReadonlySet<string>;
  readonly permission: ApiPermission;
}

const SEARCHABLE = new Set(['CharField', 'TextField', 'SlugField', 'EmailField', 'URLField']);
/** django-filter refuses to make filters for these: https://django-filter.readthedocs.io/en/stable/ref/filterset.html */
const NOT_FILTERABLE = new Set([
  'FileField',
  'ImageField',
  'JSONField',
  'BinaryField',
  'FilePathField',
  'ArrayField',
]);
const SECRET = /password|secret|token|api_?key/i;

/** The fields an API can offer, the key first. */
export function apiFields(model: ModelFacts): readonly ApiField[] {
  const own = model.fields.filter((field) => field.relation?.kind !== 'generic').map(apiField);
  const hasKey = model.fields.some((field) => field.options.some((option) => option.name === 'primary_key'));
  return hasKey ? own : [{ name: 'id', type: 'BigAuto', canFilter: true, canSearch: false }, ...own];
}

function apiField(field: FieldFacts): ApiField {
  return {
    name: field.name,
    type: field.type.replace(/Field$/, ''),
    canFilter: !NOT_FILTERABLE.has(field.type),
    canSearch: SEARCHABLE.has(field.type),
  };
}

/** A good start: all fields but secrets, filters on relations and choices, search in short texts. */
export function apiDraftFor(model: ModelFacts): ApiDraft {
  const fields = apiFields(model);
  const byName = new Map(model.fields.map((field) => [field.name, field]));
  const isRelation = (name: string): boolean => (byName.get(name)?.relation ?? null) !== null;
  const hasChoices = (name: string): boolean =>
    byName.get(name)?.options.some((option) => option.name === 'choices') === true;
  const open = fields.filter((field) => !SECRET.test(field.name));
  return {
    path: pathFor(model.name),
    fields: new Set(open.map((field) => field.name)),
    filters: new Set(
      open
        .filter((field) => field.canFilter)
        .map((field) => field.name)
        .filter((name) => isRelation(name) || hasChoices(name) || byName.get(name)?.type === 'BooleanField'),
    ),
    search: new Set(
      open.filter((field) => field.canSearch && field.type !== 'URL').map((field) => field.name),
    ),
    permission: 'authenticated-or-read-only',
  };
}

/** `OrderLine` → `order-lines`. */
export function pathFor(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(words) ? `${words}es` : `${words}s`;
}

/** Why this path can't be used; null when it can. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'Give the API a path, like books.';
  return /^[a-z0-9]+([-_/][a-z0-9]+)*$/i.test(path)
    ? null
    : 'Use letters, digits and hyphens, without a slash at the start or the end: order-lines.';
}

/** The operation that the form stands for; a filter or search on a field that is not offered is left out. */
export function apiOperation(model: ModelFacts, draft: ApiDraft): OperationOf<'api.add'> {
  const order = apiFields(model).map((field) => field.name);
  return {
    kind: 'api.add',
    model: model.id,
    path: draft.path,
    fields: order.filter((name) => draft.fields.has(name)),
    filters: order.filter((name) => draft.filters.has(name)),
    search: order.filter((name) => draft.search.has(name)),
    permission: draft.permission,
  };
}
