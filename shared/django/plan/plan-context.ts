import type { ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { ProjectSnapshot } from '../project-model.ts';

/** What planners work from. */
export interface PlanContext {
  readonly snapshot: ProjectSnapshot;
  readonly files: ProjectFiles;
  /** The migrations of the apps of the project, which no plan edits. */
  readonly migrations: ProjectFiles;
  readonly resolver: ModuleResolver;
  /** Ids of the uncertain uses that the user wants changed too. */
  readonly accepted: ReadonlySet<string>;
  /** SHA-256 of a text, as hex. */
  readonly hash: (text: string) => string;
}
