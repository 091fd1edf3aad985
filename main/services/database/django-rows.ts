import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { RowDelete } from '../../../shared/contract/database-changes.ts';
import type { ModelTable, RowLabel } from '../../../shared/contract/database-model-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { CascadePlan } from './cascade.ts';

/** What the project's own Django says of tables and rows. */
export interface DjangoRows {
  /** null where no model has the table. */
  readonly describe: (alias: string, table: string) => Promise<ModelTable | null>;
  readonly labels: (
    alias: string,
    table: string,
    column: string,
    values: readonly CellValue[],
  ) => Promise<readonly RowLabel[]>;
  /** What goes with deleted rows; null where Django can't be asked: the database is asked instead. */
  readonly collect: (alias: string, table: string, rows: readonly RowDelete[]) => Promise<CascadePlan | null>;
}

/** Asks the host of the open project. */
export function createDjangoRows(deps: {
  readonly job: <T>(name: string, params: Readonly<Record<string, unknown>>) => Promise<T>;
  readonly isTrusted: () => Promise<boolean>;
}): DjangoRows {
  const { job, isTrusted } = deps;
  return {
    describe: (alias, table) => job('database.describe', { alias, table }),
    labels: async (alias, table, column, values) => {
      const found = await job<{ labels: readonly RowLabel[] }>('database.labels', {
        ...{ alias, table, column, values },
      });
      return found.labels;
    },
    collect: async (alias, table, rows) => {
      if (!(await isTrusted())) return null;
      try {
        return await job<CascadePlan>('database.collect', {
          ...{ alias, table },
          rows: rows.map(({ before }) => before),
        });
      } catch (error) {
        // A project that does not boot, a table of no model: the foreign keys of the database still hold.
        if (error instanceof Failure) return null;
        throw error;
      }
    },
  };
}
