import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { RowFilter, RowTest } from '../../../shared/contract/database-filter.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { allOf, EVERY_ROW, holdsText, type Condition } from './conditions.ts';
import type { TableSchema } from './schema.ts';
import { anyOf, containsPattern, quoteName, toSqlValue } from './sql-text.ts';

/** What a view of a table is narrowed to. */
export interface Narrowing {
  /** Text that any column holds. */
  readonly search: string;
  readonly filter?: RowFilter | null | undefined;
}

/** Whether every row is wanted. */
export function isEveryRow({ search, filter }: Narrowing): boolean {
  return search === '' && (filter === null || filter === undefined || filter.groups.length === 0);
}

/** The condition of a search and a filter together. */
export function narrowed(schema: TableSchema, { search, filter }: Narrowing): Condition {
  const conditions = [
    ...(search === '' ? [] : [holdsText(schema, search)]),
    ...(filter === null || filter === undefined || filter.groups.length === 0
      ? []
      : [filterCondition(schema, filter)]),
  ];
  return conditions.length === 1 ? (conditions[0] ?? EVERY_ROW) : allOf(conditions);
}

function filterCondition(schema: TableSchema, { match, groups }: RowFilter): Condition {
  const parts = groups.map((group) =>
    joined(
      group.match,
      group.tests.map((test) => testCondition(schema, test)),
    ),
  );
  return joined(match, parts);
}

function joined(match: 'all' | 'any', conditions: readonly Condition[]): Condition {
  if (match === 'all' || conditions.length === 1) return allOf(conditions);
  return {
    sql: anyOf(conditions.map(({ sql }) => `(${sql})`)),
    values: conditions.flatMap(({ values }) => values),
  };
}

const COMPARISONS: Readonly<Partial<Record<RowTest['operator'], string>>> = {
  equal: '=',
  'not-equal': 'IS NOT',
  less: '<',
  'less-or-equal': '<=',
  greater: '>',
  'greater-or-equal': '>=',
};

function testCondition(schema: TableSchema, { column, operator, values }: RowTest): Condition {
  if (!schema.columns.some(({ name }) => name === column)) {
    throw new Failure('not-found', `There is no column ${column} in ${schema.name} any more.`);
  }
  const name = quoteName(column);
  const [first = { kind: 'null' as const }, second = first] = values;
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined) {
    if (first.kind === 'null' && operator === 'equal') return { sql: `${name} IS NULL`, values: [] };
    return { sql: `${name} ${comparison} ?`, values: [toSqlValue(first)] };
  }
  switch (operator) {
    case 'null':
      return { sql: `${name} IS NULL`, values: [] };
    case 'not-null':
      return { sql: `${name} IS NOT NULL`, values: [] };
    case 'between':
      return { sql: `${name} BETWEEN ? AND ?`, values: [toSqlValue(first), toSqlValue(second)] };
    case 'one-of':
      return { sql: `${name} IN (${values.map(() => '?').join(', ')})`, values: values.map(toSqlValue) };
    case 'starts-with':
      return like(name, containsPattern(textOf(first)).slice(1));
    case 'ends-with':
      return like(name, containsPattern(textOf(first)).slice(0, -1));
    case 'not-contains': {
      const { sql, values: given } = like(name, containsPattern(textOf(first)));
      return { sql: `(${sql}) IS NOT 1`, values: given }; // NULL holds no text either
    }
    default:
      return like(name, containsPattern(textOf(first)));
  }
}

/** SQLite compares without regard to the case of ASCII letters: https://www.sqlite.org/lang_expr.html#like */
function like(name: string, pattern: string): Condition {
  return { sql: `${name} LIKE ? ESCAPE '\\'`, values: [pattern] };
}

function textOf(value: CellValue): string {
  return 'text' in value ? value.text : '';
}
