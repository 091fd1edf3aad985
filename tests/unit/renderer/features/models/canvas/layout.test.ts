import { describe, expect, it } from 'vitest';
import { createArrangement } from '../../../../../../renderer/features/models/canvas/arrangement.ts';
import {
  inflate,
  intersects,
  type Rect,
} from '../../../../../../renderer/features/models/canvas/geometry.ts';
import { layoutInputOf, layoutScene } from '../../../../../../renderer/features/models/canvas/layout.ts';
import { packBoxes } from '../../../../../../renderer/features/models/canvas/packing.ts';
import { placeNew } from '../../../../../../renderer/features/models/canvas/placement.ts';
import { createScene } from '../../../../../../renderer/features/models/canvas/scene.ts';
import { makeModel, makeRelation, makeSnapshot } from '../../../../../support/model-scenes.ts';

const scene = createScene(makeSnapshot({ models: 120, fields: 6, relations: 180, apps: 6 }));
const input = layoutInputOf(scene);

function overlaps(rects: readonly Rect[]): number {
  return rects.filter((rect, at) => rects.slice(at + 1).some((other) => intersects(rect, other))).length;
}

describe('the layout', () => {
  const positions = layoutScene(input);

  it('places every model, none over another, and no app over another', () => {
    const arrangement = createArrangement(scene, positions);
    expect(Object.keys(positions).sort()).toEqual(scene.nodes.map((node) => node.id).sort());
    expect(overlaps(scene.nodes.map((node) => arrangement.rectOf(node.id)))).toBe(0);
    expect(overlaps(arrangement.regions().map((region) => region.rect))).toBe(0);
  });

  it('is the same for the same models in any order', () => {
    const turned = { nodes: [...input.nodes].reverse(), edges: [...input.edges].reverse() };
    expect(layoutScene(turned)).toEqual(positions);
    expect(layoutScene(input)).toEqual(positions);
  });

  it('is wider than high, but no band', () => {
    const { width, height } = createArrangement(scene, positions).bounds();
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(3.5);
  });

  it.each([
    ['a chain', (at: number) => `a.M${String(at - 1)}`],
    ['a model that all others point to', () => 'a.M0'],
  ])('folds %s, so that it can be seen as a whole', (_, targetOf) => {
    const models = Array.from({ length: 40 }, (_unused, at) =>
      makeModel(`a.M${String(at)}`, at === 0 ? [] : [makeRelation('to', targetOf(at))]),
    );
    const banded = createScene({ models, settings: null });
    const arrangement = createArrangement(banded, layoutScene(layoutInputOf(banded)));
    const { width, height } = arrangement.bounds();
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(3.5);
    expect(overlaps(banded.nodes.map((node) => arrangement.rectOf(node.id)))).toBe(0);
  });

  it('takes an empty project, a single model and cycles', () => {
    expect(layoutScene({ nodes: [], edges: [] })).toEqual({});
    const cycle = createScene({
      models: [
        makeModel('a.A', [makeRelation('b', 'a.B'), makeRelation('self', 'self')]),
        makeModel('a.B', [makeRelation('a', 'a.A')]),
      ],
      settings: null,
    });
    expect(Object.keys(layoutScene(layoutInputOf(cycle)))).toEqual(['a.A', 'a.B']);
  });
});

