import { z } from 'zod';

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
});

/** Where a window stood when it was closed. */
export const windowStateSchema = z.object({ bounds: bounds.nullable(), maximized: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;
export type Bounds = z.infer<typeof bounds>;

/** Before any window was closed. */
export const firstWindowState: WindowState = { bounds: null, maximized: false };

const SHOWN = 100;

/** Whether enough of a window is on a screen to be taken hold of: screens come and go. */
export function isReachable(window: Bounds, screens: readonly Bounds[]): boolean {
  return screens.some((screen) => {
    const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
    // The title bar is what one takes hold of.
    const topIsOn = window.y >= screen.y && window.y < screen.y + screen.height - SHOWN / 2;
    return width >= SHOWN && topIsOn;
  });
}
