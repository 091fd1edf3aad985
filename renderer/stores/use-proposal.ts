import { useState } from 'react';
import type { FailureValue } from '../../shared/contract/failure.ts';
import type { Operation } from '../../shared/django/operations.ts';
import { failureOf, placeOf, type CodePlace } from './notices.ts';
import { usePlan, useStudio } from './studio-context.tsx';

/** A form's way to propose operations. */
export interface Proposal {
  /** Proposes one after another; true when all were written. What can't be planned is told in `problem`. */
  readonly propose: (operations: readonly Operation[]) => Promise<boolean>;
  /** Why the last proposal could not be planned. */
  readonly problem: string | null;
  /** Where in the code that stands. */
  readonly place: CodePlace | null;
  readonly clear: () => void;
  /** The hunks are being shown: the form stands back. */
  readonly waiting: boolean;
  readonly busy: boolean;
}

/** Proposes changes from a form, which stays as it is when the user lets the change be. */
export function useProposal(): Proposal {
  const { plan } = useStudio();
  const [failure, setFailure] = useState<FailureValue | null>(null);
  const [busy, setBusy] = useState(false);
  const waiting = usePlan((state) => state.pending !== null);
  return {
    problem: failure?.message ?? null,
    place: failure === null ? null : placeOf(failure),
    clear: () => {
      setFailure(null);
    },
    waiting,
    busy: busy && !waiting,
    propose: async (operations) => {
      setBusy(true);
      setFailure(null);
      try {
        for (const operation of operations) if ((await plan.propose(operation)) === null) return false;
        return true;
      } catch (error) {
        setFailure(failureOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
