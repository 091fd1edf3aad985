/** The colors a program can name; what they look like is the theme's matter. */
export type AnsiColor = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

/** How a piece of a line is set. */
export interface TextStyle {
  readonly color: AnsiColor | null;
  readonly bold: boolean;
  readonly faint: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

/** A piece of text in one style. */
export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
}

/** As text comes without any escape sequence. */
export const plainStyle: TextStyle = {
  color: null,
  bold: false,
  faint: false,
  italic: false,
  underline: false,
};

const colors: readonly AnsiColor[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

// ECMA-48: control sequences (CSI), operating system commands (OSC, ended by BEL or ST), other escapes.
const ESCAPE = /\x1b(?:\[([0-9;:?<=>]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;
const UNPRINTED = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** Text with the styles that its escape sequences ask for; other sequences are left out. */
export function parseAnsi(text: string): readonly StyledText[] {
  if (!text.includes('\x1b')) return [{ text: printed(text), style: plainStyle }];
  const parts: StyledText[] = [];
  let style = plainStyle;
  let end = 0;
  const add = (piece: string): void => {
    if (piece !== '') parts.push({ text: printed(piece), style });
  };
  for (const match of text.matchAll(ESCAPE)) {
    add(text.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[2] === 'm') style = restyled(style, match[1] ?? '');
  }
  add(text.slice(end));
  return parts;
}

function printed(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(UNPRINTED, '').replaceAll('\r', '');
}

/** Applies the numbers of a "select graphic rendition" sequence. */
function restyled(before: TextStyle, numbers: string): TextStyle {
  const codes = numbers.split(/[;:]/).map(Number);
  let style = before;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { color, length } = extendedColor(codes.slice(index + 1));
      if (code === 38) style = { ...style, color };
      index += length;
    } else style = withCode(style, code);
  }
  return style;
}

function withCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return plainStyle;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, color: null };
  // Bright colors are the same colors: both must be readable on the theme's surface.
  const base = code >= 90 && code <= 97 ? code - 90 : code - 30;
  const color = colors[base];
  return color === undefined ? style : { ...style, color };
}

/** `5;n` out of 256 colors, `2;r;g;b` any: the nearest of the eight, so that it can be read in every theme. */
function extendedColor(codes: readonly number[]): {
  readonly color: AnsiColor | null;
  readonly length: number;
} {
  const [kind, first = 0, green = 0, blue = 0] = codes;
  if (kind === 2) return { color: nearest(first, green, blue), length: 4 };
  if (kind !== 5) return { color: null, length: 0 };
  if (first < 16) return { color: colors[first % 8] ?? null, length: 2 };
  if (first >= 232) return { color: first > 243 ? 'white' : 'black', length: 2 };
  const cube = first - 16;
  const part = (divisor: number): number => (Math.floor(cube / divisor) % 6) * 51;
  return { color: nearest(part(36), part(6), part(1)), length: 2 };
}

function nearest(red: number, green: number, blue: number): AnsiColor {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  if (high - low < 48) return high > 127 ? 'white' : 'black';
  const half = (high + low) / 2;
  const index = (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
  return colors[index] ?? 'white';
}
