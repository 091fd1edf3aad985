import { useMemo } from 'react';
import type { CheckIssue, ServerStatus } from '../../shared/contract/host-calls.ts';
import { differenceSentence, type LensDifference } from '../../shared/django/lens-difference.ts';
import type { ProjectSnapshot } from '../../shared/django/project-model.ts';
import { useRuntime, useServer, useSource } from '../stores/studio-context.tsx';
import type { RevealTarget } from '../stores/editor-store.ts';

/** One thing that is wrong with the project, whoever found it. */
export interface Problem {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Who says so: the source lens, Django's checks, the start of the server, or both lenses. */
  readonly origin: string;
  readonly target: RevealTarget | null;
}

/** What the source lens, Django's checks and the last boot complain about, and where the two lenses differ. */
export function useProblems(): readonly Problem[] {
  const snapshot = useSource((state) => state.snapshot);
  const status = useServer((state) => state.status);
  const differences = useRuntime((state) => state.differences);
  return useMemo(() => collectProblems(snapshot, status, differences), [snapshot, status, differences]);
}

/** All problems, errors first. */
export function collectProblems(
  snapshot: ProjectSnapshot | null,
  status: Pick<ServerStatus, 'failure' | 'checks'>,
  differences: readonly LensDifference[],
): readonly Problem[] {
  const { failure } = status;
  const boot: readonly Problem[] =
    failure === null
      ? []
      : [
          {
            id: 'boot',
            severity: 'error',
            message: `${failure.type}: ${failure.message}`,
            origin: 'Start of the project',
            target: failure.file === null ? null : { file: failure.file, line: failure.line },
          },
        ];
  const source = (snapshot?.problems ?? []).map((problem, index): Problem => ({
    id: `source-${index}`,
    severity: problem.severity,
    message: problem.message,
    origin: 'Source',
    target: problem.place,
  }));
  const checks = status.checks.filter((issue) => issue.level !== 'debug' && issue.level !== 'info');
  const all = [...boot, ...source, ...checks.map(checkProblem), ...differences.map(differenceProblem)];
  return [
    ...all.filter((problem) => problem.severity === 'error'),
    ...all.filter((problem) => problem.severity === 'warning'),
  ];
}

function differenceProblem(difference: LensDifference, index: number): Problem {
  return {
    id: `difference-${index}`,
    severity: 'warning',
    message: differenceSentence(difference),
    origin: 'Source and Django',
    target: difference.place,
  };
}

function checkProblem(issue: CheckIssue, index: number): Problem {
  return {
    id: `check-${index}`,
    severity: issue.level === 'warning' ? 'warning' : 'error',
    message: [issue.object, issue.message, issue.hint].filter(Boolean).join(' · '),
    origin: issue.id ?? 'Django check',
    target: issue.file === null ? null : { file: issue.file, line: issue.line },
  };
}

/** How many of each kind. */
export function countProblems(problems: readonly Problem[]): {
  readonly errors: number;
  readonly warnings: number;
} {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return { errors, warnings: problems.length - errors };
}
