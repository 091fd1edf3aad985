import { describe, expect, test } from 'vitest';
import { commandSpecs } from '../../../../shared/commands.ts';
import { matchesShortcut, shortcutText, type KeyPress } from '../../../../renderer/ui/shortcut.ts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('shortcuts', () => {
  test('Mod is control elsewhere and the command key on a Mac', () => {
    expect(matchesShortcut('Mod+S', press('s', { ctrlKey: true }), false)).toBe(true);
    expect(matchesShortcut('Mod+S', press('s', { metaKey: true }), false)).toBe(false);
    expect(matchesShortcut('Mod+S', press('s', { metaKey: true }), true)).toBe(true);
    expect(matchesShortcut('Mod+S', press('s', { ctrlKey: true }), true)).toBe(false);
  });

  test('every modifier counts', () => {
    const key = press('P', { ctrlKey: true, shiftKey: true });
    expect(matchesShortcut('Mod+Shift+P', key, false)).toBe(true);
    expect(matchesShortcut('Mod+P', key, false)).toBe(false);
  });

  test('with Alt on a Mac the key types another character: its place decides', () => {
    const key = press('¡', { altKey: true, code: 'Digit1' });
    expect(matchesShortcut('Alt+1', key, true)).toBe(true);
    expect(matchesShortcut('Alt+2', key, true)).toBe(false);
  });

  test('on another alphabet the place of the letter decides, on another Latin layout the letter', () => {
    expect(matchesShortcut('Mod+K', press('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true);
    // AZERTY: the key in the place of Q types an a.
    expect(matchesShortcut('Mod+Q', press('a', { ctrlKey: true, code: 'KeyQ' }), false)).toBe(false);
  });

  test('are written as the platform writes them', () => {
    expect(shortcutText('Mod+Shift+P', false)).toBe('Ctrl+Shift+P');
    expect(shortcutText('Mod+Shift+P', true)).toBe('⌘⇧P');
  });

  test('no two commands share one', () => {
    const all = commandSpecs.flatMap((spec) => ('shortcuts' in spec ? [...spec.shortcuts] : []));
    expect(new Set<string>(all).size).toBe(all.length);
  });
});
