import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { FailureValue } from '../../shared/contract/failure.ts';
import type { Operation } from '../../shared/django/operations.ts';
import type { Plan } from '../../shared/django/plan/plan.ts';
import { failureOf, type Notify } from './notices.ts';

/** A change that waits for the user's word. */
export interface PendingPlan {
  readonly operation: Operation;
  readonly plan: Plan;
  readonly phase: 'shown' | 'applying';
  /** Whether the packages the change needs are installed once it is written. */
  readonly install: boolean;
  /** Why it could not be written; the dialog stays. */
  readonly failure: FailureValue | null;
}

/** The change that is on its way from a gesture to the files. */
export interface PlanState {
  readonly pending: PendingPlan | null;
}

/** Takes operations from designers to the source, showing their hunks first where the user wants it. */
export interface PlanStore {
  readonly state: StoreApi<PlanState>;
  /**
   * Plans the operation, shows it, writes it. Answers with the plan that was written, or null when the
   * user let it be. Throws the `Failure` of a plan that can't be made, for the form to show.
   */
  readonly propose: (operation: Operation) => Promise<Plan | null>;
  readonly setInstall: (install: boolean) => void;
  readonly confirm: () => Promise<void>;
  readonly cancel: () => void;
}

interface PlanStoreDeps {
  readonly api: Client;
  readonly notify: Notify;
  /** Whether hunks are shown before they are written. */
  readonly confirmChanges: () => boolean;
  /** Whether packages can be installed now: the project is trusted. */
  readonly canInstall: () => boolean;
  /** Takes the change of this title back; offered once it was written. */
  readonly undo: (title: string) => void;
}

/** Makes the store of the pending change. */
export function createPlanStore(deps: PlanStoreDeps): PlanStore {
  const { api, notify } = deps;
  const state = createStore<PlanState>(() => ({ pending: null }));
  let settle: ((plan: Plan | null) => void) | null = null;

  const end = (plan: Plan | null): void => {
    state.setState({ pending: null });
    settle?.(plan);
    settle = null;
  };

  const apply = async (operation: Operation, plan: Plan, install: boolean): Promise<Plan> => {
    const written = await api.call('source.apply', { operation, planId: plan.id });
    const undo = (): void => {
      deps.undo(written.title);
    };
    notify({ kind: 'done', title: written.title, action: { label: 'Undo', onChoose: undo } });
    if (install && written.packages.length > 0) await api.call('python.installRequirements', {});
    return written;
  };

  return {
    state,
    propose: async (operation) => {
      end(null);
      const plan = await api.call('source.plan', { operation });
      if (plan.files.length === 0) {
        notify({ kind: 'info', title: 'Nothing to change', description: plan.notes.join(' ') || undefined });
        return null;
      }
      const install = plan.packages.length > 0 && deps.canInstall();
      // Packages are a consequence beyond the source: they are always asked for.
      if (!deps.confirmChanges() && plan.packages.length === 0) return apply(operation, plan, false);
      return new Promise((resolve) => {
        settle = resolve;
        state.setState({ pending: { operation, plan, phase: 'shown', install, failure: null } });
      });
    },
    setInstall: (install) => {
      state.setState(({ pending }) => ({ pending: pending && { ...pending, install } }));
    },
    confirm: async () => {
      const { pending } = state.getState();
      if (pending?.phase !== 'shown') return;
      state.setState({ pending: { ...pending, phase: 'applying', failure: null } });
      try {
        end(await apply(pending.operation, pending.plan, pending.install));
      } catch (error) {
        state.setState({ pending: { ...pending, phase: 'shown', failure: failureOf(error) } });
      }
    },
    cancel: () => {
      if (state.getState().pending?.phase !== 'applying') end(null);
    },
  };
}
