import { Failure } from '../../../contract/failure.ts';
import { isIdentifier, isKeyword } from '../../../python/python-code.ts';
import { addToModule } from '../add-to-module.ts';
import { serializerClass } from '../api/api-code.ts';
import { apiPlace } from '../api/plan-api.ts';
import { modelsModule } from '../api/sample-objects.ts';
import type { OperationOf } from '../../operations.ts';
import type { Draft } from '../draft.ts';
import { requireApp, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertSerialized } from './serializer-class.ts';

/** Adds a `ModelSerializer` for a model to the serializers of its app. */
export function planSerializerAdd(
  { model: id, name, fields }: OperationOf<'serializer.add'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  if (model.abstract) throw new Failure('invalid-input', `${id} is abstract: it has no rows to serve.`);
  if (!isIdentifier(name) || isKeyword(name))
    throw new Failure('invalid-input', `“${name}” can’t be the name of a serializer.`, { name });
  assertSerialized(fields, model, [], context);
  const app = requireApp(context.snapshot, model.app);
  const { serializers } = apiPlace(app.folder, context);
  const models = modelsModule(model, context);
  addToModule(
    serializers,
    name,
    serializerClass({ name, fields }, model, models, draft.style(serializers)),
    draft,
  );
  draft.package('djangorestframework');
}
