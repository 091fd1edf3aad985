import { describe, expect, it } from 'vitest';
import { canvasAction } from '../../../../../../renderer/features/models/canvas/canvas-keys.ts';

const press = (key: string, more: Partial<Parameters<typeof canvasAction>[0]> = {}) =>
  canvasAction({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

describe('the keys of the canvas', () => {
  it('go between models, move the view, and move a model', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'go', direction: 'left' });
    expect(press('ArrowUp', { shiftKey: true })).toEqual({ kind: 'pan', direction: 'up' });
    expect(press('ArrowUp', { altKey: true })).toEqual({ kind: 'nudge', direction: 'up' });
  });

  it('leave the shortcuts of the window alone', () => {
    expect(press('0', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { metaKey: true })).toBeNull();
    expect(press('-', { ctrlKey: true })).toBeNull();
    expect(press('toString')).toBeNull();
  });

  it('zoom, fit, open, rename and delete', () => {
    expect(press('0')).toEqual({ kind: 'fit' });
    expect(press('Enter')).toEqual({ kind: 'open' });
    expect(press('F2')).toEqual({ kind: 'rename' });
    expect(press('Delete')).toEqual({ kind: 'remove' });
    expect(press('a', { ctrlKey: true })).toEqual({ kind: 'select-all' });
  });
});
