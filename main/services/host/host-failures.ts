import { z } from 'zod';
import { Failure, type FailureCode } from '../../../shared/contract/failure.ts';
import type { HostExit } from './host-process.ts';

/** What the host says when a call does not succeed. */
export const hostFailure = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()).nullish(),
});

// The host's own codes, which are finer, stay in the detail as `reason`.
const codes: Readonly<Record<string, FailureCode>> = {
  'already-serving': 'conflict',
  cancelled: 'cancelled',
  'command-failed': 'tool-failed',
  'copy-failed': 'tool-failed',
  'copy-missing': 'not-found',
  'copy-unsupported': 'not-available',
  'database-absent': 'not-found',
  'database-error': 'project-error',
  'database-read-only': 'not-allowed',
  'file-exists': 'conflict',
  'interpreter-gone': 'host-failed',
  invalid: 'invalid-input',
  'job-ended': 'host-failed',
  'migration-broken': 'project-error',
  'migration-conflict': 'conflict',
  'migration-failed': 'project-error',
  'migration-history': 'conflict',
  'migration-missing': 'not-found',
  'not-explainable': 'not-available',
  'nothing-to-merge': 'not-available',
  'no-users': 'not-available',
  'not-serving': 'not-available',
  'port-in-use': 'port-in-use',
  'port-refused': 'refused',
  'project-error': 'project-error',
  'questions-open': 'questions-open',
  'session-in-memory': 'not-available',
  'squash-failed': 'tool-failed',
  stopping: 'not-available',
  'target-exists': 'conflict',
  'template-error': 'project-error',
  'test-database-exists': 'conflict',
  'tests-unlisted': 'not-available',
  'unknown-app': 'not-found',
  'unknown-command': 'not-found',
  'unknown-migration': 'not-found',
  'unknown-model': 'not-found',
  'unknown-trace': 'not-found',
  'unknown-user': 'not-found',
};

/** The host's failure in the words of the contract. */
export function toFailure({ code, message, detail }: z.infer<typeof hostFailure>): Failure {
  return new Failure(codes[code] ?? 'host-failed', message, { ...detail, reason: code });
}

/** What everybody who waits is told when the host has gone. */
export function hostEnded(exit: HostExit): Failure {
  const how = exit.signal === null ? `with code ${String(exit.code)}` : `by ${exit.signal}`;
  return new Failure(
    'host-failed',
    `The Python process that runs the project ended unexpectedly (${how}). Try again; it is started anew.`,
    { stderr: exit.stderr },
  );
}
