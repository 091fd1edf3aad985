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
  /** Ids of the uncertain uses that are ticked; `plan` follows them. */
  readonly accepted: ReadonlySet<string>;
  /** `aside`: the user looks something up in the code meanwhile. */
  readonly phase: 'shown' | 'aside' | 'applying';
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
  /** Ticks exactly these uncertain uses: the change is planned anew with them. */
  readonly accept: (ids: Iterable<string>) => Promise<void>;
  /** Lets the change wait out of sight, and brings it back as the source stands then. */
  readonly setAside: () => void;
  readonly resume: () => Promise<void>;
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

  const apply = async ({ operation, plan, accepted, install }: PendingPlan): Promise<Plan> => {
    const written = await api.call('source.apply', { operation, accepted: [...accepted], planId: plan.id });
    const undo = (): void => {
      deps.undo(written.title);
    };
    notify({ kind: 'done', title: written.title, action: { label: 'Undo', onChoose: undo } });
    if (install && written.packages.length > 0) await api.call('python.installRequirements', {});
    return written;
  };

  // Ticks follow each other faster than plans are made: only the last one's plan is shown.
  let latest = Promise.resolve();
  const planAgain = (accepted: ReadonlySet<string>): Promise<void> => {
    const { pending } = state.getState();
    if (pending === null || pending.phase === 'applying') return Promise.resolve();
    const { operation, plan: before } = pending;
    state.setState({ pending: { ...pending, accepted, failure: null } });
    const isStill = (now: PendingPlan | null): now is PendingPlan =>
      now?.operation === operation && now.accepted === accepted;
    latest = api.call('source.plan', { operation, accepted: [...accepted] }).then(
      (plan) => {
        const now = state.getState().pending;
        if (isStill(now)) state.setState({ pending: { ...now, plan } });
      },
      (error: unknown) => {
        const now = state.getState().pending;
        if (!isStill(now)) return;
        state.setState({ pending: { ...now, accepted: acceptedOf(before), failure: failureOf(error) } });
      },
    );
    return latest;
  };

  return {
    state,
    propose: async (operation) => {
      end(null);
      const plan = await api.call('source.plan', { operation });
      if (isEmpty(plan) && plan.uncertain.length === 0) {
        notify({ kind: 'info', title: 'Nothing to change', description: plan.notes.join(' ') || undefined });
        return null;
      }
      const install = plan.packages.length > 0 && deps.canInstall();
      const pending: PendingPlan = {
        operation,
        plan,
        accepted: acceptedOf(plan),
        phase: 'shown',
        install,
        failure: null,
      };
      // Packages are a consequence beyond the source, and what is uncertain nobody else can decide.
      const asksAnyway = plan.packages.length > 0 || plan.uncertain.length > 0;
      if (!deps.confirmChanges() && !asksAnyway) return apply(pending);
      return new Promise((resolve) => {
        settle = resolve;
        state.setState({ pending });
      });
    },
    setInstall: (install) => {
      state.setState(({ pending }) => ({ pending: pending && { ...pending, install } }));
    },
    accept: (ids) => planAgain(new Set(ids)),
    setAside: () => {
      state.setState(({ pending }) => ({
        pending: pending?.phase === 'shown' ? { ...pending, phase: 'aside' } : pending,
      }));
    },
    resume: async () => {
      const { pending } = state.getState();
      if (pending?.phase !== 'aside') return;
      await planAgain(new Set(pending.accepted));
      state.setState(({ pending: now }) => ({ pending: now && { ...now, phase: 'shown' } }));
    },
    confirm: async () => {
      await latest;
      const { pending } = state.getState();
      if (pending?.phase !== 'shown' || isEmpty(pending.plan)) return;
      state.setState({ pending: { ...pending, phase: 'applying', failure: null } });
      try {
        end(await apply(pending));
      } catch (error) {
        const failure = failureOf(error);
        const plan = newPlanOf(failure) ?? pending.plan;
        state.setState({ pending: { ...pending, plan, phase: 'shown', failure } });
      }
    },
    cancel: () => {
      if (state.getState().pending?.phase !== 'applying') end(null);
    },
  };
}

/** Whether a plan changes nothing as it stands; what is uncertain may still be ticked. */
export function isEmpty({ files, folderMoves, folderRemovals }: Plan): boolean {
  return files.length === 0 && folderMoves.length === 0 && folderRemovals.length === 0;
}

/** The source has changed since a plan was shown: the failure brings the one of now. */
function newPlanOf({ code, detail }: FailureValue): Plan | null {
  return code === 'changed-outside' && detail?.['plan'] !== undefined ? (detail['plan'] as Plan) : null;
}

function acceptedOf({ uncertain }: Plan): ReadonlySet<string> {
  return new Set(uncertain.filter(({ accepted }) => accepted).map(({ id }) => id));
}
