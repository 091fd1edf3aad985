import { splitOutside } from '../../../../shared/python/split-outside.ts';

/** The words of a line; what stands in quotes or brackets is one word with what it hangs on. */
export function wordsOf(line: string): readonly string[] {
  // `Char (200)` and `default = 3` are meant like `Char(200)` and `default=3`.
  const tight = line.replace(/\s+(?=[([])/g, '').replace(/(\w)\s*=\s*(?=\S)/g, '$1=');
  return splitOutside(tight.replaceAll('\t', ' '), ' ').filter((word) => word !== '');
}
