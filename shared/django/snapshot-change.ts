import { isSame } from './derivations.ts';
import type { ModelFacts, ProjectSnapshot, RouteFacts } from './project-model.ts';

/** A part of a list that is another one now: from `at` on, `removed` items are gone and `added` stand there. */
export interface ListChange<T> {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly T[];
}

/**
 * What makes the next snapshot of the one before. A snapshot of a large project takes far longer to send
 * than to make, so what an edit leaves alone is not sent again.
 */
export interface SnapshotChange extends Omit<ProjectSnapshot, 'models' | 'routes'> {
  /** The revision it changes; null for one that needs nothing before it. */
  readonly from: number | null;
  readonly models: ListChange<ModelFacts>;
  readonly routes: ListChange<RouteFacts>;
}

/** What leads from one snapshot, or from none, to another. */
export function changeBetween(before: ProjectSnapshot | null, after: ProjectSnapshot): SnapshotChange {
  return {
    ...after,
    from: before?.revision ?? null,
    models: listChange(before?.models ?? [], after.models),
    routes: listChange(before?.routes ?? [], after.routes),
  };
}

/** The snapshot after a change; null when `before` is not the one that the change is about. */
export function applyChange(before: ProjectSnapshot | null, change: SnapshotChange): ProjectSnapshot | null {
  const { from, models, routes, ...rest } = change;
  if (from === null) return { ...rest, models: models.added, routes: routes.added };
  if (from !== before?.revision) return null;
  return { ...rest, models: changed(before.models, models), routes: changed(before.routes, routes) };
}

function listChange<T>(before: readonly T[], after: readonly T[]): ListChange<T> {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && isSame(before[at], after[at])) at += 1;
  let behind = 0;
  while (behind < shorter - at && isSame(before.at(-1 - behind), after.at(-1 - behind))) behind += 1;
  return { at, removed: before.length - at - behind, added: after.slice(at, after.length - behind) };
}

function changed<T>(list: readonly T[], { at, removed, added }: ListChange<T>): readonly T[] {
  return removed === 0 && added.length === 0 ? list : list.toSpliced(at, removed, ...added);
}
