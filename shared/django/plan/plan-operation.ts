import { Failure } from '../../contract/failure.ts';
import type { Operation } from '../operations.ts';
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
  fill(operation, context, draft);
  const plan = draft.finish(describeOperation(operation));
  if (plan.files.length > 0) return plan;
  throw new Failure('refused', 'Nothing would change: the source says so already.');
}

function fill(operation: Operation, context: PlanContext, draft: Draft): void {
  switch (operation.kind) {
    case 'app.add':
      return planAppAdd(operation, context, draft);
    case 'model.add':
      return planModelAdd(operation, context, draft);
    case 'field.add':
      return planFieldAdd(operation, context, draft);
    case 'model.rename':
      return planModelRename(operation, context, draft);
    case 'model.remove':
      return planModelRemove(operation, context, draft);
    case 'field.change':
      return planFieldChange(operation, context, draft);
    case 'field.rename':
      return planFieldRename(operation, context, draft);
    case 'field.remove':
      return planFieldRemove(operation, context, draft);
    case 'api.add':
      return planApiAdd(operation, context, draft);
    case 'route.add':
      return planRouteAdd(operation, context, draft);
  }
}
