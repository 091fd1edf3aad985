import { describe, expect, it } from 'vitest';
import { createArrangement } from '../../../../../../renderer/features/models/canvas/arrangement.ts';
import { appAt, hitTest } from '../../../../../../renderer/features/models/canvas/hit-test.ts';
import { rowMiddle } from '../../../../../../renderer/features/models/canvas/metrics.ts';
import { modelTowards } from '../../../../../../renderer/features/models/canvas/neighbour.ts';
import { distanceTo, pointOn } from '../../../../../../renderer/features/models/canvas/route.ts';
import { createScene } from '../../../../../../renderer/features/models/canvas/scene.ts';
import { makeField, makeModel, makeRelation } from '../../../../../support/model-scenes.ts';

const scene = createScene({
  models: [
    makeModel('shop.Book', [makeField('title', 'CharField'), makeRelation('author', 'shop.Author')]),
    makeModel('shop.Author', []),
    makeModel('people.Town', []),
  ],
  settings: null,
});
const arrangement = createArrangement(scene, {
  'shop.Author': { x: 0, y: 0 },
  'shop.Book': { x: 500, y: 0 },
  'people.Town': { x: 480, y: 600 },
});

describe('what lies under the pointer', () => {
  it('is a field, a model, a line, the title of an app, or nothing', () => {
    expect(hitTest(arrangement, { x: 520, y: rowMiddle(1) }, 1)).toEqual({
      kind: 'model',
      model: 'shop.Book',
      field: 'author',
    });
    expect(hitTest(arrangement, { x: 520, y: 10 }, 1)).toMatchObject({ model: 'shop.Book', field: null });
    const [first] = arrangement.routes;
    const middle = first === undefined ? { x: 0, y: 0 } : pointOn(first.route, 0.5);
    expect(hitTest(arrangement, { x: middle.x, y: middle.y + 2 }, 1)).toEqual({
      kind: 'edge',
      edge: 'shop.Book.author',
    });
    expect(hitTest(arrangement, { x: 20, y: -20 }, 1)).toEqual({ kind: 'app', app: 'shop' });
    expect(hitTest(arrangement, { x: 0, y: 3000 }, 1)).toEqual({ kind: 'nothing' });
  });

  it('knows the app that free space belongs to', () => {
    expect(appAt(arrangement, { x: 300, y: 60 })).toBe('shop');
    expect(appAt(arrangement, { x: 300, y: 3000 })).toBeNull();
  });

  it('keeps lines with the models that move', () => {
    const moving = createArrangement(scene, arrangement.positions());
    const before = moving.routes[0]?.route.start.x;
    moving.move(new Map([['shop.Book', { x: 900, y: 40 }]]));
    expect(moving.routes[0]?.route.start.x).toBe((before ?? 0) + 400);
    expect(
      distanceTo(moving.routes[0]?.route ?? failed(), { x: 880, y: 40 + rowMiddle(1) }, 30),
    ).toBeLessThan(8);
    expect(moving.rectOf('shop.Author').x).toBe(0);
  });
});

describe('the arrow keys', () => {
  it('lead to the nearest model in their direction', () => {
    expect(modelTowards(arrangement, 'shop.Author', 'right')).toBe('shop.Book');
    expect(modelTowards(arrangement, 'shop.Book', 'down')).toBe('people.Town');
    expect(modelTowards(arrangement, 'people.Town', 'up')).toBe('shop.Book');
    expect(modelTowards(arrangement, 'shop.Author', 'left')).toBeNull();
  });
});

function failed(): never {
  throw new Error('The scene has lost its line.');
}
