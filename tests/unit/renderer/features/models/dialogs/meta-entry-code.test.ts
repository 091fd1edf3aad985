import { expect, test } from 'vitest';
import {
  entryProblem,
  readEntry,
  splitEntries,
  suggestedName,
  writeEntry,
} from '../../../../../../renderer/features/models/dialogs/meta-entry-code.ts';

test('a list of entries is split where its commas stand, and nothing else is', () => {
  expect(splitEntries('[models.Index(fields=["a", "b"]), models.Index(F("c"), name="c_idx"),]')).toEqual([
    'models.Index(fields=["a", "b"])',
    'models.Index(F("c"), name="c_idx")',
  ]);
  expect(splitEntries('BASE + [models.Index(fields=["a"])]')).toBeNull();
});

test('an entry is read and written without losing what has no form', () => {
  const code = `models.UniqueConstraint(Lower('title'), fields=['author'], condition=models.Q(sold=False), name='once', deferrable=models.Deferrable.DEFERRED)`;
  const entry = readEntry(code);
  expect(entry).toEqual({
    callee: 'models.UniqueConstraint',
    fields: ['author'],
    name: 'once',
    condition: 'models.Q(sold=False)',
    others: ["Lower('title')", 'deferrable=models.Deferrable.DEFERRED'],
  });
  expect(entry && writeEntry(entry)).toBe(code);
  expect(readEntry('BY_TITLE')).toBeNull();
});

test('what Django would refuse is said before it is written', () => {
  const empty = { callee: 'models.Index', fields: [], name: '', condition: '', others: [] };
  expect(entryProblem(empty)).toBe('Choose at least one field.');
  expect(entryProblem({ ...empty, fields: ['title'] })).toBeNull();
  expect(entryProblem({ ...empty, fields: ['title'], name: 'x'.repeat(31) })).toContain('at most 30');
  expect(entryProblem({ ...empty, fields: ['title'], condition: 'Q(a=1)' })).toContain('needs a name');
  expect(entryProblem({ ...empty, callee: 'models.CheckConstraint', name: 'a' })).toBe(
    'Write what has to hold.',
  );
  expect(suggestedName('Book', ['-published_long_name', 'title'], 'models.Index').length).toBeLessThanOrEqual(
    30,
  );
});
