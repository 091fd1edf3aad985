import { structuredPatch } from 'diff';
import { expect, it } from 'vitest';
import { hunksBetween } from '../../../../../shared/django/plan/hunks.ts';
import { createRandom } from '../../../../support/seeded-random.ts';

/** What a comparison of the whole texts gives: where each hunk stands, and its lines. */
function whole(before: string, after: string): readonly unknown[] {
  return structuredPatch('', '', before, after, undefined, undefined, { context: 3 }).hunks.map((hunk) => [
    ...[hunk.oldStart, hunk.oldLines, hunk.newStart, hunk.newLines],
    hunk.lines.filter((line) => !line.startsWith('\\')).map((line) => line.slice(1).replace(/\r$/, '')),
  ]);
}

const shown = (before: string, after: string): readonly unknown[] =>
  hunksBetween(before, after).map((hunk) => [
    ...[hunk.oldStart, hunk.oldLines, hunk.newStart, hunk.newLines],
    hunk.lines.map(({ text }) => text),
  ]);

it('are those of the whole texts, wherever lines were added, changed and removed', () => {
  const random = createRandom(5);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let round = 0; round < 400; round += 1) {
    const ending = below(4) === 0 ? '\r\n' : '\n';
    const lines = Array.from({ length: below(40) }, (_, line) => `line ${String(line)}`);
    const changed = [...lines];
    for (let edit = below(4); edit >= 0; edit -= 1) {
      const added = Array.from({ length: below(3) }, () => `new ${String(below(1000))}`);
      changed.splice(below(changed.length + 1), below(3), ...added);
    }
    const before = lines.join(ending) + (below(3) === 0 ? '' : ending);
    const after = changed.join(ending) + (below(3) === 0 ? '' : ending);
    expect(shown(before, after), JSON.stringify([before, after])).toEqual(whole(before, after));
  }
});

it('show a file that comes and one that goes as a whole', () => {
  expect(hunksBetween(null, 'a\nb\n')).toEqual([
    {
      ...{ oldStart: 1, oldLines: 0, newStart: 1, newLines: 2 },
      lines: [
        { kind: 'added', text: 'a' },
        { kind: 'added', text: 'b' },
      ],
    },
  ]);
  expect(hunksBetween('a\n', null).map(({ lines }) => lines)).toEqual([[{ kind: 'removed', text: 'a' }]]);
  expect(hunksBetween('a\n', 'a\n')).toEqual([]);
});