describe('places for new models', () => {
  it('moves nothing that has a place, wherever that is', () => {
    const strange = { 'accounts.Author': { x: -900, y: 12_345 }, 'accounts.Book': { x: -900, y: 12_350 } };
    const positions = placeNew(input, strange);
    expect(positions).toMatchObject(strange);
    expect(Object.keys(positions).length).toBe(scene.nodes.length);
  });

  it('puts a new model beside what it relates to, on free ground', () => {
    const all = layoutScene(input);
    const target = scene.nodes.find((node) => node.app === 'sales')?.id ?? '';
    const fresh = makeModel('sales.Fresh', [makeRelation('to', target)]);
    const snapshot = makeSnapshot({ models: 120, fields: 6, relations: 180, apps: 6 });
    const grown = createScene({ ...snapshot, models: [...snapshot.models, fresh] });
    const positions = placeNew(layoutInputOf(grown), all);
    expect(positions).toMatchObject(all);
    const arrangement = createArrangement(grown, positions);
    const own = arrangement.rectOf('sales.Fresh');
    const near = arrangement.rectOf(target);
    expect(Math.hypot(own.x - near.x, own.y - near.y)).toBeLessThan(1600);
    const others = grown.nodes
      .filter((node) => node.id !== 'sales.Fresh')
      .map((node) => arrangement.rectOf(node.id));
    expect(others.some((rect) => intersects(rect, inflate(own, 20)))).toBe(false);
  });

  it('brings a whole new app as one block beside the others', () => {
    const known = Object.fromEntries(
      Object.entries(layoutScene(input)).filter(([id]) => !id.startsWith('billing.')),
    );
    const positions = placeNew(input, known);
    expect(positions).toMatchObject(known);
    const arrangement = createArrangement(scene, positions);
    const billing = arrangement.regions().find(({ app }) => app.label === 'billing');
    const others = arrangement.regions().filter(({ app }) => app.label !== 'billing');
    expect(others.some(({ rect }) => billing !== undefined && intersects(rect, billing.rect))).toBe(false);
  });

  it('keeps a new model of an app in its app, also when all its relations lead elsewhere', () => {
    const all = layoutScene(input);
    const targets = scene.nodes.filter((node) => node.app === 'billing').slice(0, 3);
    const fresh = makeModel(
      'accounts.Fresh',
      targets.map((node, at) => makeRelation(`to_${String(at)}`, node.id)),
    );
    const snapshot = makeSnapshot({ models: 120, fields: 6, relations: 180, apps: 6 });
    const grown = createScene({ ...snapshot, models: [...snapshot.models, fresh] });
    const arrangement = createArrangement(grown, placeNew(layoutInputOf(grown), all));
    expect(overlaps(arrangement.regions().map((region) => region.rect))).toBe(0);
  });

  it('comes where it was asked for, beside what stands there', () => {
    const all = layoutScene(input);
    const there = all['sales.Order'] ?? all[scene.nodes[0]?.id ?? ''] ?? { x: 0, y: 0 };
    const snapshot = makeSnapshot({ models: 120, fields: 6, relations: 180, apps: 6 });
    const grown = createScene({ ...snapshot, models: [...snapshot.models, makeModel('sales.Fresh', [])] });
    const arrangement = createArrangement(
      grown,
      placeNew(layoutInputOf(grown), all, { 'sales.Fresh': there }),
    );
    const own = arrangement.rectOf('sales.Fresh');
    expect(Math.hypot(own.x - there.x, own.y - there.y)).toBeLessThan(500);
    expect(arrangement.index.within(own)).toEqual(['sales.Fresh']);
  });

  it('is a whole layout where nothing has a place', () => {
    expect(placeNew(input, {})).toEqual(layoutScene(input));
    expect(placeNew(input, { 'gone.Model': { x: 1, y: 1 } })).toEqual(layoutScene(input));
  });
});

describe('packing', () => {
  it('keeps the gap between all boxes', () => {
    const boxes = Array.from({ length: 60 }, (_, at) => ({
      width: 40 + ((at * 37) % 200),
      height: 30 + ((at * 53) % 160),
    }));
    const places = packBoxes(boxes, 20, 1.6);
    const rects = boxes.map((box, at) => ({ ...box, ...(places[at] ?? { x: 0, y: 0 }) }));
    expect(
      overlaps(rects.map((rect) => ({ ...rect, width: rect.width + 19.9, height: rect.height + 19.9 }))),
    ).toBe(0);
  });
});
