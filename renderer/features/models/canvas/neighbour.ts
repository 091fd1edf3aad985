import type { Arrangement } from './arrangement.ts';
import { centerOf } from './geometry.ts';

/** A direction of the arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** How much being off the straight way counts against a model, compared with being far away. */
const SIDEWAYS = 2;

/** The model that an arrow key leads to from another; null where there is none in that direction. */
export function modelTowards(arrangement: Arrangement, from: string, direction: Direction): string | null {
  const start = centerOf(arrangement.rectOf(from));
  let best: string | null = null;
  let bestCost = Infinity;
  for (const { id } of arrangement.scene.nodes) {
    if (id === from) continue;
    const center = centerOf(arrangement.rectOf(id));
    const [ahead, aside] = along(direction, center.x - start.x, center.y - start.y);
    if (ahead <= 1) continue;
    const cost = ahead + SIDEWAYS * Math.abs(aside);
    if (cost < bestCost) {
      bestCost = cost;
      best = id;
    }
  }
  return best;
}

function along(direction: Direction, dx: number, dy: number): readonly [number, number] {
  switch (direction) {
    case 'left':
      return [-dx, dy];
    case 'right':
      return [dx, dy];
    case 'up':
      return [-dy, dx];
    case 'down':
      return [dy, dx];
  }
}
