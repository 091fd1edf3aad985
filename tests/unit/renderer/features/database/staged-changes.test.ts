import { expect, it } from 'vitest';
import type { CellValue } from '../../../../../shared/contract/cell-value.ts';
import {
  changesInput,
  countChanges,
  dropRow,
  NO_CHANGES,
  settleConflicts,
  stageEdit,
  stageRows,
  stageValue,
  toggleDeletes,
} from '../../../../../renderer/features/database/staged-changes.ts';

const NULL: CellValue = { kind: 'null' };
const text = (value: string): CellValue => ({ kind: 'text', text: value });
const rowOf = (id: string, ...cells: CellValue[]) => ({
  key: [{ kind: 'integer' as const, text: id }],
  cells,
});

it('takes an edit back when the stored value is typed again', () => {
  const row = rowOf('1', text('old'));
  const staged = stageEdit(NO_CHANGES, row, 'name', text('old'), text('new'));
  expect(changesInput(staged).edits).toEqual([
    { key: row.key, column: 'name', before: text('old'), after: text('new') },
  ]);
  expect(countChanges(stageEdit(staged, row, 'name', text('old'), text('old')))).toBe(0);
  expect(countChanges(stageEdit(NO_CHANGES, row, 'name', NULL, text('NULL')))).toBe(1);
});

it('fills new rows and gives their defaults back', () => {
  let changes = stageRows(NO_CHANGES, [{}, { name: text('b') }]);
  changes = stageValue(changes, 1, 'name', text('a'));
  expect(changesInput(changes).inserts).toEqual([
    { values: { name: text('a') } },
    { values: { name: text('b') } },
  ]);
  expect(changesInput(stageValue(changes, 2, 'name', null)).inserts[1]).toEqual({ values: {} });
  expect(changesInput(dropRow(changes, 1)).inserts).toEqual([{ values: { name: text('b') } }]);
});

it('drops the edits of a row that is to be deleted, and keeps it when asked again', () => {
  const row = rowOf('1', text('old'));
  const edited = stageEdit(NO_CHANGES, row, 'name', text('old'), text('new'));
  const going = toggleDeletes(edited, ['name'], [row]);
  expect(changesInput(going)).toMatchObject({
    edits: [],
    deletes: [{ key: row.key, before: { name: text('old') } }],
  });
  expect(countChanges(toggleDeletes(going, ['name'], [row]))).toBe(0);
});

it('settles what was changed meanwhile either way', () => {
  const rows = [rowOf('1', text('a')), rowOf('2', text('b'))] as const;
  let changes = stageEdit(NO_CHANGES, rows[0], 'name', text('a'), text('mine'));
  changes = toggleDeletes(changes, ['name'], [rows[1]]);
  const conflicts = [
    { key: rows[0].key, column: 'name', before: text('a'), now: text('theirs') },
    { key: rows[1].key, column: 'name', before: text('b'), now: text('B') },
  ];
  expect(countChanges(settleConflicts(changes, conflicts, 'theirs'))).toBe(0);
  expect(changesInput(settleConflicts(changes, conflicts, 'mine'))).toMatchObject({
    edits: [{ before: text('theirs'), after: text('mine') }],
    deletes: [{ before: { name: text('B') } }],
  });
  const gone = [{ key: rows[0].key, column: 'name', before: text('a'), now: null }];
  expect(changesInput(settleConflicts(changes, gone, 'mine')).edits).toEqual([]);
});
