import { describe, expect, it } from 'vitest';
import {
  between,
  clampTo,
  fitTo,
  MAX_ZOOM,
  MIN_ZOOM,
  panBy,
  reveal,
  toScreen,
  toWorld,
  visibleWorld,
  zoomAt,
} from '../../../../../../renderer/features/models/canvas/camera.ts';

const viewport = { width: 1000, height: 600 };
const camera = { x: 100, y: 50, zoom: 0.5 };

describe('the camera', () => {
  it('goes from the world to the screen and back', () => {
    const point = { x: 321, y: 123 };
    expect(toWorld(camera, toScreen(camera, point))).toEqual(point);
    expect(visibleWorld(camera, viewport)).toEqual({ x: 100, y: 50, width: 2000, height: 1200 });
  });

  it('moves by as many pixels as the pointer', () => {
    expect(toScreen(panBy(camera, 30, -10), toWorld(camera, { x: 5, y: 5 }))).toEqual({ x: 35, y: -5 });
  });

  it('zooms around a point, within its limits', () => {
    const at = { x: 700, y: 200 };
    const before = toWorld(camera, at);
    const near = zoomAt(camera, at, 1.7);
    expect(toWorld(near, at).x).toBeCloseTo(before.x);
    expect(toWorld(near, at).y).toBeCloseTo(before.y);
    expect(zoomAt(camera, at, 1e9).zoom).toBe(MAX_ZOOM);
    expect(zoomAt(camera, at, 1e-9).zoom).toBe(MIN_ZOOM);
  });

  it('fits all of a picture, and does not blow up a small one', () => {
    const big = { x: -500, y: 200, width: 8000, height: 3000 };
    const view = visibleWorld(fitTo(big, viewport), viewport);
    expect(view.x).toBeLessThanOrEqual(big.x);
    expect(view.x + view.width).toBeGreaterThanOrEqual(big.x + big.width);
    expect(fitTo({ x: 0, y: 0, width: 50, height: 50 }, viewport).zoom).toBe(1);
  });

  it('keeps a strip of the picture in sight', () => {
    const bounds = { x: 0, y: 0, width: 400, height: 300 };
    const lost = clampTo({ x: 1e6, y: -1e6, zoom: 1 }, bounds, viewport);
    const view = visibleWorld(lost, viewport);
    expect(view.x).toBeLessThan(bounds.width);
    expect(view.y + view.height).toBeGreaterThan(0);
    const inside = { x: 10, y: 10, zoom: 1 };
    expect(clampTo(inside, bounds, viewport)).toEqual(inside);
  });

  it('moves no further than needed to show something', () => {
    const seen = { x: 500, y: 300, width: 200, height: 100 };
    expect(reveal(camera, seen, viewport)).toEqual(camera);
    const right = reveal(camera, { x: 3000, y: 300, width: 200, height: 100 }, viewport);
    expect(visibleWorld(right, viewport).x + 2000).toBeCloseTo(3000 + 200 + 80);
    expect(right.y).toBe(camera.y);
  });

  it('travels from one view to another without leaving the way', () => {
    const to = { x: 4000, y: 50, zoom: 2 };
    expect(between(camera, to, 1, viewport)).toEqual(to);
    const start = between(camera, to, 0, viewport);
    expect(start.x).toBeCloseTo(camera.x);
    expect(start.zoom).toBeCloseTo(camera.zoom);
    const zooms = [0.1, 0.3, 0.5, 0.7, 0.9].map((t) => between(camera, to, t, viewport).zoom);
    expect([...zooms].sort((a, b) => a - b)).toEqual(zooms);
  });
});
