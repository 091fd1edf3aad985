import { describe, expect, it } from 'vitest';
import { intersects, type Rect } from '../../../../../../renderer/features/models/canvas/geometry.ts';
import { createSpatialIndex } from '../../../../../../renderer/features/models/canvas/spatial-index.ts';

const boxes: readonly (readonly [string, Rect])[] = Array.from({ length: 300 }, (_, at) => [
  `m${String(at)}`,
  {
    x: ((at * 761) % 9000) - 4000,
    y: ((at * 457) % 7000) - 3000,
    width: 100 + (at % 7) * 90,
    height: 80 + (at % 5) * 200,
  },
]);

function filled() {
  const index = createSpatialIndex();
  for (const [id, rect] of boxes) index.set(id, rect);
  return index;
}

describe('the spatial index', () => {
  it.each([
    { x: -100, y: -100, width: 300, height: 300 },
    { x: -5000, y: -4000, width: 20_000, height: 20_000 },
    { x: 511, y: 511, width: 2, height: 2 },
    { x: 90_000, y: 0, width: 10, height: 10 },
  ])('finds what a comparison with every box finds in %o', (rect) => {
    const wanted = boxes.filter(([, box]) => intersects(box, rect)).map(([id]) => id);
    expect(filled().within(rect).sort()).toEqual([...wanted].sort());
  });

  it('follows boxes that move and forgets those that go', () => {
    const index = filled();
    index.set('m0', { x: 50_000, y: 50_000, width: 10, height: 10 });
    expect(index.at({ x: 50_005, y: 50_005 })).toEqual(['m0']);
    expect(index.within({ x: -4000, y: -3000, width: 9, height: 9 })).not.toContain('m0');
    index.remove('m0');
    expect(index.at({ x: 50_005, y: 50_005 })).toEqual([]);
    expect(index.get('m0')).toBeUndefined();
  });
});
