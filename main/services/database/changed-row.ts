/** A value exactly as it is stored, also text that is none: for putting it back where it was. */
export type StoredCell =
  | { readonly type: 'null' }
  | { readonly type: 'integer'; readonly text: string }
  | { readonly type: 'real'; readonly text: string }
  /** Text is kept as its bytes in the encoding of the file. */
  | { readonly type: 'text'; readonly hex: string }
  | { readonly type: 'blob'; readonly hex: string };

/** A whole row, by its columns; `rowid` is named where no column stands for it. */
export type StoredRow = Readonly<Record<string, StoredCell>>;

/** A row before and after changes. */
export interface ChangedRow {
  readonly table: string;
  /** null where the row was made. */
  readonly before: StoredRow | null;
  /** null where the row was deleted. */
  readonly after: StoredRow | null;
}

/** What takes applied changes back: rows that came, went, or became others, by table. */
export interface UndoRecord {
  readonly rows: readonly ChangedRow[];
}
