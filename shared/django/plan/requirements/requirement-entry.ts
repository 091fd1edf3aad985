/** A package where a project lists it. */
export interface RequirementEntry {
  readonly path: string;
  readonly name: string;
  /** For everybody who runs the project, not only for its developers. */
  readonly main: boolean;
  /** What goes with the requirement: its line, or its item with the comma. */
  readonly whole: { readonly start: number; readonly end: number };
  /** The version; null where it is an address, which has none. */
  readonly version: { readonly start: number; readonly end: number } | null;
  /** What stands before a version that is pinned: `==`, or nothing in Poetry’s tables. */
  readonly pin: '==' | '';
  /** It is fixed to hashes of one version. */
  readonly hashed: boolean;
}
