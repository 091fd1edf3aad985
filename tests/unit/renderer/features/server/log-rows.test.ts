import { expect, test } from 'vitest';
import type { LogLine } from '../../../../../shared/contract/host-calls.ts';
import { filteredRows, rowsOf, segmentsOf } from '../../../../../renderer/features/server/log-rows.ts';
import { linksIn } from '../../../../../renderer/features/server/source-links.ts';

const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  id: 1,
  time: 0,
  stream: 'stdout',
  level: 'info',
  logger: null,
  text,
  ...more,
});

test('a record has a row a line; its color goes on over their ends', () => {
  const rows = rowsOf(line('\x1b[31mfirst\nsecond\x1b[0m plain\n\n'));
  expect(rows.map(({ text, first }) => [text, first])).toEqual([
    ['first', true],
    ['second plain', false],
  ]);
  expect(rows[1]?.parts.map(({ text, style }) => [text, style.color])).toEqual([
    ['second', 'red'],
    [' plain', null],
  ]);
});

test('the rows of a record are made once', () => {
  const record = line('once');
  expect(rowsOf(record)).toBe(rowsOf(record));
});

test('a level hides what is less grave', () => {
  const log = [
    line('a', { level: 'debug' }),
    line('b', { level: 'warning' }),
    line('c', { level: 'critical' }),
  ];
  expect(filteredRows(log, { level: 'warning', search: '' }).map(({ text }) => text)).toEqual(['b', 'c']);
});

test('a record with the searched text in one of its lines is shown whole', () => {
  const log = [
    line('Traceback:\n  File "a.py"\nValueError: bad'),
    line('GET /'),
    line('x', { logger: 'valueerrors' }),
  ];
  expect(filteredRows(log, { level: 'debug', search: ' valueerror ' }).map(({ text }) => text)).toEqual([
    'Traceback:',
    '  File "a.py"',
    'ValueError: bad',
    'x',
  ]);
});

test('what is searched is not found in escape sequences', () => {
  expect(filteredRows([line('\x1b[32mok\x1b[0m')], { level: 'debug', search: '[32' })).toEqual([]);
});

test('a row is cut where styles, links and found texts begin and end', () => {
  const [row] = rowsOf(line('see \x1b[31mshop/a.py:3\x1b[0m now'));
  if (row === undefined) throw new Error('no row');
  const segments = segmentsOf(row, linksIn(row.text), 'A.PY');
  expect(segments.map(({ text, link, found, style }) => [text, link !== null, found, style.color])).toEqual([
    ['see ', false, false, null],
    ['shop/', true, false, 'red'],
    ['a.py', true, true, 'red'],
    [':3', true, false, 'red'],
    [' now', false, false, null],
  ]);
});
