import { expect, test } from 'vitest';
import { isReachable, windowStateSchema } from '../../../../main/electron/window-state.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const window = { x: 100, y: 100, width: 1280, height: 820 };

test.each([
  ['on the screen', window, [left], true],
  ['half outside', { ...window, x: -1100 }, [left], true],
  ['on the other screen', { ...window, x: 2000 }, [left, right], true],
  ['on a screen that is gone', { ...window, x: 2000 }, [left], false],
  ['with its title bar above the screen', { ...window, y: -40 }, [left], false],
  ['below the screen', { ...window, y: 1060 }, [left], false],
  ['without any screen', window, [], false],
])('a window %s', (_where, bounds, screens, reachable) => {
  expect(isReachable(bounds, screens)).toBe(reachable);
});

test('a damaged state is refused', () => {
  expect(windowStateSchema.safeParse({ bounds: { ...window, width: 1 }, maximized: false }).success).toBe(
    false,
  );
  expect(windowStateSchema.safeParse({ bounds: null, maximized: true }).success).toBe(true);
});
