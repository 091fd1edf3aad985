import type { Operation } from '../operations.ts';
import type { PlanContext } from './plan-context.ts';
import type { Plan } from './plan.ts';

/** What an operation would do to the source. */
export function planOperation(operation: Operation, context: PlanContext): Plan {
  void context;
  throw new Error(operation.kind);
}
