import { describe, expect, it } from 'vitest';
import { focusedModels } from '../../../../../../renderer/features/models/canvas/focus.ts';
import { createScene } from '../../../../../../renderer/features/models/canvas/scene.ts';
import { makeField, makeModel, makeRelation } from '../../../../../support/model-scenes.ts';

const models = [
  makeModel('shop.Author', [makeField('name', 'CharField')]),
  makeModel('shop.Book', [makeRelation('author', 'shop.Author'), makeRelation('owner', 'auth.User')]),
  makeModel('shop.Review', [makeRelation('book', 'shop.Book')]),
  makeModel('staff.Shift', [makeRelation('worker', 'auth.User')]),
];
const scene = createScene({ models, settings: null });
const sorted = (found: ReadonlySet<string> | null) => [...(found ?? [])].sort();

describe('the focus', () => {
  it('widens step by step, but not through what everything leads to', () => {
    const around = (hops: number) =>
      sorted(focusedModels({ kind: 'around', models: ['shop.Author'], hops }, scene, null));
    expect(around(1)).toEqual(['shop.Author', 'shop.Book']);
    expect(around(2)).toEqual(['auth.User', 'shop.Author', 'shop.Book', 'shop.Review']);
    expect(around(9)).toEqual(around(2));
  });

  it('follows relations one way to the end', () => {
    const reach = (direction: 'out' | 'in') =>
      sorted(focusedModels({ kind: 'reach', models: ['shop.Book'], direction }, scene, null));
    expect(reach('out')).toEqual(['auth.User', 'shop.Author', 'shop.Book']);
    expect(reach('in')).toEqual(['shop.Book', 'shop.Review']);
  });

  it('is an app, or nothing', () => {
    expect(sorted(focusedModels({ kind: 'app', app: 'staff' }, scene, null))).toEqual(['staff.Shift']);
    expect(focusedModels(null, scene, null)).toBeNull();
  });

  it('lists of the neighbours what joins them, and says how much more there is', () => {
    const only = new Set(['shop.Author', 'shop.Book']);
    const brief = createScene({ models, settings: null }, { only, whole: new Set(['shop.Author']) });
    expect(brief.byId.get('shop.Book')?.rows.map(({ name }) => name)).toEqual(['author']);
    expect(brief.byId.get('shop.Book')?.hiddenRows).toBe(1);
    expect(brief.edges.map(({ id, row }) => [id, row])).toEqual([['shop.Book.author', 0]]);
  });
});
