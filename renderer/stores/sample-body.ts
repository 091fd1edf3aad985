import type {
  RuntimeField,
  RuntimeLens,
  RuntimeModel,
  RuntimeRoute,
} from '../../shared/django/runtime-lens.ts';

// What the names of views end with, the longest first: BookListCreateAPIView, BookViewSet, BookUpdateView.
const VIEW_WORDS =
  /(?:(?:List|Detail|Create|Retrieve|Update|Destroy|Delete|Add|Edit|Form|Read|Only|Model|Generic|API|Api)*(?:ViewSet|View|API|Api)?)$/;

/** The model that a route's view is about, as its name or the route's name tells; null where neither does. */
export function modelOfRoute(
  route: Pick<RuntimeRoute, 'view' | 'viewKind' | 'name' | 'app'>,
  models: readonly RuntimeModel[],
): RuntimeModel | null {
  const listed = models.filter(({ autoCreated }) => !autoCreated);
  const viewName = route.view.slice(route.view.lastIndexOf('.') + 1);
  const words = [
    viewName.replace(VIEW_WORDS, ''),
    route.name?.replace(/[-_](list|detail|create|add)$/, '') ?? '',
  ];
  for (const word of words) {
    const same = listed.filter(({ name }) => word !== '' && name.toLowerCase() === word.toLowerCase());
    const own = same.find(({ app }) => app === route.app) ?? (same.length === 1 ? same[0] : undefined);
    if (own !== undefined) return own;
  }
  return null;
}

/** A body to begin with: the fields of the view's model with values of their types; null where no model is known. */
export function sampleBody(
  route: Pick<RuntimeRoute, 'view' | 'viewKind' | 'name' | 'app'>,
  lens: Pick<RuntimeLens, 'models'>,
  today: string,
): string | null {
  const model = modelOfRoute(route, lens.models);
  if (model === null) return null;
  const entries = model.fields.filter(isWritten).map((field) => [field.name, sampleValue(field, today)]);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

/** Files are not JSON; keys and what Django fills in by itself are not sent. */
function isWritten({ editable, primaryKey, type, relation, column }: RuntimeField): boolean {
  return (
    editable &&
    !primaryKey &&
    !/^(File|Image)Field$/.test(type) &&
    (column !== null || relation === 'm2m') &&
    relation !== 'generic'
  );
}

function sampleValue(field: RuntimeField, today: string): unknown {
  if (field.relation === 'm2m') return [];
  if (field.null) return null;
  if (field.relation !== null) return 1;
  const { type } = field;
  if (/BooleanField$/.test(type)) return false;
  if (/IntegerField$|AutoField$/.test(type)) return 1;
  if (type === 'FloatField') return 1.5;
  if (type === 'DecimalField') return '1.00';
  if (type === 'DateTimeField') return `${today}T12:00:00Z`;
  if (type === 'DateField') return today;
  if (type === 'TimeField') return '12:00:00';
  if (type === 'DurationField') return '01:00:00';
  if (type === 'JSONField') return {};
  if (type === 'UUIDField') return '00000000-0000-4000-8000-000000000000';
  if (type === 'GenericIPAddressField') return '192.0.2.1';
  if (type === 'EmailField') return 'name@example.org';
  if (type === 'URLField') return 'https://example.org/';
  if (type === 'SlugField') return field.name.replaceAll('_', '-');
  return `${field.name.charAt(0).toUpperCase()}${field.name.slice(1).replaceAll('_', ' ')}`;
}
