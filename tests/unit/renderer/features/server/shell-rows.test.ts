import { expect, it } from 'vitest';
import { shellRows, withCompletion } from '../../../../../renderer/features/server/shell-rows.ts';

it('puts pieces of one stream together and cuts them into lines', () => {
  const rows = shellRows([
    { id: 1, kind: 'input', text: 'for n in x:\n    n' },
    { id: 2, kind: 'stdout', text: 'on' },
    { id: 3, kind: 'stdout', text: 'e\n\x1b[31mtwo\x1b[0m\n' },
    { id: 4, kind: 'stderr', text: 'no' },
  ]);
  expect(rows.map(({ kind, prompt, text }) => [kind, prompt, text])).toEqual([
    ['input', '>>> ', 'for n in x:'],
    ['input', '... ', '    n'],
    ['stdout', '', 'one'],
    ['stdout', '', 'two'],
    ['stderr', '', 'no'],
  ]);
});

it('cuts a line that nobody could read', () => {
  const [row] = shellRows([{ id: 1, kind: 'stdout', text: 'x'.repeat(100_000) }]);
  expect(row?.text).toHaveLength(4001);
});

it('puts a completion where the word stood', () => {
  expect(withCompletion('Book.ob', 7, 5, { text: 'objects', kind: 'name' })).toEqual({
    text: 'Book.objects',
    cursor: 12,
  });
  expect(withCompletion('len(x.up)', 8, 6, { text: 'upper', kind: 'function' })).toEqual({
    text: 'len(x.upper()',
    cursor: 12,
  });
});
