/** How well a text fits what was typed: higher is better, null where it does not fit. */
export function fuzzyScore(text: string, typed: string): number | null {
  const wanted = typed.toLowerCase().replaceAll(' ', '');
  if (wanted === '') return 0;
  const lower = text.toLowerCase();
  const whole = lower.indexOf(typed.trim().toLowerCase());
  if (whole >= 0) return 1000 + (startsWord(text, whole) ? 200 : 0) - whole * 0.5 - text.length * 0.1;
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    const at = bestPlace(text, lower, letter, from, last);
    if (at < 0) return null;
    score += at === last + 1 ? 15 : startsWord(text, at) ? 12 : 1;
    last = at;
    from = at + 1;
  }
  return score - text.length * 0.1;
}

// The letter right behind the last one, else where a word starts, else anywhere.
function bestPlace(text: string, lower: string, letter: string, from: number, last: number): number {
  const next = lower.indexOf(letter, from);
  if (next < 0 || next === last + 1) return next;
  for (let at = next; at >= 0; at = lower.indexOf(letter, at + 1)) if (startsWord(text, at)) return at;
  return next;
}

function startsWord(text: string, at: number): boolean {
  const before = text[at - 1];
  if (before === undefined || /[^\p{L}\p{N}]/u.test(before)) return true;
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(text[at] ?? '');
}

/** The things that fit what was typed, the best first; in their own order where nothing is typed. */
export function fuzzyFilter<T>(
  items: readonly T[],
  typed: string,
  textOf: (item: T) => string,
  limit: number,
): readonly T[] {
  if (typed.trim() === '') return items.slice(0, limit);
  return items
    .map((item) => ({ item, score: fuzzyScore(textOf(item), typed) }))
    .filter((entry): entry is { item: T; score: number } => entry.score !== null)
    .sort((one, other) => other.score - one.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
