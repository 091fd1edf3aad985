import { z } from 'zod';
import { call } from './call.ts';
import { cellValue, type CellValue } from './cell-value.ts';

/** What one statement gave. */
export interface StatementResult {
  readonly sql: string;
  /** Where the statement stands in the text that was run. */
  readonly start: number;
  /** null where it gives no rows. */
  readonly columns: readonly string[] | null;
  /** Cells are cut as in the grid of a table. */
  readonly rows: readonly (readonly CellValue[])[];
  readonly hasMore: boolean;
  /** Rows it inserted, changed or deleted; null for a statement that only reads. */
  readonly changes: number | null;
  readonly milliseconds: number;
}

/** One step of a query plan: https://www.sqlite.org/eqp.html */
export interface PlanStep {
  readonly id: number;
  /** 0 for a step at the top. */
  readonly parent: number;
  readonly detail: string;
  /** The table that is read from its first row to its last; null for every other step. */
  readonly fullScan: string | null;
}

/** An index that SQLite would use: it was made in an empty copy of the schema and the plan asked again. */
export interface IndexAdvice {
  readonly table: string;
  readonly columns: readonly string[];
  /** The Django model whose table this is. */
  readonly model: string | null;
  readonly sql: string;
}

/** How SQLite would run a statement. */
export interface QueryPlan {
  readonly steps: readonly PlanStep[];
  readonly advice: readonly IndexAdvice[];
}

/** An index of a table. */
export interface TableIndex {
  readonly name: string;
  readonly unique: boolean;
  /** Made by `CREATE INDEX`, or by SQLite for a UNIQUE or PRIMARY KEY constraint. */
  readonly origin: 'index' | 'unique' | 'primary-key';
  /** Expressions have no name: null. */
  readonly columns: readonly (string | null)[];
  /** Only rows that meet a condition. */
  readonly partial: boolean;
  readonly sql: string | null;
}

/** A reference from columns of one table to those of another. */
export interface TableReference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly toTable: string;
  readonly toColumns: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** Everything a database says of one table or view. */
export interface TableStructure {
  readonly sql: string;
  readonly indexes: readonly TableIndex[];
  readonly triggers: readonly { readonly name: string; readonly sql: string }[];
  readonly references: readonly TableReference[];
  readonly referencedBy: readonly TableReference[];
}

/** How a SQLite file is made. */
export interface DatabaseHealth {
  readonly bytes: number;
  readonly pageSize: number;
  readonly pages: number;
  /** Pages that hold nothing: `VACUUM` gives them back. */
  readonly freePages: number;
  /** `delete`, `wal`: never changed by the studio. */
  readonly journalMode: string;
  readonly encoding: string;
  /** The SQLite library of the studio; Django's own may be another one. */
  readonly sqlite: string;
}

/** What the checks of a SQLite file found; both lists are empty for a sound file. */
export interface DatabaseCheck {
  /** Lines of `PRAGMA integrity_check`, without its `ok`. */
  readonly damage: readonly string[];
  /** Rows that point to nothing: `PRAGMA foreign_key_check`. */
  readonly dangling: readonly {
    readonly table: string;
    readonly rowid: string | null;
    readonly toTable: string;
  }[];
  readonly hasMoreDangling: boolean;
}

const database = z.string().max(4096);
const statement = {
  database,
  sql: z.string().max(1_000_000),
  /** Values by the names of the parameters. */
  parameters: z.record(z.string().max(200), cellValue),
};

export const queryCalls = {
  /**
   * Runs the statements one after the other. What would write is refused, with `writes` in the detail of the
   * failure, unless `write` is set: then all of them are one transaction.
   */
  'database.query': call<readonly StatementResult[]>()(
    'none',
    z.strictObject({ ...statement, write: z.boolean(), limit: z.number().int().min(1).max(10_000) }),
  ),
  /** Stops what `database.query` and `database.check` are doing; nothing of it is written. */
  'database.cancel': call<null>()('none', z.strictObject({})),
  /** How SQLite would run one statement; nothing is run. */
  'database.explain': call<QueryPlan>()('none', z.strictObject(statement)),
  'database.structure': call<TableStructure>()(
    'none',
    z.strictObject({ database, table: z.string().max(1000) }),
  ),
  'database.health': call<DatabaseHealth>()('none', z.strictObject({ database })),
  'database.check': call<DatabaseCheck>()('none', z.strictObject({ database })),
} as const;
