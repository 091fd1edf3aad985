import { indentAt, lineEnd, lineStart, nextLine } from './file-style.ts';
import type { SyntaxNode } from './parser.ts';
import { partsOf } from './syntax.ts';
import type { TextEdit } from './text-edit.ts';

/** Adds items to a list, a tuple or the arguments of a call; `at` is the first one's index, by default the last. */
export function insertItems(
  list: SyntaxNode,
  text: string,
  codes: readonly string[],
  at?: number,
): readonly TextEdit[] {
  if (codes.length === 0) return [];
  const items = partsOf(list);
  const index = Math.min(at ?? items.length, items.length);
  const last = items.at(-1);
  const first = items[0];
  if (last === undefined || first === undefined) return fillEmpty(list, text, codes);
  const next = items[index];
  const vertical = first.startPosition.row > list.startPosition.row;
  if (next !== undefined) {
    const gap = vertical ? `,\n${indentAt(text, next.startIndex)}` : ', ';
    return [{ start: next.startIndex, end: next.startIndex, text: codes.map((code) => code + gap).join('') }];
  }
  return vertical ? appendLine(list, last, text, codes) : appendInline(list, last, text, codes);
}

function fillEmpty(list: SyntaxNode, text: string, codes: readonly string[]): readonly TextEdit[] {
  const open = list.startIndex + 1;
  const inside = text.slice(open, list.endIndex - 1);
  const item = list.type === 'tuple' && codes.length === 1 ? `${codes.join('')},` : codes.join(', ');
  if (inside.trim() === '') return [{ start: open, end: list.endIndex - 1, text: item }];
  // Only comments stand inside: they stay above the first item.
  const close = lineStart(text, list.endIndex - 1);
  const indent = indentAt(text, open + inside.search(/\S/));
  return [{ start: close, end: close, text: codes.map((code) => `${indent}${code},\n`).join('') }];
}

/** One item a line: the comma goes behind the item before, the new line behind its comment. */
function appendLine(
  list: SyntaxNode,
  last: SyntaxNode,
  text: string,
  codes: readonly string[],
): readonly TextEdit[] {
  const comma = trailingComma(list, last);
  const closesHere = list.endPosition.row === last.endPosition.row;
  const indent = indentAt(text, last.startIndex);
  // Several items on one line: go on in that line.
  const alone = text.slice(lineStart(text, last.startIndex), last.startIndex).trim() === '';
  if (!alone || closesHere) return appendInline(list, last, text, codes);
  const end = lineEnd(text, (comma ?? last).endIndex);
  return [
    ...(comma === null ? [{ start: last.endIndex, end: last.endIndex, text: ',' }] : []),
    {
      start: end,
      end,
      text: `${codes.map((code) => `\n${indent}${code}`).join(',')}${comma === null ? '' : ','}`,
    },
  ];
}

function appendInline(
  list: SyntaxNode,
  last: SyntaxNode,
  text: string,
  codes: readonly string[],
): readonly TextEdit[] {
  const comma = trailingComma(list, last);
  const single = list.type === 'tuple' && partsOf(list).length === 1 && comma !== null;
  if (single)
    return [{ start: last.endIndex, end: comma.endIndex, text: codes.map((code) => `, ${code}`).join('') }];
  const first = partsOf(list)[0];
  const ownLine = first !== undefined && last.startPosition.row > first.startPosition.row;
  const aligned = ownLine && text.slice(lineStart(text, last.startIndex), last.startIndex).trim() === '';
  const gap = aligned ? `,\n${indentAt(text, last.startIndex)}` : ', ';
  return [{ start: last.endIndex, end: last.endIndex, text: codes.map((code) => gap + code).join('') }];
}

function trailingComma(list: SyntaxNode, last: SyntaxNode): SyntaxNode | null {
  const comma = list.children.findLast(({ type }) => type === ',');
  return comma !== undefined && comma.startIndex >= last.endIndex ? comma : null;
}

/** Takes items out of a list, a tuple or the arguments of a call, with their commas. */
export function removeItems(
  list: SyntaxNode,
  text: string,
  gone: readonly SyntaxNode[],
): readonly TextEdit[] {
  const items = partsOf(list);
  const isGone = (node: SyntaxNode): boolean => gone.some((each) => each.id === node.id);
  const kept = items.filter((item) => !isGone(item));
  const [only] = kept;
  if (only === undefined) return [{ start: list.startIndex + 1, end: list.endIndex - 1, text: '' }];
  const edits = runsOf(items, isGone).flatMap(({ first, last }) => removeRun(list, items, text, first, last));
  // A tuple of one item needs its comma.
  const bare = list.type === 'tuple' && kept.length === 1 && commaBehind(list, only) === null;
  const cut = edits.some(({ start }) => start === only.endIndex);
  if (list.type !== 'tuple' || kept.length !== 1 || (!bare && !cut)) return edits;
  return [{ start: only.endIndex, end: only.endIndex, text: ',' }, ...edits];
}

/** Neighbours that go together, by their indices. */
function runsOf(
  items: readonly SyntaxNode[],
  isGone: (node: SyntaxNode) => boolean,
): readonly { readonly first: number; readonly last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const [index, item] of items.entries()) {
    if (!isGone(item)) continue;
    const run = runs.at(-1);
    if (run?.last === index - 1) run.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs;
}

function removeRun(
  list: SyntaxNode,
  items: readonly SyntaxNode[],
  text: string,
  first: number,
  last: number,
): readonly TextEdit[] {
  const run = items.slice(first, last + 1);
  const ends = run.map((item) => commaBehind(list, item)?.endIndex ?? item.endIndex);
  if (run.every((item, index) => standsAlone(text, item, ends[index] ?? item.endIndex))) {
    return run.map((item, index) => ({
      start: lineStart(text, item.startIndex),
      end: nextLine(text, ends[index] ?? item.endIndex),
      text: '',
    }));
  }
  const next = items[last + 1];
  const start = run[0]?.startIndex ?? list.endIndex;
  if (next !== undefined) return [{ start, end: next.startIndex, text: '' }];
  const before = items[first - 1];
  return [{ start: before?.endIndex ?? start, end: ends.at(-1) ?? start, text: '' }];
}

function commaBehind(list: SyntaxNode, item: SyntaxNode): SyntaxNode | null {
  const next = partsOf(list).find(({ startIndex }) => startIndex >= item.endIndex);
  const comma = list.children.find(({ type, startIndex }) => type === ',' && startIndex >= item.endIndex);
  return comma === undefined || (next !== undefined && comma.startIndex > next.startIndex) ? null : comma;
}

/** Nothing else stands on the lines of this item. */
function standsAlone(text: string, item: SyntaxNode, end: number): boolean {
  const before = text.slice(lineStart(text, item.startIndex), item.startIndex);
  const after = text.slice(end, lineEnd(text, end));
  return before.trim() === '' && /^\s*(#.*)?$/.test(after);
}
