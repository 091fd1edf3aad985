import { insertItems, removeItems } from './list-edit.ts';
import type { SyntaxNode } from './parser.ts';
import { partsOf } from './syntax.ts';
import type { TextEdit } from './text-edit.ts';

/** Edits that make a list, tuple or set hold these items in this order; items that stay keep their bytes and comments. */
export function changeItems(list: SyntaxNode, text: string, codes: readonly string[]): readonly TextEdit[] {
  const items = partsOf(list);
  const kept = commonRun(
    items.map((item) => item.text),
    codes,
  );
  const edits: TextEdit[] = [];
  const gone: SyntaxNode[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const [oldEnd, newEnd] of [...kept, [items.length, codes.length] as const]) {
    // What stands between two items that stay: old ones are replaced one by one, the rest goes or is new.
    const before = items.slice(oldAt, oldEnd);
    const after = codes.slice(newAt, newEnd);
    for (const [index, item] of before.entries()) {
      const code = after[index];
      if (code === undefined) gone.push(item);
      else edits.push({ start: item.startIndex, end: item.endIndex, text: code });
    }
    edits.push(...insertItems(list, text, after.slice(before.length), oldEnd));
    [oldAt, newAt] = [oldEnd + 1, newEnd + 1];
  }
  return gone.length === 0 ? edits : [...edits, ...removeItems(list, text, gone)];
}

/** Pairs of indices of the longest run of items that both have, in order. */
function commonRun(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number])[] {
  const lengths = before.map(() => after.map(() => 0));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row === undefined) continue;
      row[j] =
        before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pairs.push([i, j]);
      [i, j] = [i + 1, j + 1];
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
