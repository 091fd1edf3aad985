import { describe, expect, it } from 'vitest';
import type { ModelFacts, ProjectSnapshot } from '../../../../../../shared/django/project-model.ts';
import type { Point } from '../../../../../../renderer/features/models/canvas/geometry.ts';
import type { Positions } from '../../../../../../renderer/features/models/canvas/layout.ts';
import { createPictureKeeper } from '../../../../../../renderer/features/models/canvas/picture-keeper.ts';
import { placeAnew, placeNew } from '../../../../../../renderer/features/models/canvas/placement.ts';
import type { PlacesStep } from '../../../../../../renderer/stores/places-store.ts';
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
  const steps: PlacesStep[] = [];
  const keeper = createPictureKeeper({
    layout: {
      place: (input, placed, wanted) => Promise.resolve(placeNew(input, placed, wanted)),
      placeAnew: (input, placed, models) => Promise.resolve(placeAnew(input, placed, models)),
    },
    record: (step) => steps.push(step),
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
  return { keeper, stored, positions, renamed, steps };
}

/** Everything, as it is. */
const ALL = { outsideShown: true, only: null, whole: null, overview: false, changes: null };

const author = makeModel('shop.Author', [makeField('name', 'CharField'), makeField('born', 'DateField')]);
const book = makeModel('shop.Book', [makeField('title', 'CharField'), makeRelation('author', 'shop.Author')]);

describe('the keeper of the picture', () => {
  it('writes nothing before the user has moved something', async () => {
    const { keeper, stored } = keeperOver({});
    await keeper.follow(snapshotOf(author, book), ALL);
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
    await keeper.follow(snapshotOf(author, book), ALL);
    await keeper.follow(snapshotOf(author, book, makeModel('shop.Tag', [])), ALL);
    const tag = positions()['shop.Tag'];
    await keeper.follow(snapshotOf(author), ALL);
    await keeper.follow(snapshotOf(author, book, makeModel('shop.Tag', [])), ALL);
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
    await keeper.follow(snapshotOf(author, book), ALL);
    await keeper.follow(snapshotOf({ ...author, id: 'shop.Writer', name: 'Writer' }, book), ALL);
    expect(positions()['shop.Writer']).toEqual({ x: 900, y: 9 });
    expect(stored).toEqual({ 'shop.Book': { x: 5, y: 6 }, 'shop.Writer': { x: 900, y: 9 } });
    expect(renamed).toEqual([['shop.Author', 'shop.Writer']]);
  });

  it('takes another model in the same file for another model', async () => {
    const { keeper, renamed } = keeperOver({});
    await keeper.follow(snapshotOf(author), ALL);
    await keeper.follow(snapshotOf(makeModel('shop.Invoice', [makeField('number', 'CharField')])), ALL);
    expect(renamed).toEqual([]);
  });

  it('puts a new model where it was asked for', async () => {
    const { keeper, positions, stored } = keeperOver({});
    await keeper.follow(snapshotOf(author), ALL);
    keeper.reserve('shop.Book', { x: 4000, y: -300 });
    await keeper.follow(snapshotOf(author, book), ALL);
    expect(positions()['shop.Book']).toEqual({ x: 4000, y: -300 });
    expect(stored['shop.Book']).toEqual({ x: 4000, y: -300 });
  });

  it('arranges anew as one step, which can be taken back and done again', async () => {
    const { keeper, positions, stored, steps } = keeperOver({
      'shop.Book': { x: 5000, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    await keeper.follow(snapshotOf(author, book), ALL);
    const fitted = keeper.state.getState().picture?.fitted ?? 0;
    await keeper.arrange(null, 'Arrange models anew');
    const arranged = positions()['shop.Book'];
    expect(arranged).not.toEqual({ x: 5000, y: 6 });
    expect(keeper.state.getState().picture?.fitted).toBe(fitted + 1);
    expect(steps.map(({ title }) => title)).toEqual(['Arrange models anew']);
    await keeper.restore(steps[0]?.before ?? {});
    expect(stored['shop.Book']).toEqual({ x: 5000, y: 6 });
    await keeper.restore(steps[0]?.after ?? {});
    expect(positions()['shop.Book']).toEqual(arranged);
  });

  it('arranges some models and leaves the others where they are', async () => {
    const tag = makeModel('shop.Tag', []);
    const { keeper, positions } = keeperOver({
      'shop.Book': { x: 0, y: 0 },
      'shop.Author': { x: 10, y: 10 },
      'shop.Tag': { x: 2000, y: 0 },
    });
    await keeper.follow(snapshotOf(author, book, tag), ALL);
    await keeper.arrange(new Set(['shop.Author', 'shop.Book']), 'Arrange 2 models anew');
    expect(positions()['shop.Tag']).toEqual({ x: 2000, y: 0 });
    expect(positions()['shop.Book']?.x).toBeGreaterThan((positions()['shop.Author']?.x ?? 0) + 170);
  });

  it('makes an app one box and brings its models back, moved as far as the box was', async () => {
    const { keeper, positions, stored, steps } = keeperOver({
      'shop.Book': { x: 500, y: 60 },
      'shop.Author': { x: 100, y: 20 },
    });
    await keeper.follow(snapshotOf(author, book), ALL);
    await keeper.collapse(['shop'], true);
    expect(positions()).toEqual({ shop: { x: 100, y: 20 } });
    expect(stored['shop']).toEqual({ x: 100, y: 20 });
    await keeper.moved(new Map([['shop', { x: 110, y: 50 }]]));
    await keeper.collapse(['shop'], false);
    expect(positions()).toEqual({ 'shop.Book': { x: 510, y: 90 }, 'shop.Author': { x: 110, y: 50 } });
    expect(stored['shop']).toBeUndefined();
    for (const { before } of steps.toReversed()) await keeper.restore(before);
    expect(positions()).toEqual({ 'shop.Book': { x: 500, y: 60 }, 'shop.Author': { x: 100, y: 20 } });
  });

  it('follows an app that a checkout renames in two looks, and back', async () => {
    const { keeper, positions } = keeperOver({
      'shop.Book': { x: 5, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    const place = { file: 'store/models.py', start: 0, end: 10, line: 1 };
    const moved = [author, book].map((model) => ({
      ...model,
      id: `store.${model.name}`,
      app: 'store',
      place,
    }));
    await keeper.follow(snapshotOf(author, book), ALL);
    await keeper.follow(snapshotOf(), ALL);
    await keeper.follow(snapshotOf(...moved), ALL);
    expect(positions()).toMatchObject({ 'store.Book': { x: 5, y: 6 }, 'store.Author': { x: 900, y: 9 } });
    await keeper.follow(snapshotOf(author, book), ALL);
    expect(positions()).toEqual({ 'shop.Book': { x: 5, y: 6 }, 'shop.Author': { x: 900, y: 9 } });
  });

  it('takes the places that another branch has, and none that are older than a move', async () => {
    const { keeper, positions, stored } = keeperOver({
      'shop.Book': { x: 5, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    await keeper.follow(snapshotOf(author, book), ALL);
    stored['shop.Book'] = { x: 77, y: 88 };
    await keeper.reload();
    expect(positions()['shop.Book']).toEqual({ x: 77, y: 88 });
    const reading = keeper.reload();
    await keeper.moved(new Map([['shop.Book', { x: 1, y: 2 }]]));
    await reading;
    expect(positions()['shop.Book']).toEqual({ x: 1, y: 2 });
  });

  it('brings models in focus together without remembering it', async () => {
    const { keeper, positions, stored } = keeperOver({
      'shop.Book': { x: 5000, y: 6 },
      'shop.Author': { x: 900, y: 9 },
    });
    await keeper.follow(snapshotOf(author, book), ALL);
    const only = new Set(['shop.Book']);
    await keeper.follow(snapshotOf(author, book), { ...ALL, only });
    await keeper.moved(new Map([['shop.Book', { x: 1, y: 2 }]]));
    expect(positions()).toEqual({ 'shop.Book': { x: 1, y: 2 } });
    await keeper.follow(snapshotOf(author, book), ALL);
    expect(positions()['shop.Book']).toEqual({ x: 5000, y: 6 });
    expect(stored['shop.Book']).toEqual({ x: 5000, y: 6 });
  });

  it('shows only the newest of snapshots that overtake each other', async () => {
    const { keeper } = keeperOver({});
    await Promise.all([keeper.follow(snapshotOf(author), ALL), keeper.follow(snapshotOf(author, book), ALL)]);
    expect(keeper.state.getState().picture?.scene.nodes.length).toBe(2);
  });
});
