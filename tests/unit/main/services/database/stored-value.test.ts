import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../../../../shared/contract/cell-value.ts';
import type { DatabaseColumn } from '../../../../../shared/contract/data-calls.ts';
import { fitToColumn } from '../../../../../main/services/database/stored-value.ts';

function column(type: string, facts: Partial<DatabaseColumn> = {}): DatabaseColumn {
  return {
    name: 'c',
    type,
    notNull: false,
    default: null,
    primaryKey: 0,
    generated: false,
    references: null,
    ...facts,
  };
}

const text = (value: string): CellValue => ({ kind: 'text', text: value });

describe('a value that fits its column is stored with the type of the column', () => {
  it.each<[string, CellValue, CellValue]>([
    ['integer', text(' 42 '), { kind: 'integer', text: '42' }],
    ['bigint', text('9223372036854775807'), { kind: 'integer', text: '9223372036854775807' }],
    ['bool', text('1'), { kind: 'integer', text: '1' }],
    ['real', text('1e3'), { kind: 'real', text: '1000.0' }],
    ['real', { kind: 'real', text: 'Infinity' }, { kind: 'real', text: 'Infinity' }],
    ['decimal', text('12.50'), { kind: 'real', text: '12.5' }],
    ['decimal', text('12.00'), { kind: 'integer', text: '12' }],
    ['varchar(3)', text('😀😀😀'), text('😀😀😀')],
    ['varchar(10)', { kind: 'integer', text: '7' }, text('7')],
    ['char(32)', text('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'), text('a0eebc999c0b4ef8bb6d6bb9bd380a11')],
    ['date', text('2024-02-29'), text('2024-02-29')],
    ['datetime', text('2024-02-29 23:59:59.000001'), text('2024-02-29 23:59:59.000001')],
    ['time', text('00:00:00'), text('00:00:00')],
    ['BLOB', { kind: 'blob', bytes: 1, hex: 'ff' }, { kind: 'blob', bytes: 1, hex: 'ff' }],
    ['', text('anything'), text('anything')],
  ])('%s takes %j', (type, value, stored) => {
    expect(fitToColumn(value, column(type), false)).toEqual({ kind: 'fits', value: stored });
  });
});

describe('a value that does not fit is refused with the reason', () => {
  it.each<[string, CellValue, RegExp]>([
    ['integer', text('abc'), /whole numbers.*"abc"/],
    ['integer', text('1.5'), /whole numbers/],
    ['integer', text(''), /whole numbers/],
    ['bigint', text('9223372036854775808'), /can't hold/],
    ['integer unsigned', text('-1'), /negative/],
    ['bool', text('2'), /true.*false/],
    ['real', text('NaN'), /numbers/],
    ['real', { kind: 'real', text: 'NaN' }, /numbers/],
    ['decimal', text('0.1234567890123456'), /lose digits/],
    ['decimal', text('12,5'), /decimal/],
    ['varchar(3)', text('abcd'), /3 characters at most.*4/],
    ['varchar(3)', text('\ud800'), /half a character/],
    ['text', { kind: 'blob', bytes: 1, hex: 'ff' }, /bytes/],
    ['char(32)', text('abc'), /UUID/],
    ['date', text('2023-02-29'), /no such day/],
    ['date', text('29.02.2024'), /2025-05-31/],
    ['datetime', text('2024-02-29T10:00:00+02:00'), /date and time/],
    ['time', text('24:00:00'), /time/],
    ['blob', text('abc'), /bytes/],
    ['text', { kind: 'text', text: 'begin', bytes: 900 }, /cut/],
  ])('%s refuses %j', (type, value, reason) => {
    const fitting = fitToColumn(value, column(type), false);
    expect(fitting.kind === 'refused' ? fitting.reason : fitting).toMatch(reason);
  });

  it('refuses NULL where it must not stand, and any value that the database computes', () => {
    const missing: CellValue = { kind: 'null' };
    expect(fitToColumn(missing, column('text', { notNull: true }), false).kind).toBe('refused');
    expect(fitToColumn(missing, column('integer', { primaryKey: 1 }), false).kind).toBe('refused');
    expect(fitToColumn(missing, column('text'), true).kind).toBe('fits');
    expect(fitToColumn(text('x'), column('text', { generated: true }), false).kind).toBe('refused');
  });

  it('refuses text that is no JSON in a JSON column', () => {
    expect(fitToColumn(text('{"a": [1, null]}'), column('text'), true).kind).toBe('fits');
    expect(fitToColumn(text("{'a': 1}"), column('text'), true).kind).toBe('refused');
  });
});
