import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseColumn } from '../../../shared/contract/data-calls.ts';
import { isCut } from './cells.ts';
import { realText } from './sql-text.ts';

/** What a wanted value becomes in its column, or why it may not stand there. */
export type Fitting =
  | { readonly kind: 'fits'; readonly value: CellValue }
  | { readonly kind: 'refused'; readonly reason: string };

type Rule = (value: CellValue, column: DatabaseColumn) => Fitting;

/**
 * Fits a value to a column as Django declares them in SQLite (django/db/backends/sqlite3/base.py,
 * `data_types`): SQLite itself would store any value anywhere, and Django would fail or lie on reading it.
 */
export function fitToColumn(value: CellValue, column: DatabaseColumn, holdsJson: boolean): Fitting {
  if (column.generated) return refused('is computed by the database and can not be set');
  if (isCut(value)) return refused('would be cut: only the beginning of the value is known');
  if (value.kind === 'null') {
    return column.notNull || column.primaryKey > 0 ? refused('must not be NULL') : fits(value);
  }
  if (holdsJson) return fitJson(value);
  return ruleFor(column.type.toLowerCase())(value, column);
}

function ruleFor(type: string): Rule {
  const exact = EXACT_TYPES[type];
  if (exact !== undefined) return exact;
  if (/^(var)?char ?\(\d+\)$/.test(type)) return fitLimitedText;
  if (type.startsWith('decimal') || type.startsWith('numeric')) return fitDecimal;
  // sqlite.org/datatype3.html, 3.1: how SQLite derives the affinity of any other declared type.
  if (type.includes('int')) return fitInteger;
  if (/char|clob|text/.test(type)) return fitText;
  if (/real|floa|doub/.test(type)) return fitReal;
  return fits;
}

const EXACT_TYPES: Readonly<Record<string, Rule>> = {
  bool: fitBoolean,
  boolean: fitBoolean,
  'char(32)': fitUuid,
  date: (value) => fitMoment(value, 'date', /^(\d{4})-(\d\d)-(\d\d)$/, '2025-05-31'),
  datetime: (value) =>
    fitMoment(
      value,
      'date and time',
      /^(\d{4})-(\d\d)-(\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/,
      '2025-05-31 14:30:00',
    ),
  time: (value) => fitMoment(value, 'time', /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?$/, '14:30:00'),
  blob: (value) => (value.kind === 'blob' ? fits(value) : refused('holds bytes, and this is none')),
};

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;

function fitInteger(value: CellValue, column: DatabaseColumn): Fitting {
  const text = value.kind === 'integer' || value.kind === 'text' ? value.text.trim() : '';
  if (!/^[+-]?\d{1,30}$/.test(text)) return refused(`takes whole numbers, and ${show(value)} is none`);
  const number = BigInt(text.replace('+', ''));
  if (number < SMALLEST || number > LARGEST) {
    return refused(`can't hold ${text}: whole numbers end at ±2^63 (9223372036854775807)`);
  }
  if (number < 0n && column.type.toLowerCase().includes('unsigned')) return refused('must not be negative');
  return fits({ kind: 'integer', text: number.toString() });
}

function fitBoolean(value: CellValue): Fitting {
  const text = value.kind === 'integer' || value.kind === 'text' ? value.text.trim() : '';
  if (text === '0' || text === '1') return fits({ kind: 'integer', text });
  return refused(`takes 1 (true) or 0 (false), and ${show(value)} is neither`);
}

function fitReal(value: CellValue): Fitting {
  const number = numberIn(value);
  if (number === null) return refused(`takes numbers, and ${show(value)} is none`);
  return fits({ kind: 'real', text: realText(number) });
}

/** SQLite keeps decimals as floating-point numbers: what has more digits would come back as another number. */
function fitDecimal(value: CellValue): Fitting {
  const number = numberIn(value);
  if (number === null || !Number.isFinite(number)) {
    return refused(`takes decimal numbers, and ${show(value)} is none`);
  }
  const text = (value as { readonly text: string }).text.trim();
  if (significantDigits(text) > 15) {
    return refused(`would lose digits of ${text}: SQLite keeps 15 of a decimal number`);
  }
  return fits(
    Number.isSafeInteger(number)
      ? { kind: 'integer', text: String(number) }
      : { kind: 'real', text: realText(number) },
  );
}

function numberIn(value: CellValue): number | null {
  if (value.kind === 'real') {
    const number = Number(value.text);
    return Number.isNaN(number) ? null : number; // SQLite would store NULL in place of NaN
  }
  if (value.kind !== 'integer' && value.kind !== 'text') return null;
  const text = value.text.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

function significantDigits(text: string): number {
  const digits = text.replace(/e.*$/i, '').replaceAll(/[^\d]/g, '');
  const fraction = text.includes('.');
  return (fraction ? digits : digits.replace(/0+$/, '')).replace(/^0+/, '').length;
}

function fitText(value: CellValue): Fitting {
  if (value.kind === 'blob') return refused('takes text, and these are bytes');
  if (value.kind === 'null') return fits(value);
  return hasLoneSurrogate(value.text)
    ? refused('can not hold half a character (a lone surrogate)')
    : fits({ kind: 'text', text: value.text });
}

/** SQLite ignores the length of a varchar; Django's forms and every other database do not. */
function fitLimitedText(value: CellValue, column: DatabaseColumn): Fitting {
  const fitted = fitText(value);
  const longest = Number(/\d+/.exec(column.type)?.[0] ?? Infinity);
  if (fitted.kind !== 'fits' || fitted.value.kind !== 'text') return fitted;
  const length = Array.from(fitted.value.text).length;
  return length <= longest
    ? fitted
    : refused(`takes ${String(longest)} characters at most, and this has ${String(length)}`);
}

function fitUuid(value: CellValue): Fitting {
  const text = value.kind === 'text' ? value.text.trim().replaceAll('-', '').toLowerCase() : '';
  return /^[0-9a-f]{32}$/.test(text)
    ? fits({ kind: 'text', text })
    : refused(`takes a UUID, and ${show(value)} is none`);
}

function fitMoment(value: CellValue, what: string, pattern: RegExp, example: string): Fitting {
  const found = value.kind === 'text' ? pattern.exec(value.text) : null;
  if (found === null) return refused(`takes a ${what} like ${example}, and ${show(value)} is none`);
  if (what !== 'time' && !isDay(Number(found[1]), Number(found[2]), Number(found[3]))) {
    return refused(`takes a ${what}, and there is no such day as ${found[0].slice(0, 10)}`);
  }
  return fits(value);
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (lengths[month - 1] ?? 0);
}

function fitJson(value: CellValue): Fitting {
  if (value.kind !== 'text') return refused('takes JSON text');
  try {
    JSON.parse(value.text);
    return fits(value);
  } catch (error) {
    return refused(`takes JSON, and this is none: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function show(value: CellValue): string {
  if (value.kind === 'null') return 'NULL';
  if (value.kind === 'blob') return 'a row of bytes';
  const text = value.text.length > 40 ? `${value.text.slice(0, 40)}…` : value.text;
  return value.kind === 'text' ? `"${text}"` : text;
}

function fits(value: CellValue): Fitting {
  return { kind: 'fits', value };
}

function refused(reason: string): Fitting {
  return { kind: 'refused', reason };
}
