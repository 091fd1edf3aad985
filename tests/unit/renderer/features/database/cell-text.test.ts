import { describe, expect, it } from 'vitest';
import type { DatabaseColumn } from '../../../../../shared/contract/data-calls.ts';
import { editTextOf, textOf, valueOf } from '../../../../../renderer/features/database/cell-text.ts';

const column = (type: string): DatabaseColumn => ({
  name: 'value',
  type,
  notNull: false,
  default: null,
  primaryKey: 0,
  generated: false,
  references: null,
});

describe('cells of the database grid', () => {
  it('never lets NULL, empty text and a blob look the same', () => {
    const shown = (
      [
        { kind: 'null' },
        { kind: 'text', text: '' },
        { kind: 'text', text: 'NULL' },
        { kind: 'blob', bytes: 0, hex: '' },
      ] as const
    ).map((value) => JSON.stringify(textOf(value)));
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('offers no edit of a value that is only here in part', () => {
    expect(editTextOf({ kind: 'text', text: 'begin', bytes: 50_000_000 })).toBeNull();
    expect(editTextOf({ kind: 'blob', bytes: 3, hex: 'ffeedd' })).toBeNull();
    expect(editTextOf({ kind: 'text', text: 'whole' })).toBe('whole');
  });

  it.each([
    ['bigint', '9007199254740993', { kind: 'integer', text: '9007199254740993' }],
    ['integer', 'many', { kind: 'text', text: 'many' }],
    ['varchar(20)', '42', { kind: 'text', text: '42' }],
    ['decimal', '12.50', { kind: 'real', text: '12.50' }],
    ['decimal', '12', { kind: 'integer', text: '12' }],
    ['datetime', '2026', { kind: 'text', text: '2026' }],
    ['bool', '1', { kind: 'integer', text: '1' }],
    ['real', '1e-3', { kind: 'real', text: '1e-3' }],
  ] as const)('takes text typed into a %s column: %s', (type, text, value) => {
    expect(valueOf(text, column(type))).toEqual(value);
  });
});
