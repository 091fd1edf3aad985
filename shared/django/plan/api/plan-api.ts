import { Failure } from '../../../contract/failure.ts';
import { joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { serializerClass, viewsetClass } from './api-code.ts';
import { assertApiPath, findRouter, registerViewset } from './api-router.ts';
import { schemaPatterns, setUpApi } from './api-settings.ts';
import { addApiTests } from './api-tests.ts';
import { addToModule } from '../add-to-module.ts';
import type { Draft } from '../draft.ts';
import { requireApp, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelsModule } from './sample-objects.ts';
import { addPatterns, rootUrlconf } from '../routes/urlconf-edit.ts';

type ApiAdd = OperationOf<'api.add'>;

/** Serializer, viewset, route, permissions, filters and tests for one model; the first one also sets the API up. */
export function planApiAdd(operation: ApiAdd, context: PlanContext, draft: Draft): void {
  const model = requireModel(context.snapshot, operation.model);
  const app = requireApp(context.snapshot, model.app);
  if (model.abstract) throw new Failure('invalid-input', `${model.id} is abstract: it has no rows to serve.`);
  assertChoice(operation, model);
  const place = apiPlace(app.folder, context);
  const router = findRouter(context);
  assertApiPath(operation.path, router, context);
  const defaults = setUpApi(context, draft);
  const models = modelsModule(model, context);
  const name = `${model.name}Serializer`;
  const { fields } = operation;
  const serializer = serializerClass({ name, fields }, model, models, draft.style(place.serializers));
  addToModule(place.serializers, name, serializer, draft);
  const serializers = context.resolver.moduleName(place.serializers);
  const viewset = viewsetClass(
    { operation, model, models, serializers, defaults },
    draft.style(place.viewsets),
  );
  addToModule(place.viewsets, `${model.name}ViewSet`, viewset, draft);
  const module = context.resolver.moduleName(place.viewsets);
  const { route, patterns } = registerViewset(operation.path, model, module, router, context, draft);
  const root = rootUrlconf(context);
  addPatterns(root, [...schemaPatterns(context, draft.style(root).quote), ...patterns], draft);
  addApiTests({ operation, model, folder: app.folder, defaults, route }, context, draft);
}

const NOT_SERVED = new Set([
  'GenericForeignKey',
  'GenericRelation',
  'BinaryField',
  'CompositePrimaryKey',
  'SearchVectorField',
]);
const NOT_FILTERED = new Set([
  ...NOT_SERVED,
  'FileField',
  'ImageField',
  'JSONField',
  'ArrayField',
  'HStoreField',
  'FilePathField',
  'GeneratedField',
]);
const SEARCHED = new Set([
  'CharField',
  'TextField',
  'SlugField',
  'EmailField',
  'URLField',
  'UUIDField',
  'GenericIPAddressField',
]);

/** Whether a field can be served, filtered by and searched in, for the form that makes the choice. */
export function apiAbilities(field: FieldFacts): {
  readonly serve: boolean;
  readonly filter: boolean;
  readonly search: boolean;
} {
  return {
    serve: !NOT_SERVED.has(field.type),
    filter: !NOT_FILTERED.has(field.type) && !field.type.endsWith('RangeField'),
    search: SEARCHED.has(field.type),
  };
}

function assertChoice({ fields, filters, search }: ApiAdd, model: ModelFacts): void {
  const refuse = (message: string, name: string): Failure => new Failure('invalid-input', message, { name });
  const find = (name: string): FieldFacts | null => {
    if (name === 'password') throw refuse('A password is never served: leave the field out.', name);
    const field = model.fields.find((each) => each.name === name);
    const outside = model.bases.some((base) => base.includes('User') || base.includes('Mixin'));
    if (field === undefined && name !== 'id' && !outside)
      throw refuse(`${model.id} has no field named “${name}”.`, name);
    return field ?? null;
  };
  for (const name of fields) {
    const field = find(name);
    if (field !== null && !apiAbilities(field).serve)
      throw refuse(`${field.type} “${name}” can’t be served: leave it out.`, name);
  }
  for (const name of filters) {
    const field = find(name);
    if (field !== null && !apiAbilities(field).filter)
      throw refuse(`Lists can’t be filtered by ${field.type} “${name}”.`, name);
  }
  for (const name of search) {
    const field = find(name);
    if (field !== null && !apiAbilities(field).search)
      throw refuse(`${field.type} “${name}” holds no text to search in.`, name);
  }
}

/** The modules of an app that hold its serializers and its viewsets. */
export interface ApiPlace {
  readonly serializers: string;
  readonly viewsets: string;
}

/** By the habit of the app: an `api` package, viewsets in `views.py` or `viewsets.py`, or else `api.py`. */
export function apiPlace(folder: string, { files }: PlanContext): ApiPlace {
  const inPackage = joinPath(folder, 'api');
  if (files.has(joinPath(inPackage, '__init__.py'))) {
    return { serializers: joinPath(inPackage, 'serializers.py'), viewsets: joinPath(inPackage, 'views.py') };
  }
  const holdsViewsets = (path: string): boolean =>
    (files.get(path)?.module.classes ?? []).some(({ bases }) =>
      bases.some(({ code }) => code.endsWith('ViewSet')),
    );
  const habits = ['views.py', 'viewsets.py'].map((name) => joinPath(folder, name));
  const viewsets = habits.find(holdsViewsets) ?? joinPath(folder, 'api.py');
  return { serializers: joinPath(folder, 'serializers.py'), viewsets };
}
