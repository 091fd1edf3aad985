import { readNames, writeNames } from '../../../fields/choices-code.ts';
import { splitOutside } from '../../../../shared/python/split-outside.ts';
import { pythonString } from '../../../../shared/python/python-code.ts';
import { readString } from '../../../../shared/python/string-code.ts';

/** An index or a constraint as its form holds it. */
export interface MetaEntry {
  /** As written: `models.UniqueConstraint`. */
  readonly callee: string;
  readonly fields: readonly string[];
  readonly name: string;
  /** As code: `Q(sold=False)`; of a check constraint what has to hold. */
  readonly condition: string;
  /** Everything else that stands in the brackets, as written. */
  readonly others: readonly string[];
}

/** The entries of `indexes = […]` as code; null where the code is no plain list. */
export function splitEntries(code: string): readonly string[] | null {
  const list = /^\s*([[(])([^]*)([\])])\s*$/.exec(code);
  if (list === null || (list[1] === '[') !== (list[3] === ']')) return null;
  return splitOutside(list[2] ?? '', ',').filter((entry) => entry !== '');
}

/** Reads `models.Index(fields=["title"], name="book_title")`; null where the code is no call. */
export function readEntry(code: string): MetaEntry | null {
  const call = /^([\w.]+)\(([^]*)\)$/.exec(code.trim());
  if (call === null) return null;
  let entry: MetaEntry = { callee: call[1] ?? '', fields: [], name: '', condition: '', others: [] };
  for (const argument of splitOutside(call[2] ?? '', ',').filter((part) => part !== '')) {
    const named = /^(\w+)\s*=\s*([^]+)$/.exec(argument);
    const value = named?.[2] ?? '';
    const names = named?.[1] === 'fields' ? readNames(value) : null;
    const text = named?.[1] === 'name' ? readString(value) : null;
    if (names !== null) entry = { ...entry, fields: names };
    else if (text !== null) entry = { ...entry, name: text };
    // `check` was renamed in Django 5.1: https://docs.djangoproject.com/en/5.2/ref/models/constraints/
    else if (named?.[1] === 'condition' && entry.condition === '') entry = { ...entry, condition: value };
    else entry = { ...entry, others: [...entry.others, argument] };
  }
  return entry;
}

/** Writes an entry as code. */
export function writeEntry({ callee, fields, name, condition, others }: MetaEntry): string {
  const named = [
    ...(fields.length > 0 ? [`fields=${writeNames(fields)}`] : []),
    ...(condition.trim() === '' ? [] : [`condition=${condition.trim()}`]),
    ...(name === '' ? [] : [`name=${pythonString(name)}`]),
  ];
  // Expressions stand in front of what has a name.
  const expressions = others.filter((other) => !/^\w+\s*=/.test(other));
  const rest = others.filter((other) => /^\w+\s*=/.test(other));
  return `${callee}(${[...expressions, ...named, ...rest].join(', ')})`;
}

/** A name Django accepts: at most 30 characters for indexes on every database. */
export function suggestedName(model: string, fields: readonly string[], callee: string): string {
  const end = callee.endsWith('Index') ? 'idx' : callee.endsWith('UniqueConstraint') ? 'uniq' : 'check';
  const parts = [model.toLowerCase(), ...fields.map((field) => field.replace(/^-/, ''))];
  return `${parts.join('_').slice(0, 29 - end.length)}_${end}`;
}

/** What is wrong with an entry, in a sentence; null when Django would take it. */
export function entryProblem({ callee, fields, name, condition, others }: MetaEntry): string | null {
  const isCheck = callee.endsWith('CheckConstraint');
  const isIndex = callee.endsWith('Index');
  if (isCheck && condition.trim() === '' && others.length === 0) return 'Write what has to hold.';
  if (!isCheck && fields.length === 0 && others.every((other) => /^\w+\s*=/.test(other)))
    return 'Choose at least one field.';
  if (!isIndex && name === '') return 'A constraint needs a name.';
  if (isIndex && name.length > 30) return 'The name of an index has at most 30 characters.';
  if (isIndex && (condition.trim() !== '' || others.length > 0) && name === '')
    return 'An index with a condition or an expression needs a name.';
  if (/^[\d_]/.test(name)) return 'The name can’t start with a digit or an underscore.';
  return null;
}
