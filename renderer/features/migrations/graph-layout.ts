import type {
  MigrationKey,
  MigrationState,
  WrittenMigration,
} from '../../../shared/contract/migration-calls.ts';

/** What the picture says of a migration; the first that fits. */
export type MigrationMark = 'missing' | 'conflicting' | 'squashed' | 'unknown' | 'applied' | 'unapplied';

/** A row of the graph: one migration on the lane of its app. */
export interface GraphRow extends MigrationKey {
  readonly lane: number;
  readonly mark: MigrationMark;
}

/** A dependency, from the row that needs to the row that is needed, which stands below. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
}

/** Everything that is drawn. */
export interface MigrationGraph {
  readonly rows: readonly GraphRow[];
  readonly edges: readonly GraphEdge[];
  readonly lanes: readonly string[];
}

/** What the picture says of a migration. */
export function markOf(migration: WrittenMigration, conflicting: ReadonlySet<string>): MigrationMark {
  if (migration.missing) return 'missing';
  if (migration.squashedBy !== null) return 'squashed';
  if (conflicting.has(migration.name)) return 'conflicting';
  if (migration.applied === null) return 'unknown';
  return migration.applied ? 'applied' : 'unapplied';
}

/** Names of the last migrations of an app between which nothing decides. */
export function conflictingNames(state: MigrationState, app: string): ReadonlySet<string> {
  return new Set(state.conflicts.find((conflict) => conflict.app === app)?.names ?? []);
}

/** The graph of the apps that are shown: the newest on top, each above what it needs, a lane an app. */
export function layoutGraph(state: MigrationState, shown: ReadonlySet<string>): MigrationGraph {
  const found = new Map<string, WrittenMigration>();
  const marks = new Map<string, MigrationMark>();
  for (const app of state.apps) {
    if (!shown.has(app.label)) continue;
    const conflicting = conflictingNames(state, app.label);
    for (const migration of app.migrations) {
      const id = idOf({ app: app.label, name: migration.name });
      found.set(id, migration);
      marks.set(id, markOf(migration, conflicting));
    }
  }
  const keys = [...state.order].reverse().filter((key) => found.has(idOf(key)));
  const lanes = [...new Set(keys.map(({ app }) => app))];
  const places = new Map(keys.map((key, row) => [idOf(key), row]));
  const rows = keys.map((key) => ({
    ...key,
    lane: lanes.indexOf(key.app),
    mark: marks.get(idOf(key)) ?? 'unknown',
  }));
  const edges = keys.flatMap((key, from) =>
    neededBy(found.get(idOf(key))).flatMap((needed) => {
      const to = places.get(idOf(needed));
      return to === undefined ? [] : [{ from, to }];
    }),
  );
  return { rows, edges, lanes };
}

/** The edges that cross these rows, so that a long graph draws only what is seen. */
export function edgesBetween(edges: readonly GraphEdge[], first: number, last: number): readonly GraphEdge[] {
  return edges.filter(({ from, to }) => Math.min(from, to) <= last && Math.max(from, to) >= first);
}

/** How wide a lane is: many apps stand closer together. */
export function laneWidth(lanes: number): number {
  return Math.max(5, Math.min(16, Math.floor(110 / Math.max(lanes, 1))));
}

function neededBy(migration: WrittenMigration | undefined): readonly MigrationKey[] {
  return migration === undefined ? [] : [...migration.dependencies, ...migration.replaces];
}

function idOf({ app, name }: MigrationKey): string {
  return `${app}/${name}`;
}
