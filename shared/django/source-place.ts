/** A range in a file of the workspace: UTF-16 offsets into its text, and the first line (from 1). */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** One keyword argument as it is written. */
export interface OptionFacts {
  readonly name: string;
  /** The expression as it stands in the source. */
  readonly code: string;
  /** Its value where it is a plain literal; undefined where it is an expression. */
  readonly value?: string | number | boolean | null;
  readonly place: Place;
}
