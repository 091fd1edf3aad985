import { expect, it } from 'vitest';
import type { MigrationState, WrittenMigration } from '../../../../../shared/contract/migration-calls.ts';
import {
  edgesBetween,
  laneWidth,
  layoutGraph,
  markOf,
} from '../../../../../renderer/features/migrations/graph-layout.ts';

function migration(name: string, changed: Partial<WrittenMigration> = {}): WrittenMigration {
  return {
    name,
    applied: true,
    file: `/project/${name}.py`,
    missing: false,
    squashedBy: null,
    replaces: [],
    dependencies: [],
    operations: 1,
    ...changed,
  };
}

const state: MigrationState = {
  apps: [
    {
      label: 'shop',
      project: true,
      migrations: [migration('0001'), migration('0002', { dependencies: [{ app: 'shop', name: '0001' }] })],
    },
    {
      label: 'mail',
      project: true,
      migrations: [
        migration('0001', {
          applied: false,
          dependencies: [
            { app: 'shop', name: '0001' },
            { app: 'auth', name: '0001' },
          ],
        }),
      ],
    },
  ],
  order: [
    { app: 'auth', name: '0001' },
    { app: 'shop', name: '0001' },
    { app: 'mail', name: '0001' },
    { app: 'shop', name: '0002' },
  ],
  conflicts: [],
  inconsistent: [],
  databaseError: null,
};

it('puts the newest on top, each app on a lane, with the dependencies that are shown', () => {
  const graph = layoutGraph(state, new Set(['shop', 'mail']));
  expect(graph.rows.map(({ app, name, lane, mark }) => [app, name, lane, mark])).toEqual([
    ['shop', '0002', 0, 'applied'],
    ['mail', '0001', 1, 'unapplied'],
    ['shop', '0001', 0, 'applied'],
  ]);
  expect(graph.edges).toEqual([
    { from: 0, to: 2 },
    { from: 1, to: 2 },
  ]);
  expect(layoutGraph(state, new Set(['mail'])).edges).toEqual([]);
});

it('draws only the edges that cross what is in sight', () => {
  const edges = [
    { from: 0, to: 2 },
    { from: 5, to: 9 },
    { from: 1, to: 90 },
  ];
  expect(edgesBetween(edges, 3, 4)).toEqual([{ from: 1, to: 90 }]);
  expect(edgesBetween(edges, 9, 20)).toEqual(edges.slice(1));
});

it('names what is wrong before what is applied', () => {
  const conflicting = new Set(['0002']);
  expect(markOf(migration('0002', { missing: true }), conflicting)).toBe('missing');
  expect(markOf(migration('0002', { squashedBy: '0003' }), conflicting)).toBe('squashed');
  expect(markOf(migration('0002'), conflicting)).toBe('conflicting');
  expect(markOf(migration('0001', { applied: null }), conflicting)).toBe('unknown');
});

it('narrows the lanes of many apps', () => {
  expect(laneWidth(1)).toBe(16);
  expect(laneWidth(60)).toBe(5);
});
