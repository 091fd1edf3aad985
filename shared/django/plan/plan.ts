/** One line of a hunk. */
export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
}

/** A run of changed lines with three lines of context; line numbers from 1. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly HunkLine[];
}

/** What an operation would do to one file. */
export interface FileChange {
  readonly path: string;
  readonly kind: 'create' | 'edit' | 'remove';
  /** SHA-256 of the bytes the plan was made from; null for a new file. */
  readonly baseHash: string | null;
  /** The whole text afterwards; null for a removed file. */
  readonly after: string | null;
  readonly hunks: readonly Hunk[];
}

/** A folder that goes to another place with all its files, also those that the source lens does not read. */
export interface FolderMove {
  readonly from: string;
  /** Nothing stands there yet. */
  readonly to: string;
}

/** A place that may mean the thing that changes: the user says whether it is changed too. */
export interface UncertainUse {
  /** The same for the same place of the same text, so that a tick survives a new plan. */
  readonly id: string;
  readonly path: string;
  readonly line: number;
  /** The line as it stands in the file. */
  readonly text: string;
  /** Why it may be meant: "a template names book.title". */
  readonly why: string;
  /** What a tick does: "writes heading", "removes the entry 'title'". */
  readonly does: string;
  /** It is part of the plan. */
  readonly accepted: boolean;
}

/** What an operation would do, shown before a byte is written. */
export interface Plan {
  /** Hash over all of it: `source.apply` must name it, so that what is written is what was shown. */
  readonly id: string;
  /** "Add field isbn to catalog.Book". */
  readonly title: string;
  /** Named by where they stand before any folder moves: files are written first, folders move behind that. */
  readonly files: readonly FileChange[];
  readonly folderMoves: readonly FolderMove[];
  /** Folders that go with all their files; those that the source lens reads stand in `files` as removed, too. */
  readonly folderRemovals: readonly string[];
  /** Places that are changed only if they are accepted. */
  readonly uncertain: readonly UncertainUse[];
  /** What the user should know: references that are not changed, packages to install. */
  readonly notes: readonly string[];
  /** Packages the change needs and the environment may lack: `djangorestframework`. */
  readonly packages: readonly string[];
}
