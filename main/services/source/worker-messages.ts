import type { FailureValue } from '../../../shared/contract/failure.ts';
import type { SnapshotChange } from '../../../shared/django/snapshot-change.ts';
import type { WorkspaceSource, WorkspaceSourceEvents } from './workspace-source.ts';

/** What the thread tells unasked: the same as the source in it, but no snapshot twice. */
export interface SourceThreadEvents extends Omit<WorkspaceSourceEvents, 'onSnapshot'> {
  readonly onSnapshotChange: (change: SnapshotChange) => void;
}

/** What the worker is started with. */
export interface WorkerStart {
  readonly root: string;
  /** Folder of the chosen `manage.py` in the workspace. */
  readonly project: string | null;
  readonly storageFolder: string;
  readonly firstRevision: number;
}

/** A call of the main thread. */
export interface WorkerRequest {
  readonly id: number;
  readonly call: keyof WorkspaceSource;
  readonly args: readonly unknown[];
}

/** What the worker says: the answer to a call, or something unasked. */
export type WorkerMessage =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: FailureValue }
  | { readonly kind: 'bug'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'event'; readonly event: keyof SourceThreadEvents; readonly payload: unknown };
