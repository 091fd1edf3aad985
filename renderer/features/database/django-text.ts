import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { ModelColumn, ModelTable } from '../../../shared/contract/database-model-calls.ts';
import { isSameValue, textOf } from './cell-text.ts';

type CellText = ReturnType<typeof textOf>;

/** What people read for a stored value of a model's field: its choice, yes or no, the moment where they live. */
export function djangoText(field: ModelColumn, value: CellValue, model: ModelTable): CellText {
  if (value.kind === 'null') return { text: '–', kind: 'none' };
  const choice = field.choices.find(([stored]) => isSameValue(stored, value));
  if (choice !== undefined) return { text: choice[1], kind: 'value' };
  if (/^(Null)?BooleanField$/.test(field.type)) {
    if (value.kind === 'integer') return { text: value.text === '0' ? 'No' : 'Yes', kind: 'value' };
  }
  if (field.type === 'DateTimeField' && value.kind === 'text' && model.timeZone !== null) {
    const local = inTimeZone(value.text, model.storedIn ?? 'UTC', model.timeZone);
    if (local !== null) return { text: local, kind: 'value' };
  }
  return textOf(value);
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** A stored moment as clocks of the project show it; null where it is none, or is stored in no UTC. */
export function inTimeZone(stored: string, storedIn: string, timeZone: string): string | null {
  const found = MOMENT.exec(stored);
  if (found === null || (found[4] === undefined && storedIn !== 'UTC')) return null;
  const [, day = '', time = '', fraction = '', offset = 'Z'] = found;
  const moment = new Date(`${day}T${time}${offset.length === 3 ? `${offset}:00` : offset}`);
  if (Number.isNaN(moment.getTime())) return null;
  try {
    const parts = new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone, hourCycle: 'h23' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    }).formatToParts(moment);
    const of = (type: Intl.DateTimeFormatPartTypes): string =>
      parts.find((part) => part.type === type)?.value ?? '';
    const clock = `${of('hour')}:${of('minute')}:${of('second')}${fraction}`;
    return `${of('year')}-${of('month')}-${of('day')} ${clock}`;
  } catch (error) {
    if (error instanceof RangeError) return null; // a time zone that this browser does not know
    throw error;
  }
}
