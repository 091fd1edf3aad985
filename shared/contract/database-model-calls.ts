import { z } from 'zod';
import { call } from './call.ts';
import { cellValue, type CellValue } from './cell-value.ts';

/** A column as its Django field describes it. */
export interface ModelColumn {
  readonly column: string;
  /** The name of the field: `author` for `author_id`. */
  readonly name: string;
  readonly verboseName: string;
  /** `get_internal_type()`: `BooleanField`. */
  readonly type: string;
  /** Stored values with what people read for them. */
  readonly choices: readonly (readonly [CellValue, string])[];
  /** What Django would store in a new row; null where the person has to say it. */
  readonly default: CellValue | null;
  /** Where a foreign key points to. */
  readonly related: { readonly model: string; readonly table: string; readonly column: string } | null;
}

/** Rows of another table that point to those of this one. */
export interface RelatedRows {
  /** The name on this side: `book_set`. */
  readonly name: string;
  readonly model: string;
  readonly title: string;
  readonly table: string;
  readonly column: string;
  readonly toColumn: string;
}

/** A table as Django sees it. */
export interface ModelTable {
  readonly model: string;
  readonly verboseName: string;
  readonly verboseNamePlural: string;
  /** The time zone of the project; null where dates are stored without one. */
  readonly timeZone: string | null;
  /** The time zone in which moments are stored. */
  readonly storedIn: string | null;
  readonly fields: readonly ModelColumn[];
  readonly related: readonly RelatedRows[];
}

/** What a row is called: `str(object)`. */
export interface RowLabel {
  readonly value: CellValue;
  readonly label: string;
}

const table = { database: z.string().max(4096), table: z.string().max(1000) };

export const modelCalls = {
  /** null where no model has this table. */
  'database.describe': call<ModelTable | null>()('project', z.strictObject(table)),
  /** The names of the rows that have these values in a column; at most 500, and what Django can tell in 3 s. */
  'database.labels': call<readonly RowLabel[]>()(
    'project',
    z.strictObject({ ...table, column: z.string().max(1000), values: z.array(cellValue).min(1).max(500) }),
  ),
} as const;
