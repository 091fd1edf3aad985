import type { PythonParser } from '../python/parser.ts';
import type { Operation } from './operations.ts';
import type { Plan } from './plan/plan.ts';
import type { ProjectSnapshot } from './project-model.ts';

/** The source lens over one workspace: it is told every file it wants, and answers with snapshots and plans. */
export interface SourceIndex {
  /** A file is there or has changed; `baseHash` is the SHA-256 of its bytes, which a plan names again. */
  readonly setFile: (path: string, text: string, baseHash: string) => void;
  readonly removeFile: (path: string) => void;
  /** The same object, with the same revision, until a file changes. */
  readonly snapshot: () => ProjectSnapshot;
  /** What the operation would do; fails with a sentence where it can't be done safely. */
  readonly plan: (operation: Operation) => Plan;
  /** Gives the memory of the syntax trees back. */
  readonly dispose: () => void;
}

/** What an index needs from outside. */
export interface SourceIndexOptions {
  readonly parser: PythonParser;
  /** SHA-256 of a text in UTF-8, as hex. */
  readonly hash: (text: string) => string;
  /** Absolute path of the workspace, only used to name database files absolutely. */
  readonly workspaceRoot: string;
}

const OTHER_PEOPLES_CODE =
  /(^|\/)(\.[^/]+|node_modules|site-packages|dist-packages|__pycache__|migrations)\//;
const WANTED = /(\.py|(^|\/)requirements[^/]*\.txt|(^|\/)requirements\/[^/]+\.txt|(^|\/)pyproject\.toml)$/;

/** Whether the source lens reads this file; folders of virtual environments are the caller's to leave out. */
export function wantsFile(path: string): boolean {
  return WANTED.test(path) && !OTHER_PEOPLES_CODE.test(path);
}

/** Makes the source lens of one workspace. */
export function createSourceIndex(options: SourceIndexOptions): SourceIndex {
  void options;
  throw new Error('The source lens is being built.');
}
