import { Failure } from '../../contract/failure.ts';
import type { Operation, OperationKind } from '../operations.ts';
import { adminPlanners } from './admin/admin-planners.ts';
import { apiPlanners } from './api/api-planners.ts';
import { appPlanners } from './apps/app-planners.ts';
import { choicesPlanners } from './choices/choices-planners.ts';
import { createDraft } from './draft.ts';
import { fieldPlanners } from './fields/field-planners.ts';
import { metaPlanners } from './meta/meta-planners.ts';
import { modelPlanners } from './models/model-planners.ts';
import type { PlanContext } from './plan-context.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { querysetPlanners } from './querysets/queryset-planners.ts';
import { requirementPlanners } from './requirements/requirement-planners.ts';
import { routePlanners } from './routes/route-planners.ts';
import { serializerPlanners } from './serializers/serializer-planners.ts';
import { settingsPlanners } from './settings/settings-planners.ts';
import { viewPlanners } from './views/view-planners.ts';

/** What an operation would do to the source; nothing is written. */
export function planOperation(operation: Operation, context: PlanContext): Plan {
  const draft = createDraft(context);
  const planner = plannerOf(operation);
  planner.plan(operation, context, draft);
  const plan = draft.finish(planner.title(operation));
  if (plan.files.length > 0 || plan.folderMoves.length > 0 || plan.uncertain.length > 0) return plan;
  throw new Failure('refused', 'Nothing would change: the source says so already.');
}

const PLANNERS: { readonly [K in OperationKind]: Planner<K> } = {
  ...appPlanners,
  ...modelPlanners,
  ...fieldPlanners,
  ...metaPlanners,
  ...choicesPlanners,
  ...routePlanners,
  ...viewPlanners,
  ...querysetPlanners,
  ...apiPlanners,
  ...serializerPlanners,
  ...adminPlanners,
  ...settingsPlanners,
  ...requirementPlanners,
};

/** The table has the planner of each kind; TypeScript can't follow that from the key to the argument. */
function plannerOf(operation: Operation): Planner<OperationKind> {
  return PLANNERS[operation.kind] as Planner<OperationKind>;
}
