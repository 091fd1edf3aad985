import { describe, expect, it } from 'vitest';
import type { ModelFacts, ProjectSnapshot } from '../../../../../../shared/django/project-model.ts';
import type { Point } from '../../../../../../renderer/features/models/canvas/geometry.ts';
import type { Positions } from '../../../../../../renderer/features/models/canvas/layout.ts';
import { createPictureKeeper } from '../../../../../../renderer/features/models/canvas/picture-keeper.ts';
import { placeNew } from '../../../../../../renderer/features/models/canvas/placement.ts';
import { makeField, makeModel, makeRelation } from '../../../../../support/model-scenes.ts';
import { NO_COMPONENTS } from '../../../../../../shared/django/component-model.ts';

function snapshotOf(...models: readonly ModelFacts[]): ProjectSnapshot {
  return {
    revision: 1,
    project: '',
    settings: null,
    apps: [],
    models,
    routes: [],
    ...NO_COMPONENTS,
    problems: [],
  };
}

/** A keeper over places that are kept in memory. */
function keeperOver(stored: Record<string, Point>) {
  const renamed: string[][] = [];
  const keeper = createPictureKeeper({
    layout: { place: (input, placed, wanted) => Promise.resolve(placeNew(input, placed, wanted)) },
    read: () => Promise.resolve({ ...stored }),
    write: (changes) => {
      for (const [id, at] of Object.entries(changes)) {
        if (at === null) Reflect.deleteProperty(stored, id);
        else stored[id] = at;
      }
      return Promise.resolve();
    },
    followed: (_, renames) => renamed.push(...[...renames].map((pair) => [...pair])),
  });
  const positions = (): Positions => keeper.state.getState().picture?.positions ?? {};
  return { keeper, stored, positions, renamed };
}

const author = makeModel('shop.Author', [makeField('name', 'CharField'), makeField('born', 'DateField')]);
const book = makeModel('shop.Book', [makeField('title', 'CharField'), makeRelation('author', 'shop.Author')]);

describe('the keeper of the picture', () => {
  it('writes nothing before the user has moved something', async () => {
    const { keeper, stored } = keeperOver({});
    await keeper.follow(snapshotOf(author, book), true);
    expect(stored).toEqual({});
    await keeper.moved(new Map([['shop.Book', { x: 700, y: 70 }]]));
    expect(Object.keys(stored).sort()).toEqual(['shop.Author', 'shop.Book']);
    expect(stored['shop.Book']).toEqual({ x: 700, y: 70 });
  });

  it('moves nothing when models come, go and come back', async () => {
    const { keeper, positions } = keeperOver({
      'shop.Book': { x: 5, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    await keeper.follow(snapshotOf(author, book), true);
    await keeper.follow(snapshotOf(author, book, makeModel('shop.Tag', [])), true);
    const tag = positions()['shop.Tag'];
    await keeper.follow(snapshotOf(author), true);
    await keeper.follow(snapshotOf(author, book, makeModel('shop.Tag', [])), true);
    expect(positions()).toEqual({
      'shop.Book': { x: 5, y: 6 },
      'shop.Author': { x: 900, y: 9 },
      'shop.Tag': tag,
    });
  });

  it('follows a rename, in the picture and in the file', async () => {
    const { keeper, positions, stored, renamed } = keeperOver({
      'shop.Book': { x: 5, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    await keeper.follow(snapshotOf(author, book), true);
    await keeper.follow(snapshotOf({ ...author, id: 'shop.Writer', name: 'Writer' }, book), true);
    expect(positions()['shop.Writer']).toEqual({ x: 900, y: 9 });
    expect(stored).toEqual({ 'shop.Book': { x: 5, y: 6 }, 'shop.Writer': { x: 900, y: 9 } });
    expect(renamed).toEqual([['shop.Author', 'shop.Writer']]);
  });

  it('takes another model in the same file for another model', async () => {
    const { keeper, renamed } = keeperOver({});
    await keeper.follow(snapshotOf(author), true);
    await keeper.follow(snapshotOf(makeModel('shop.Invoice', [makeField('number', 'CharField')])), true);
    expect(renamed).toEqual([]);
  });

  it('puts a new model where it was asked for', async () => {
    const { keeper, positions, stored } = keeperOver({});
    await keeper.follow(snapshotOf(author), true);
    keeper.reserve('shop.Book', { x: 4000, y: -300 });
    await keeper.follow(snapshotOf(author, book), true);
    expect(positions()['shop.Book']).toEqual({ x: 4000, y: -300 });
    expect(stored['shop.Book']).toEqual({ x: 4000, y: -300 });
  });

  it('arranges anew and gives the former places back', async () => {
    const { keeper, positions, stored } = keeperOver({
      'shop.Book': { x: 5000, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    await keeper.follow(snapshotOf(author, book), true);
    const fitted = keeper.state.getState().picture?.fitted ?? 0;
    const before = await keeper.arrange();
    expect(positions()['shop.Book']).not.toEqual({ x: 5000, y: 6 });
    expect(keeper.state.getState().picture?.fitted).toBe(fitted + 1);
    await keeper.restore(before);
    expect(stored['shop.Book']).toEqual({ x: 5000, y: 6 });
  });

  it('shows only the newest of snapshots that overtake each other', async () => {
    const { keeper } = keeperOver({});
    await Promise.all([
      keeper.follow(snapshotOf(author), true),
      keeper.follow(snapshotOf(author, book), true),
    ]);
    expect(keeper.state.getState().picture?.scene.nodes.length).toBe(2);
  });
});
