import type { Point } from '../../../renderer/features/models/canvas/geometry.ts';

/** Where the middle of the window looks in one frame. */
export interface Step extends Point {
  readonly zoom: number;
}

/** The time of the next frame. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** The same small round for every canvas: 22 by 14 pixels a frame at the most. */
export function panStep(middle: Point, zoom: number): (at: number) => Step {
  return (at) => ({
    x: middle.x + ((1 - Math.cos(at / 12)) * 264) / zoom,
    y: middle.y + (Math.sin(at / 17) * 238) / zoom,
    zoom,
  });
}

/** In and out again, twice in 240 frames. */
export function zoomStep(middle: Point): (at: number) => Step {
  return (at) => ({ ...middle, zoom: 0.05 * 30 ** ((1 - Math.cos((at / 60) * Math.PI)) / 2) });
}

/** Frames a second and the slowest frame, while something moves a little with every frame. */
export async function fpsOf(step: (at: number) => void, frames = 120): Promise<readonly [number, number]> {
  for (let warm = 0; warm < 5; warm += 1) await nextFrame();
  const times: number[] = [];
  let previous = await nextFrame();
  const started = previous;
  for (let at = 0; at < frames; at += 1) {
    step(at);
    const now = await nextFrame();
    times.push(now - previous);
    previous = now;
    // A canvas that takes seconds a frame has been measured by then.
    if (now - started > 20_000) break;
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  return [Math.round((times.length * 10_000) / total) / 10, Math.round(Math.max(...times))];
}
