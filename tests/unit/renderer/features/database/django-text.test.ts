import { expect, it } from 'vitest';
import type { CellValue } from '../../../../../shared/contract/cell-value.ts';
import type { ModelColumn, ModelTable } from '../../../../../shared/contract/database-model-calls.ts';
import { djangoText, inTimeZone } from '../../../../../renderer/features/database/django-text.ts';

const integer = (text: string): CellValue => ({ kind: 'integer', text });
const field = (type: string, more: Partial<ModelColumn> = {}): ModelColumn => ({
  ...{ column: 'c', name: 'c', verboseName: 'c', type, choices: [], default: null, related: null },
  ...more,
});
const model: ModelTable = {
  ...{ model: 'a.B', verboseName: 'b', verboseNamePlural: 'bs', timeZone: 'Europe/Paris', storedIn: 'UTC' },
  ...{ fields: [], related: [] },
};

it('shows choices by their label, booleans in words, and moments where the project lives', () => {
  const size = field('IntegerField', { choices: [[integer('1'), 'small']] });
  expect(djangoText(size, integer('1'), model).text).toBe('small');
  expect(djangoText(size, integer('7'), model).text).toBe('7');
  expect(djangoText(field('BooleanField'), integer('0'), model).text).toBe('No');
  expect(djangoText(field('BooleanField'), integer('1'), model).text).toBe('Yes');
  const moment: CellValue = { kind: 'text', text: '2024-07-01 22:30:00.123456' };
  expect(djangoText(field('DateTimeField'), moment, model).text).toBe('2024-07-02 00:30:00.123456');
  expect(djangoText(field('CharField'), moment, model).text).toBe('2024-07-01 22:30:00.123456');
});

it('knows summer from winter, offsets, and what is no moment', () => {
  expect(inTimeZone('2024-01-01 12:00:00', 'UTC', 'Europe/Paris')).toBe('2024-01-01 13:00:00');
  expect(inTimeZone('2024-01-01 12:00:00+05:30', 'UTC', 'Europe/Paris')).toBe('2024-01-01 07:30:00');
  expect(inTimeZone('noon', 'UTC', 'Europe/Paris')).toBeNull();
  expect(inTimeZone('2024-01-01 12:00:00', 'Asia/Tokyo', 'Europe/Paris')).toBeNull();
  expect(inTimeZone('2024-01-01 12:00:00', 'UTC', 'Nowhere/Else')).toBeNull();
});
