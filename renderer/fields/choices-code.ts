import { pythonString } from '../../shared/python/python-code.ts';
import { splitOutside } from '../../shared/python/split-outside.ts';
import { readString } from '../../shared/python/string-code.ts';

/** One member of `choices`. */
export interface ChoicePair {
  readonly value: string;
  readonly label: string;
}

/** Reads `[('draft', 'Draft'), …]`; null where the code is anything else, which is then edited as code. */
export function readChoices(code: string): readonly ChoicePair[] | null {
  const list = unwrapped(code.trim(), '[', ']') ?? unwrapped(code.trim(), '(', ')');
  if (list === null) return null;
  const pairs = splitOutside(list, ',').filter((part) => part !== '');
  const read = pairs.map((pair) => {
    const inside = unwrapped(pair, '(', ')') ?? unwrapped(pair, '[', ']');
    const [value, label, ...more] =
      inside === null ? [] : splitOutside(inside, ',').filter((part) => part !== '');
    const text = label === undefined ? null : readString(label);
    if (value === undefined || text === null || more.length > 0) return null;
    const plain = readString(value) ?? (/^-?\d+$/.test(value) ? value : null);
    return plain === null ? null : { value: plain, label: text };
  });
  return read.every((pair) => pair !== null) ? read : null;
}

/** Reads `['title', '-year']` or a tuple of strings; null where the code is anything else. */
export function readNames(code: string): readonly string[] | null {
  const list = unwrapped(code.trim(), '[', ']') ?? unwrapped(code.trim(), '(', ')');
  if (list === null) return null;
  const names = splitOutside(list, ',')
    .filter((part) => part !== '')
    .map(readString);
  return names.every((name) => name !== null) ? names : null;
}

/** Writes names as a list; a tuple stays one. */
export function writeNames(names: readonly string[], before: string | null = null): string {
  const items = names.map((name) => pythonString(name));
  if (before?.trimStart().startsWith('(') !== true) return `[${items.join(', ')}]`;
  return items.length === 1 ? `(${items.join('')},)` : `(${items.join(', ')})`;
}

/** Writes choices as a list of tuples; values of a number field stay numbers. */
export function writeChoices(pairs: readonly ChoicePair[], numeric: boolean): string {
  const items = pairs.map(({ value, label }) => {
    const code = numeric && /^-?\d+$/.test(value) ? value : pythonString(value);
    return `(${code}, ${pythonString(label)})`;
  });
  return `[${items.join(', ')}]`;
}

/** One choice a line: `draft: Draft`, or `draft` alone, whose label is made from it. */
export function choicesFromLines(text: string): readonly ChoicePair[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      const value = (colon < 0 ? line : line.slice(0, colon)).trim();
      const label = colon < 0 ? '' : line.slice(colon + 1).trim();
      return { value, label: label === '' ? labelOf(value) : label };
    });
}

/** The lines for choices that were read. */
export function choicesToLines(pairs: readonly ChoicePair[]): string {
  return pairs.map(({ value, label }) => `${value}: ${label}`).join('\n');
}

function labelOf(value: string): string {
  const words = value.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function unwrapped(code: string, open: string, close: string): string | null {
  return code.startsWith(open) && code.endsWith(close) ? code.slice(1, -1) : null;
}
