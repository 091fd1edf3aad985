import type { ProjectSnapshot, SourceProblem } from '../../../shared/django/project-model.ts';
import type { SourceIndex } from '../../../shared/django/source-index.ts';
import type { TrackedFiles } from './tracked-files.ts';

/** The newest snapshot of a workspace: what the engine read, and what could not be read. */
export interface Snapshots {
  readonly current: () => ProjectSnapshot;
  /** A snapshot with the next revision; null when nothing is different. */
  readonly renew: () => ProjectSnapshot | null;
}

/** Counts the revisions from `firstRevision`, so that a window can tell the newer of two for its whole life. */
export function createSnapshots(deps: {
  readonly index: SourceIndex;
  readonly files: TrackedFiles;
  /** What a recovery could not decide, in sentences. */
  readonly left: () => readonly string[];
  readonly firstRevision: number;
}): Snapshots {
  const take = (revision: number): { read: ProjectSnapshot; whole: ProjectSnapshot; key: string } => {
    const read = deps.index.snapshot();
    const left = deps.left().map((message): SourceProblem => ({ message, place: null, severity: 'error' }));
    const own = [...left, ...deps.files.problems()];
    return {
      read,
      whole: { ...read, revision, problems: [...read.problems, ...own] },
      key: JSON.stringify(own),
    };
  };
  let last = take(deps.firstRevision);
  return {
    current: () => last.whole,
    renew: () => {
      const next = take(last.whole.revision + 1);
      if (next.read === last.read && next.key === last.key) return null;
      last = next;
      return next.whole;
    },
  };
}
