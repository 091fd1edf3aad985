// What is read of a project stays in memory as long as it is open, so it is kept small.

const words = new Map<string, string>();
const MOST_WORDS = 20_000;
const LONGEST_WORD = 40;

/** One string for all places where a word stands: the words of a project are few, and their places are many. */
export function sharedWord(word: string): string {
  if (word.length > LONGEST_WORD) return word;
  const same = words.get(word);
  if (same !== undefined) return same;
  if (words.size === MOST_WORDS) words.clear();
  words.set(word, word);
  return word;
}

const NONE: readonly never[] = [];

/** A list without the room that is left in it for more: V8 makes it for seventeen with the first that is pushed. */
export function keptList<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice();
}
