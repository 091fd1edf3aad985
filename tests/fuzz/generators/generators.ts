import type { Operation, OperationKind } from '../../../shared/django/operations.ts';
import type { Intent } from '../intent.ts';
import { adminGenerators, serializerGenerators } from './components.ts';
import { fieldGenerators } from './fields.ts';
import { choicesGenerators, metaGenerators } from './meta.ts';
import { modelGenerators } from './models.ts';
import { querysetGenerators } from './querysets.ts';
import { apiGenerators, routeGenerators, viewGenerators } from './routes.ts';
import { appGenerators, requirementGenerators, settingsGenerators } from './settings.ts';
import type { Generator, World } from './world.ts';

const GENERATORS: { readonly [K in OperationKind]: Generator<K> } = {
  ...appGenerators,
  ...modelGenerators,
  ...fieldGenerators,
  ...metaGenerators,
  ...choicesGenerators,
  ...routeGenerators,
  ...viewGenerators,
  ...apiGenerators,
  ...querysetGenerators,
  ...serializerGenerators,
  ...adminGenerators,
  ...settingsGenerators,
  ...requirementGenerators,
};

/** Every kind of operation. */
export const operationKinds = Object.keys(GENERATORS) as readonly OperationKind[];

/** An operation of one kind for a project; null where it has nothing to do it with. */
export function makeOperation(kind: OperationKind, world: World): Operation | null {
  return GENERATORS[kind].make(world);
}

/** What an operation may change. */
export function intentOf(operation: Operation, world: World): Intent {
  // The table has the generator of each kind; TypeScript can't follow that from the key to the argument.
  const generator = GENERATORS[operation.kind] as Generator<OperationKind>;
  return generator.intent(operation, world);
}
