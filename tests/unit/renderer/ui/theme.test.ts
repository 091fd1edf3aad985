import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

const css = await readFile(new URL('../../../../renderer/ui/theme.css', import.meta.url), 'utf8');
const tokens = new Map<string, { readonly light: string; readonly dark: string }>();
for (const [, name, light, dark] of css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)) {
  if (name !== undefined && light !== undefined && dark !== undefined) tokens.set(name, { light, dark });
}

const surfaces = ['frame', 'side', 'main', 'raised', 'field', 'inset'].map((name) => `surface-${name}`);
const pairs: readonly (readonly [text: string, ground: string])[] = [
  ...['text', 'text-muted', 'text-faint', 'accent-text', 'danger-text', 'warning-text', 'info-text'].flatMap(
    (text) => surfaces.map((ground) => [text, ground] as const),
  ),
  ...['code-keyword', 'code-string', 'code-number', 'code-comment', 'code-name'].flatMap((text) =>
    ['surface-main', 'surface-inset'].map((ground) => [text, ground] as const),
  ),
  ['text-selected', 'surface-selected'],
  ['text-on-accent', 'accent'],
  ['text-on-accent', 'accent-hover'],
  ['text-on-danger', 'danger'],
  ['text-on-danger', 'danger-hover'],
  ['success-text', 'success-soft'],
  ['warning-text', 'warning-soft'],
  ['danger-text', 'danger-soft'],
  ['info-text', 'info-soft'],
  ['text', 'warning-soft'],
  ['text', 'danger-soft'],
  ['text', 'info-soft'],
  ['text-muted', 'accent-soft'],
  ['added-text', 'added-line'],
  ['removed-text', 'removed-line'],
];

describe('contrast of text, by the formula of WCAG 2', () => {
  for (const theme of ['light', 'dark'] as const) {
    test.each(pairs)(`${theme}: %s on %s`, (text, ground) => {
      expect(contrast(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5);
    });
    test(`${theme}: the focus ring and the edges of fields stand out`, () => {
      for (const surface of surfaces) {
        expect(contrast(color('focus', theme), color(surface, theme))).toBeGreaterThanOrEqual(3);
        expect(contrast(color('line-field', theme), color(surface, theme))).toBeGreaterThanOrEqual(3);
      }
    });
  }
});

function color(name: string, theme: 'light' | 'dark'): string {
  const token = tokens.get(name);
  if (token === undefined) throw new Error(`There is no token --${name} with two plain colors.`);
  return token[theme];
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
