import { expect, it } from 'vitest';
import type { MigrationState, WrittenMigration } from '../../../../../shared/contract/migration-calls.ts';
import {
  findMigration,
  listedApps,
  unappliedCount,
} from '../../../../../renderer/features/migrations/migration-rows.ts';

const migration = (name: string, applied: boolean | null): WrittenMigration => ({
  name,
  applied,
  file: `/p/${name}.py`,
  missing: false,
  squashedBy: null,
  replaces: [],
  dependencies: [],
  operations: 1,
});
const state: MigrationState = {
  apps: [
    { label: 'auth', project: false, migrations: [migration('0001_initial', true)] },
    { label: 'pages', project: true, migrations: [] },
    {
      label: 'catalog',
      project: true,
      migrations: [
        migration('0001_initial', true),
        migration('0002_book_isbn', false),
        migration('0003_x', null),
        { ...migration('0004_gone', false), missing: true },
        { ...migration('0005_old', false), squashedBy: '0006_squashed' },
      ],
    },
  ],
  order: [],
  conflicts: [],
  inconsistent: [],
  databaseError: null,
};

it('counts what is known to be missing, not what could not be asked', () => {
  expect(unappliedCount(state)).toBe(1);
});

it('lists the apps of the project first and leaves out those without migrations', () => {
  expect(listedApps(state).map(({ label }) => label)).toEqual(['catalog', 'auth']);
});

it('finds a migration by app and name', () => {
  expect(findMigration(state, 'catalog', '0002_book_isbn')?.applied).toBe(false);
  expect(findMigration(state, 'auth', '0002_book_isbn')).toBeUndefined();
});
