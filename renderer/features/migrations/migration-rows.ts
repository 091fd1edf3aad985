import type { MigrationState, WrittenMigration } from '../../../shared/contract/migration-calls.ts';

/** What the right side shows: the planned migrations, one that exists, the three compared, the copies. */
export type MigrationChoice =
  | { readonly kind: 'planned' }
  | { readonly kind: 'drift' }
  | { readonly kind: 'copies' }
  | { readonly kind: 'written'; readonly app: string; readonly name: string };

/** How many migrations the database does not have; those it could not be asked for do not count. */
export function unappliedCount(state: MigrationState): number {
  return state.apps.flatMap((app) => app.migrations).filter(isToApply).length;
}

/** Whether applying would run it: what was squashed is run as the one that replaced it. */
export function isToApply({ applied, missing, squashedBy }: WrittenMigration): boolean {
  return applied === false && !missing && squashedBy === null;
}

/** The apps as the list shows them: the project's own first, apps without migrations left out. */
export function listedApps(state: MigrationState): MigrationState['apps'] {
  const listed = state.apps.filter((app) => app.migrations.length > 0);
  return [...listed.filter((app) => app.project), ...listed.filter((app) => !app.project)];
}

/** One migration of the state; undefined when it is gone by now. */
export function findMigration(
  state: MigrationState,
  app: string,
  name: string,
): WrittenMigration | undefined {
  return state.apps
    .find(({ label }) => label === app)
    ?.migrations.find((migration) => migration.name === name);
}
