import { Failure } from '../../../shared/contract/failure.ts';

/** The sentence of a name rule that is broken; null when the check passes. */
export function nameProblem(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}
