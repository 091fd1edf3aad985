import type { Operation } from '../../../shared/django/operations.ts';
import type { Plan } from '../../../shared/django/plan/plan.ts';
import type { SourceIndex } from '../../../shared/django/source-index.ts';
import { sha256 } from './source-fixture.ts';

/** A plan as people read it: the changed lines of each file, then offers, notes and packages. */
export function readable(plan: Plan): string {
  const files = plan.files.map(({ path, kind, after, hunks }) => {
    if (kind === 'create') return `new ${path}\n${(after ?? '').replace(/\n$/, '')}`;
    const lines = hunks.flatMap((hunk) => [
      `@@ ${String(hunk.oldStart)}`,
      ...hunk.lines.map((l) => `${{ context: ' ', added: '+', removed: '-' }[l.kind]}${l.text}`.trimEnd()),
    ]);
    return `${kind} ${path}\n${lines.join('\n')}`;
  });
  const moves = plan.folderMoves.map(({ from, to }) => `folder ${from} to ${to}`);
  const removals = plan.folderRemovals.map((folder) => `folder ${folder} gone`);
  const offers = plan.uncertain.map(
    ({ path, line, text, why, accepted }) =>
      `${accepted ? 'accepted' : 'offer'} ${path}:${String(line)} ${text.trim()} (${why})`,
  );
  const notes = plan.notes.map((note) => `note ${note}`);
  const packages = plan.packages.length > 0 ? [`packages ${plan.packages.join(' ')}`] : [];
  return ['', ...files, ...moves, ...removals, ...offers, ...notes, ...packages, ''].join('\n');
}

/** Plans an operation and makes the files of the index what the plan says. */
export function applyTo(index: SourceIndex, operation: Operation, accepted: readonly string[] = []): Plan {
  const plan = index.plan(operation, accepted);
  for (const { path, after } of plan.files) {
    if (after === null) index.removeFile(path);
    else index.setFile(path, after, sha256(after));
  }
  return plan;
}
