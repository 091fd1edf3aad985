import type { CellValue } from '../../../shared/contract/cell-value.ts';
import { planCascade } from './cascade.ts';
import { decodeValue, VIEWER_LIMITS } from './cells.ts';
import type { RequestInput, RequestOutput } from './database-requests.ts';
import { planEdits, shownSql } from './edit-plan.ts';
import type { ReadHandle } from './handles.ts';
import { readTable } from './schema.ts';

/** What changes would do: as SQL, with what goes with deleted rows and with all that speaks against it. */
export function previewEdits(
  handle: ReadHandle,
  input: RequestInput<'previewEdits'>,
): RequestOutput<'previewEdits'> {
  const plan = planEdits(handle, input);
  const deletes = input.deletes ?? [];
  if (deletes.length === 0 || plan.schema.readOnly !== null) {
    return { sql: shownSql(plan, [], []), problems: plan.problems, cascade: [] };
  }
  const planned = input.cascade === undefined ? planCascade(handle, plan.schema, deletes) : null;
  const cascade = input.cascade ?? planned?.steps ?? [];
  return {
    sql: shownSql(plan, deletes, cascade),
    problems: [...plan.problems, ...(planned?.problems ?? [])],
    cascade,
  };
}

/** What SQLite writes into a column of a new row that names no value for it. */
export function defaultOf(handle: ReadHandle, { table, column }: RequestInput<'defaultOf'>): CellValue {
  const code = readTable(handle, table).columns.find(({ name }) => name === column)?.default ?? null;
  if (code === null) return { kind: 'null' };
  return decodeValue(handle.first(`SELECT (${code})`)?.[0] ?? null, VIEWER_LIMITS);
}
