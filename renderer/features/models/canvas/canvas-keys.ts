import type { CommandId } from '../../../../shared/commands.ts';
import type { Direction } from './neighbour.ts';

/** What a key does while the focus is on the canvas. */
export type CanvasAction =
  | { readonly kind: 'go'; readonly direction: Direction }
  | { readonly kind: 'pan'; readonly direction: Direction }
  | { readonly kind: 'nudge'; readonly direction: Direction }
  | { readonly kind: 'field'; readonly step: 1 | -1 }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'move-field'; readonly step: 1 | -1 }
  | { readonly kind: 'command'; readonly command: CommandId }
  | { readonly kind: 'rename' }
  | { readonly kind: 'fit' | 'open' | 'remove' | 'clear' | 'add-field' | 'select-all' };

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
]);

const PLAIN: ReadonlyMap<string, CanvasAction> = new Map<string, CanvasAction>([
  ['+', { kind: 'zoom', factor: 1.25 }],
  ['=', { kind: 'zoom', factor: 1.25 }],
  ['-', { kind: 'zoom', factor: 0.8 }],
  ['0', { kind: 'fit' }],
  ['Home', { kind: 'fit' }],
  ['Enter', { kind: 'open' }],
  ['F2', { kind: 'rename' }],
  ['Delete', { kind: 'remove' }],
  ['Backspace', { kind: 'remove' }],
  ['Insert', { kind: 'add-field' }],
  ['a', { kind: 'add-field' }],
  ['Escape', { kind: 'clear' }],
  ['[', { kind: 'field', step: -1 }],
  [']', { kind: 'field', step: 1 }],
  ['{', { kind: 'move-field', step: -1 }],
  ['}', { kind: 'move-field', step: 1 }],
  ['f', { kind: 'command', command: 'models.focusAround' }],
  ['F', { kind: 'command', command: 'models.focusNarrower' }],
  ['r', { kind: 'command', command: 'models.reachOut' }],
  ['R', { kind: 'command', command: 'models.reachIn' }],
  ['c', { kind: 'command', command: 'models.toggleCollapsed' }],
  ['l', { kind: 'command', command: 'models.arrangeSelection' }],
  ['o', { kind: 'command', command: 'models.overview' }],
  ['e', { kind: 'command', command: 'models.toggleEdges' }],
  ['m', { kind: 'command', command: 'models.addModel' }],
  ['k', { kind: 'command', command: 'models.relate' }],
  ['/', { kind: 'command', command: 'models.find' }],
]);

/** With the control or command key; the browser's own meaning of these helps nobody on the canvas. */
const WITH_CONTROL: ReadonlyMap<string, CanvasAction> = new Map<string, CanvasAction>([
  ['a', { kind: 'select-all' }],
  ['d', { kind: 'command', command: 'models.duplicate' }],
  ['f', { kind: 'command', command: 'models.find' }],
]);

/** The meaning of a key press on the canvas; null where it has none. */
export function canvasAction(press: KeyPress): CanvasAction | null {
  const modified = press.ctrlKey || press.metaKey;
  const direction = DIRECTIONS.get(press.key);
  if (direction !== undefined) {
    if (modified) return null;
    if (press.altKey) return { kind: 'nudge', direction };
    return { kind: press.shiftKey ? 'pan' : 'go', direction };
  }
  if (modified) return press.altKey || press.shiftKey ? null : (WITH_CONTROL.get(press.key) ?? null);
  if (press.altKey) return null;
  return PLAIN.get(press.key) ?? null;
}
