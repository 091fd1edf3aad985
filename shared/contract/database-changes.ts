import { z } from 'zod';
import { call } from './call.ts';
import { cellValue, type CellValue } from './cell-value.ts';

const name = z.string().max(1000);
const key = z.array(cellValue).min(1).max(16);
const values = z.record(name, cellValue);

/** One changed cell: the row's key, the value that was shown, and the value that is wanted. */
export const cellEdit = z.strictObject({ key, column: name, before: cellValue, after: cellValue });
export type CellEdit = z.infer<typeof cellEdit>;

/** A new row; columns that are not named take their default. */
export const rowInsert = z.strictObject({ values });
export type RowInsert = z.infer<typeof rowInsert>;

/** A row that goes, with what was shown of it: one that was changed meanwhile stays. */
export const rowDelete = z.strictObject({ key, before: values });
export type RowDelete = z.infer<typeof rowDelete>;

/** What happens to rows that point to deleted ones. */
export const cascadeStep = z.strictObject({
  kind: z.enum(['delete', 'set']),
  table: name,
  /** Django's name for such rows, or that of the table. */
  title: z.string().max(1000),
  /** The rows: those that have one of these values in this column. */
  column: name,
  values: z.array(cellValue).min(1).max(20_000),
  /** What a `set` writes, and where; null for a `delete`. */
  set: z.strictObject({ column: name, value: cellValue }).nullable(),
});
export type CascadeStep = z.infer<typeof cascadeStep>;

const changes = {
  database: z.string().max(4096),
  table: name,
  edits: z.array(cellEdit).max(10_000),
  inserts: z.array(rowInsert).max(10_000).optional(),
  deletes: z.array(rowDelete).max(1000).optional(),
};

/** What a list of changes would do. */
export interface EditPreview {
  readonly sql: readonly string[];
  /** Sentences: values that don't fit their column, that would be lost or cut. Any one refuses the changes. */
  readonly problems: readonly string[];
  /** What happens to rows that point to those that are deleted. */
  readonly cascade: readonly CascadeStep[];
  /** Who says so: Django's own Collector, or the foreign keys of the database; null where nothing is deleted. */
  readonly cascadeBy: 'django' | 'foreign-keys' | null;
}

/** An edit that finds another value in its cell than was shown; in the detail of a `conflict`. */
export interface EditConflict {
  readonly key: readonly CellValue[];
  /** null where a row was to be deleted. */
  readonly column: string | null;
  readonly before: CellValue | null;
  /** What stands there now; null where the row is gone. */
  readonly now: CellValue | null;
}

export const changeCalls = {
  'database.previewEdits': call<EditPreview>()('none', z.strictObject(changes)),
  /** One short transaction that compares the old values; fails with `conflict` when a row was changed meanwhile. */
  'database.applyEdits': call<{
    readonly changed: number;
    /** What `database.undoEdits` takes; null where it would be too much to keep. */
    readonly undo: string | null;
  }>()('none', z.strictObject({ ...changes, cascade: z.array(cascadeStep).max(100).optional() })),
  /** Takes applied changes back, as long as the rows are what they were made to be. */
  'database.undoEdits': call<{ readonly changed: number }>()(
    'none',
    z.strictObject({ database: z.string().max(4096), undo: z.string().max(100) }),
  ),
  /** What the database writes where no value is given. */
  'database.defaultOf': call<CellValue>()(
    'none',
    z.strictObject({ database: z.string().max(4096), table: name, column: name }),
  ),
} as const;
