import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type {
  CascadeStep,
  CellEdit,
  RowDelete,
  RowInsert,
} from '../../../shared/contract/database-changes.ts';
import type { DatabasePage, DatabaseTable, RowSample } from '../../../shared/contract/data-calls.ts';
import type {
  ImportOutcome,
  ImportPreview,
  TransferFormat,
} from '../../../shared/contract/database-transfer-calls.ts';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import type { FailureValue } from '../../../shared/contract/failure.ts';
import type {
  DatabaseCheck,
  DatabaseHealth,
  IndexAdvice,
  QueryPlan,
  StatementResult,
  TableStructure,
} from '../../../shared/contract/query-calls.ts';
import type { UndoRecord } from './changed-row.ts';

/** Where the rows of a page begin. */
export interface RowPlace {
  readonly key: readonly CellValue[];
  readonly order: CellValue | null;
}

/** One table of one database file. */
export interface TableOf {
  readonly file: string;
  readonly table: string;
}

/** SQL for one database file, with the values of its parameters. */
export interface StatementOf {
  readonly file: string;
  readonly sql: string;
  readonly parameters: Readonly<Record<string, CellValue>>;
}

/** Changes of the rows of one table. */
export interface ChangesOf extends TableOf {
  readonly edits: readonly CellEdit[];
  readonly inserts?: readonly RowInsert[] | undefined;
  readonly deletes?: readonly RowDelete[] | undefined;
  /** What else happens with the deletes; in a preview, where Django has said it. */
  readonly cascade?: readonly CascadeStep[] | undefined;
}

/** What is known of a file before it is opened as a database. */
export interface FileFacts {
  readonly exists: boolean;
  readonly bytes: number | null;
  readonly problem: string | null;
}

/** Everything the database process is asked, by kind: what it takes and what it answers. */
export interface DatabaseRequests {
  readonly inspect: { readonly input: { readonly file: string }; readonly output: FileFacts };
  readonly tables: {
    readonly input: { readonly file: string };
    readonly output: readonly Omit<DatabaseTable, 'model'>[];
  };
  readonly rows: {
    readonly input: TableOf & {
      readonly limit: number;
      readonly order: { readonly column: string; readonly descending: boolean } | null;
      readonly search: string;
      readonly filter?: RowFilter | null | undefined;
      readonly after: RowPlace | null;
    };
    readonly output: DatabasePage;
  };
  readonly count: {
    readonly input: TableOf & { readonly search: string; readonly filter?: RowFilter | null | undefined };
    readonly output: number;
  };
  readonly sample: { readonly input: TableOf; readonly output: RowSample | null };
  readonly cell: {
    readonly input: TableOf & { readonly key: readonly CellValue[]; readonly column: string };
    readonly output: CellValue;
  };
  readonly previewEdits: {
    readonly input: ChangesOf;
    readonly output: {
      readonly sql: readonly string[];
      readonly problems: readonly string[];
      readonly cascade: readonly CascadeStep[];
    };
  };
  readonly applyEdits: {
    readonly input: ChangesOf;
    readonly output: { readonly changed: number; readonly undo: UndoRecord | null };
  };
  readonly undo: {
    readonly input: { readonly file: string; readonly undo: UndoRecord };
    readonly output: number;
  };
  readonly defaultOf: {
    readonly input: TableOf & { readonly column: string };
    readonly output: CellValue;
  };
  readonly exportPart: {
    readonly input: TableOf & {
      readonly search: string;
      readonly filter: RowFilter | null;
      readonly format: TransferFormat;
      /** The file that is appended to. */
      readonly to: string;
      /** The key behind which it goes on, and how many rows there are already. */
      readonly after: readonly CellValue[] | null;
      readonly rows: number;
    };
    readonly output: {
      readonly rows: number;
      readonly after: readonly CellValue[] | null;
      readonly done: boolean;
      readonly bytes: number;
    };
  };
  readonly importRows: {
    readonly input: TableOf & {
      readonly path: string;
      readonly format: 'csv' | 'json';
      readonly mapping: readonly (string | null)[];
      readonly dryRun: boolean;
      readonly patient: boolean;
    };
    readonly output: ImportOutcome;
  };
  readonly previewImport: {
    readonly input: { readonly file: string; readonly format: 'csv' | 'json' };
    readonly output: ImportPreview;
  };
  readonly copy: {
    readonly input: { readonly file: string; readonly to: string };
    readonly output: number;
  };
  readonly restore: {
    readonly input: { readonly file: string; readonly from: string };
    readonly output: null;
  };
  readonly vacuum: { readonly input: { readonly file: string }; readonly output: number };
  readonly query: {
    readonly input: StatementOf & { readonly write: boolean; readonly limit: number };
    readonly output: readonly StatementResult[];
  };
  readonly explain: {
    readonly input: StatementOf;
    readonly output: Pick<QueryPlan, 'steps'> & { readonly advice: readonly Omit<IndexAdvice, 'model'>[] };
  };
  readonly structure: { readonly input: TableOf; readonly output: TableStructure };
  readonly health: { readonly input: { readonly file: string }; readonly output: DatabaseHealth };
  readonly check: { readonly input: { readonly file: string }; readonly output: DatabaseCheck };
  /** Opens the file for writing and closes it: SQLite undoes what an interrupted write left. */
  readonly recover: { readonly input: { readonly file: string }; readonly output: null };
}

export type RequestKind = keyof DatabaseRequests;
export type RequestInput<K extends RequestKind> = DatabaseRequests[K]['input'];
export type RequestOutput<K extends RequestKind> = DatabaseRequests[K]['output'];

/** One request on its way to the process; they are sent one at a time, so an answer needs no number. */
export interface RequestMessage<K extends RequestKind = RequestKind> {
  readonly kind: K;
  readonly input: RequestInput<K>;
}

/** What the process says: once that it is there, then one answer a request. */
export type ProcessMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly failure: FailureValue }
  | { readonly kind: 'bug'; readonly stack: string };
