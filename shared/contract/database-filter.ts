import { z } from 'zod';
import { cellValue } from './cell-value.ts';

/** How a filter compares a column; `any` in the place of a column is every column. */
export const filterOperator = z.enum([
  'equal',
  'not-equal',
  'contains',
  'not-contains',
  'starts-with',
  'ends-with',
  'less',
  'less-or-equal',
  'greater',
  'greater-or-equal',
  'between',
  'one-of',
  'null',
  'not-null',
]);
export type FilterOperator = z.infer<typeof filterOperator>;

/** One comparison; how many values it takes depends on the operator. */
export const rowTest = z.strictObject({
  column: z.string().max(1000),
  operator: filterOperator,
  values: z.array(cellValue).max(1000),
});
export type RowTest = z.infer<typeof rowTest>;

const match = z.enum(['all', 'any']);

/** Groups of tests: all or any of the groups, each all or any of its tests. */
export const rowFilter = z.strictObject({
  match,
  groups: z.array(z.strictObject({ match, tests: z.array(rowTest).min(1).max(50) })).max(20),
});
export type RowFilter = z.infer<typeof rowFilter>;
