import { Failure } from '../../contract/failure.ts';
import type { Operation, OperationKind, OperationOf } from '../operations.ts';
import { describeOperation } from './describe-operation.ts';
import { createDraft, type Draft } from './draft.ts';
import type { PlanContext } from './plan-context.ts';
import { planApiAdd } from './plan-api.ts';
import { planAppAdd } from './plan-app.ts';
import { planFieldChange } from './plan-field-change.ts';
import { planFieldAdd, planFieldRemove, planFieldRename } from './plan-field.ts';
import { planModelRemove, planModelRename } from './plan-model-change.ts';
import { planModelAdd } from './plan-model.ts';
import { planRouteAdd } from './plan-route.ts';
import type { Plan } from './plan.ts';

/** What an operation would do to the source; nothing is written. */
export function planOperation(operation: Operation, context: PlanContext): Plan {
  const draft = createDraft(context);
  plannerOf(operation)(operation, context, draft);
  const plan = draft.finish(describeOperation(operation));
  if (plan.files.length > 0) return plan;
  throw new Failure('refused', 'Nothing would change: the source says so already.');
}

type Planner<K extends OperationKind> = (
  operation: OperationOf<K>,
  context: PlanContext,
  draft: Draft,
) => void;

const PLANNERS: { readonly [K in OperationKind]: Planner<K> } = {
  'app.add': planAppAdd,
  'model.add': planModelAdd,
  'model.rename': planModelRename,
  'model.remove': planModelRemove,
  'field.add': planFieldAdd,
  'field.change': planFieldChange,
  'field.rename': planFieldRename,
  'field.remove': planFieldRemove,
  'api.add': planApiAdd,
  'route.add': planRouteAdd,
};

/** The table has the planner of each kind; TypeScript can't follow that from the key to the argument. */
function plannerOf(operation: Operation): Planner<OperationKind> {
  return PLANNERS[operation.kind] as Planner<OperationKind>;
}
