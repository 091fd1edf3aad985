import type { OperationKind, OperationOf } from '../operations.ts';
import type { Draft } from './draft.ts';
import type { PlanContext } from './plan-context.ts';

/** How one kind of operation becomes a plan. */
export interface Planner<K extends OperationKind> {
  /** What it does, for menus, the history and the title of its plan: "Add app catalog". */
  readonly title: (operation: OperationOf<K>) => string;
  /** Writes the changes into the draft; fails with a sentence where that can't be done safely. */
  readonly plan: (operation: OperationOf<K>, context: PlanContext, draft: Draft) => void;
}

/** The planners of one area: all kinds that start with its name. */
export type Planners<Area extends string> = {
  readonly [K in Extract<OperationKind, `${Area}.${string}`>]: Planner<K>;
};
