import { allOf, type Condition } from './conditions.ts';
import type { ReadHandle } from './handles.ts';
import { quoteName, type SqlValue } from './sql-text.ts';

/** Rows of the first step; the next ones are as long as fits the time. */
const FIRST_STEP = 2000;
/** A writer may have to wait for one step. */
const STEP_MILLISECONDS = 20;

/** A range of rows. */
export interface RowidStep extends Condition {
  /** The number of its last row; null for the last range. */
  readonly last: SqlValue;
}

/**
 * Cuts a table into ranges of rowids that are read one after the other. A lock lasts as long as a
 * statement: counting ten million rows at once would make Django wait, a range of them does not.
 */
export function* rowidSteps(
  handle: ReadHandle,
  table: string,
  rowid: string,
  start: Condition,
  descending: boolean,
): Generator<RowidStep> {
  const name = quoteName(rowid);
  const [beyond, within, direction] = descending ? ['<', '>=', 'DESC'] : ['>', '<=', 'ASC'];
  let from = start;
  let size = FIRST_STEP;
  for (;;) {
    const last = handle.first(
      `SELECT ${name} FROM ${quoteName(table)} WHERE ${from.sql} ORDER BY ${name} ${direction} LIMIT 1 OFFSET ${String(size)}`,
      ...from.values,
    )?.[0];
    if (last === undefined || last === null) {
      yield { ...from, last: null };
      return;
    }
    const startedAt = performance.now();
    yield { ...allOf([from, { sql: `${name} ${within} ?`, values: [last] }]), last };
    const took = performance.now() - startedAt;
    size = Math.max(100, Math.min(1_000_000, Math.round((size * STEP_MILLISECONDS) / Math.max(took, 1))));
    from = { sql: `${name} ${beyond} ?`, values: [last] };
  }
}
