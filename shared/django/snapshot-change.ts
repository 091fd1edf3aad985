import { isSame } from './derivations.ts';
import type { ProjectSnapshot } from './project-model.ts';

/** A part of a list that is another one now: from `at` on, `removed` items are gone and `added` stand there. */
export interface ListChange<T> {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly T[];
}

/** The lists of a snapshot that are long in a large project. */
const LONG = [
  'models',
  'routes',
  'admin',
  'serializers',
  'forms',
  'filters',
  'signals',
  'commands',
  'views',
  'choices',
] as const;
type LongList = (typeof LONG)[number];

/**
 * What makes the next snapshot of the one before. A snapshot of a large project takes far longer to send
 * than to make, so what an edit leaves alone is not sent again.
 */
export type SnapshotChange = Omit<ProjectSnapshot, LongList> & {
  /** The revision it changes; null for one that needs nothing before it. */
  readonly from: number | null;
} & { readonly [List in LongList]: ListChange<ProjectSnapshot[List][number]> };

/** What leads from one snapshot, or from none, to another. */
export function changeBetween(before: ProjectSnapshot | null, after: ProjectSnapshot): SnapshotChange {
  const lists = LONG.map((list) => [list, listChange<unknown>(before?.[list] ?? [], after[list])]);
  const changes = Object.fromEntries(lists) as Pick<SnapshotChange, LongList>;
  return { ...after, from: before?.revision ?? null, ...changes };
}

/** The snapshot after a change; null when `before` is not the one that the change is about. */
export function applyChange(before: ProjectSnapshot | null, change: SnapshotChange): ProjectSnapshot | null {
  const { from, ...rest } = change;
  if (from !== null && from !== before?.revision) return null;
  const known = from === null ? null : before;
  const lists = LONG.map((list) => [list, changed<unknown>(known?.[list] ?? [], change[list])]);
  return { ...rest, ...(Object.fromEntries(lists) as Pick<ProjectSnapshot, LongList>) };
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
