import { z } from 'zod';
import { absolutePath } from './workspace-calls.ts';
import { call } from './call.ts';
import { rowFilter } from './database-filter.ts';

const database = z.string().max(4096);
const table = { database, table: z.string().max(1000) };
const transferFormat = z.enum(['csv', 'json', 'sql']);
export type TransferFormat = z.infer<typeof transferFormat>;

const importFormat = z.enum(['csv', 'json']);
const queryName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u);

/** The value of an export job. */
export interface TableExport {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** The beginning of a file that may be imported. */
export interface ImportPreview {
  /** Its columns, in the order of the file. */
  readonly names: readonly string[];
  /** The first rows as texts; null for what is NULL or absent. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly bytes: number;
}

/** The value of an import job. */
export interface ImportOutcome {
  readonly rows: number;
  /** 0 where it was tried only, or where an error kept them all out. */
  readonly inserted: number;
  /** By the number of the row, from 1. */
  readonly errors: readonly { readonly row: number; readonly problem: string }[];
  readonly hasMoreErrors: boolean;
}

/** A copy of a database. */
export interface DatabaseBackup {
  readonly path: string;
  readonly bytes: number;
  readonly madeAt: number;
  /** Why it was made: `by hand`, `before restoring`. */
  readonly reason: string;
}

/** A statement that was kept, a file of `.samois/queries`. */
export interface SavedQuery {
  readonly name: string;
  readonly sql: string;
}

export const transferCalls = {
  /** A job; its value is a `TableExport`. The file is written whole or not at all. */
  'database.export': call<{ readonly jobId: string }>()(
    'none',
    z.strictObject({
      ...table,
      search: z.string().max(1000),
      filter: rowFilter.nullable(),
      format: transferFormat,
      path: absolutePath,
    }),
  ),
  'database.previewImport': call<ImportPreview>()(
    'none',
    z.strictObject({ path: absolutePath, format: importFormat }),
  ),
  /** A job; its value is an `ImportOutcome`. One transaction: a row that does not fit keeps them all out. */
  'database.import': call<{ readonly jobId: string }>()(
    'none',
    z.strictObject({
      ...table,
      path: absolutePath,
      format: importFormat,
      /** The column for each column of the file; null leaves it out. */
      mapping: z.array(z.string().max(1000).nullable()).max(2000),
      /** Everything but the end: nothing stays. */
      dryRun: z.boolean(),
      /** Writes for more than four seconds, although the application waits meanwhile. */
      patient: z.boolean(),
    }),
  ),
  'database.backups': call<readonly DatabaseBackup[]>()('none', z.strictObject({ database })),
  /** Copies a database that others may be writing to; without a path among the kept ones. */
  'database.backup': call<DatabaseBackup>()(
    'none',
    z.strictObject({ database, path: absolutePath.nullable() }),
  ),
  /** Puts a copy in the place of the database, after a copy of what is there. */
  'database.restore': call<{ readonly safety: DatabaseBackup }>()(
    'none',
    z.strictObject({ database, path: absolutePath }),
  ),
  /** Rewrites the file without its free pages, after a copy of what is there. */
  'database.vacuum': call<{ readonly before: number; readonly after: number }>()(
    'none',
    z.strictObject({ database }),
  ),
  'database.savedQueries': call<readonly SavedQuery[]>()('none', z.strictObject({})),
  'database.saveQuery': call<null>()(
    'none',
    z.strictObject({ name: queryName, sql: z.string().max(1_000_000) }),
  ),
  'database.deleteQuery': call<null>()('none', z.strictObject({ name: queryName })),
  /** What was run in this folder, the newest first. */
  'database.history': call<readonly string[]>()('none', z.strictObject({})),
  'database.remember': call<null>()('none', z.strictObject({ sql: z.string().max(100_000) })),
} as const;
