import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { FilterOperator, RowFilter } from '../../../shared/contract/database-filter.ts';
import { textOf, valueOf } from './cell-text.ts';

/** One test while it is written. */
export interface TestDraft {
  readonly id: number;
  readonly column: string;
  readonly operator: FilterOperator;
  readonly text: string;
  /** The upper end of a range. */
  readonly second: string;
}

/** A filter while it is written. */
export interface FilterDraft {
  readonly match: 'all' | 'any';
  readonly groups: readonly {
    readonly id: number;
    readonly match: 'all' | 'any';
    readonly tests: readonly TestDraft[];
  }[];
}

/** What people read for the operators. */
export const OPERATORS: Readonly<Record<FilterOperator, string>> = {
  equal: 'is',
  'not-equal': 'is not',
  contains: 'contains',
  'not-contains': 'does not contain',
  'starts-with': 'starts with',
  'ends-with': 'ends with',
  less: 'is less than',
  'less-or-equal': 'is at most',
  greater: 'is greater than',
  'greater-or-equal': 'is at least',
  between: 'is between',
  'one-of': 'is one of',
  null: 'is NULL',
  'not-null': 'is not NULL',
};

const TEXT: readonly FilterOperator[] = ['contains', 'not-contains', 'starts-with', 'ends-with'];
const ORDERED: readonly FilterOperator[] = [
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'between',
];
const EVERY: readonly FilterOperator[] = ['equal', 'not-equal', 'one-of'];
const NULLS: readonly FilterOperator[] = ['null', 'not-null'];

/** The operators that make sense for a column, the likeliest first. */
export function operatorsFor(table: DatabaseTable, column: string): readonly FilterOperator[] {
  const type = table.columns.find(({ name }) => name === column)?.type.toLowerCase() ?? '';
  if (/bool/.test(type)) return ['equal', 'not-equal', ...NULLS];
  if (/int|real|floa|doub|dec|num|date|time/.test(type)) return [...EVERY, ...ORDERED, ...NULLS, 'contains'];
  return ['contains', ...EVERY, ...TEXT.slice(1), ...ORDERED, ...NULLS];
}

/** Whether something has to be typed for it. */
export function takesValue(operator: FilterOperator): boolean {
  return operator !== 'null' && operator !== 'not-null';
}

/** The fields for a filter; for none those of a first test. */
export function draftOf(filter: RowFilter | null, table: DatabaseTable): FilterDraft {
  let id = 0;
  const groups = (filter?.groups ?? []).map((group) => ({
    id: (id += 1),
    match: group.match,
    tests: group.tests.map(({ column, operator, values }) => ({
      id: (id += 1),
      ...{ column, operator },
      text: operator === 'one-of' ? values.map(typedText).join(', ') : typedText(values[0]),
      second: typedText(values[1]),
    })),
  }));
  const draft = { match: filter?.match ?? ('all' as const), groups };
  return groups.length > 0 ? draft : addTest(draft, table, null);
}

function typedText(value: CellValue | undefined): string {
  return value === undefined || value.kind === 'null' ? '' : textOf(value).text;
}

/** One more test, in a group or in a new one. */
export function addTest(draft: FilterDraft, table: DatabaseTable, group: number | null): FilterDraft {
  const ids = draft.groups.flatMap((each) => [each.id, ...each.tests.map(({ id }) => id)]);
  const id = Math.max(0, ...ids) + 1;
  const column = (table.columns.find(({ primaryKey }) => primaryKey === 0) ?? table.columns[0])?.name ?? '';
  const operator = operatorsFor(table, column)[0] ?? 'equal';
  const test: TestDraft = { id, column, operator, text: '', second: '' };
  if (group === null) {
    return { ...draft, groups: [...draft.groups, { id: id + 1, match: 'all', tests: [test] }] };
  }
  const groups = draft.groups.map((each) =>
    each.id === group ? { ...each, tests: [...each.tests, test] } : each,
  );
  return { ...draft, groups };
}

/** The draft with one test changed. */
export function withTest(draft: FilterDraft, id: number, next: TestDraft): FilterDraft {
  return {
    ...draft,
    groups: draft.groups.map((group) => ({
      ...group,
      tests: group.tests.map((test) => (test.id === id ? next : test)),
    })),
  };
}

/** The draft without a test; a group without one goes too. */
export function removeTest(draft: FilterDraft, id: number): FilterDraft {
  const groups = draft.groups.map((group) => ({
    ...group,
    tests: group.tests.filter((test) => test.id !== id),
  }));
  return { ...draft, groups: groups.filter(({ tests }) => tests.length > 0) };
}

/** The filter that a draft stands for; its values have the types of their columns. */
export function filterOf(draft: FilterDraft, table: DatabaseTable): RowFilter | null {
  const groups = draft.groups.map(({ match, tests }) => ({
    match,
    tests: tests.map((test) => ({
      ...{ column: test.column, operator: test.operator },
      values: valuesOf(test, table),
    })),
  }));
  return groups.length === 0 ? null : { match: draft.match, groups };
}

function valuesOf({ column, operator, text, second }: TestDraft, table: DatabaseTable): CellValue[] {
  const described = table.columns.find(({ name }) => name === column);
  if (described === undefined || !takesValue(operator)) return [];
  if (TEXT.includes(operator)) return [{ kind: 'text', text }];
  const value = (typed: string): CellValue => valueOf(typed, described);
  if (operator === 'between') return [value(text), value(second)];
  if (operator === 'one-of') return text.split(',').map((part) => value(part.trim()));
  return [value(text)];
}

/** The filter that shows the rows with one value in a column. */
export function rowsWith(column: string, value: CellValue): RowFilter {
  return {
    match: 'all',
    groups: [{ match: 'all', tests: [{ column, operator: 'equal', values: [value] }] }],
  };
}
