import { z } from 'zod';
import { absolutePath } from './workspace-calls.ts';
import { call } from './call.ts';
import { rowFilter } from './database-filter.ts';
import { cellValue, type CellValue } from './cell-value.ts';

/** A database of the project, or one that was opened by hand. */
export interface DatabaseSummary {
  /** The alias in `DATABASES`, or the path. */
  readonly id: string;
  readonly engine: string;
  /** Absolute path of a SQLite file; null for other engines. */
  readonly file: string | null;
  readonly exists: boolean;
  readonly bytes: number | null;
  /** Why it can't be browsed, in a sentence; null when it can. */
  readonly problem: string | null;
}

/** One column of a table. */
export interface DatabaseColumn {
  readonly name: string;
  /** As declared: `varchar(200)`; '' where nothing was declared. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  /** Place in the primary key, from 1; 0 when it is no part of it. */
  readonly primaryKey: number;
  readonly generated: boolean;
  readonly references: { readonly table: string; readonly column: string } | null;
}

/** A table or view. */
export interface DatabaseTable {
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly DatabaseColumn[];
  /** The Django model whose table this is, `catalog.Book`, as the source lens knows it. */
  readonly model: string | null;
  /** Why its rows can't be edited, in a sentence; null when they can. */
  readonly readOnly: string | null;
}

/** One row: its key (what finds it again) and its cells in the order of the columns. */
export interface DatabaseRow {
  readonly key: readonly CellValue[];
  readonly cells: readonly CellValue[];
}

/** Rows that follow one another in the order that was asked for. */
export interface DatabasePage {
  readonly columns: readonly string[];
  readonly rows: readonly DatabaseRow[];
  readonly hasMore: boolean;
  /** A search that looked for a while and found less than a page: where it goes on, and how far it has come. */
  readonly resume: { readonly key: readonly CellValue[]; readonly searched: number } | null;
}

/** Places all over a table from which its rows can be continued. */
export interface RowSample {
  readonly every: number;
  /** The keys of rows number `every`, 2 × `every` and so on, counted from 1 in the order of the key. */
  readonly keys: readonly (readonly CellValue[])[];
  /** How many rows there are. */
  readonly rows: number;
}

const tableName = { database: z.string().max(4096), table: z.string().max(1000) };

/** What stands in a file of an export, before it is written. */
export interface ExportFile {
  readonly path: string;
  readonly bytes: number;
  /** From the project itself, or written for the deployment. */
  readonly origin: 'project' | 'deployment';
  /** Text of a deployment file; null for the project's own. */
  readonly text: string | null;
}

export const exportTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: absolutePath }),
  z.strictObject({ kind: z.literal('zip'), path: absolutePath }),
]);
export type ExportTarget = z.infer<typeof exportTarget>;

export const exportOptions = z.strictObject({
  /** Host names the deployed site answers to; written as the example in `.env.example`. */
  hosts: z.array(z.string().max(253)).max(50),
  /** How many containers of the web service stand behind the load balancer. */
  webReplicas: z.number().int().min(1).max(32),
  continuousIntegration: z.enum(['github', 'gitlab', 'none']),
});
export type ExportOptions = z.infer<typeof exportOptions>;

/** The value of an export job. */
export interface ExportResult {
  readonly path: string;
  readonly files: number;
  /** Findings of `check --deploy` on the exported project; an export that is right has none. */
  readonly issues: readonly string[];
}

export const dataCalls = {
  'database.list': call<readonly DatabaseSummary[]>()('none', z.strictObject({})),
  'database.tables': call<readonly DatabaseTable[]>()(
    'none',
    z.strictObject({ database: z.string().max(4096) }),
  ),
  /** Rows after (or before) a key, in the order of the key or of a column. */
  'database.rows': call<DatabasePage>()(
    'none',
    z.strictObject({
      ...tableName,
      limit: z.number().int().min(1).max(1000),
      order: z.strictObject({ column: z.string().max(1000), descending: z.boolean() }).nullable(),
      /** Only rows in which any column holds this text. */
      search: z.string().max(1000),
      filter: rowFilter.nullable().optional(),
      /** Continue behind this row; null starts at the first. */
      after: z.strictObject({ key: z.array(cellValue).max(16), order: cellValue.nullable() }).nullable(),
    }),
  ),
  'database.count': call<{ readonly rows: number | null }>()(
    'none',
    z.strictObject({ ...tableName, search: z.string().max(1000), filter: rowFilter.nullable().optional() }),
  ),
  /** Null where the table has no rowid, or where it took too long. */
  'database.sample': call<RowSample | null>()('none', z.strictObject(tableName)),
  /** One whole cell, for the viewer; cut at 1 MB. */
  'database.cell': call<CellValue>()(
    'none',
    z.strictObject({ ...tableName, key: z.array(cellValue).max(16), column: z.string().max(1000) }),
  ),

  'export.preview': call<readonly ExportFile[]>()('project', exportOptions),
  /** A job; its value is an `ExportResult`. */
  'export.run': call<{ readonly jobId: string }>()(
    'project',
    z.strictObject({ options: exportOptions, target: exportTarget }),
  ),
} as const;

/** What the database service tells the window unasked. */
export interface DataEvents {
  /** A database file was written, by whomever. */
  readonly 'database.changed': { readonly database: string };
}
