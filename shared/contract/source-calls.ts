import { z } from 'zod';
import type { Plan } from '../django/plan/plan.ts';
import { operation } from '../django/operations.ts';
import type { ModelFacts, ProjectSnapshot } from '../django/project-model.ts';
import type { SnapshotChange } from '../django/snapshot-change.ts';
import { call } from './call.ts';

/** A path inside the workspace, with forward slashes: `catalog/models.py`. */
export const workspacePath = z.string().min(1).max(4096);

/** One entry of the file tree. */
export interface SourceEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** A text file as it stands on disk. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the bytes: what a later save must still find there. */
  readonly hash: string;
  readonly lineEnding: 'lf' | 'crlf' | 'mixed';
  /** Why the file can't be edited here, in a sentence; null when it can. */
  readonly readOnly: string | null;
}

/** Detail of `changed-outside`: what we would have written and what stands there; null is "no file". */
export interface ChangedOutside {
  readonly path: string;
  readonly yours: string | null;
  readonly theirs: string | null;
  /** Why what stands there can't be shown as a text, in a sentence: a folder, a pipe, bytes. */
  readonly noText?: string;
}

/** One thing that undo would take back. */
export interface HistoryEntry {
  readonly id: string;
  /** "Add field isbn to catalog.Book". */
  readonly title: string;
  readonly files: readonly string[];
  readonly at: number;
}

/** What undo and redo would do next. */
export interface History {
  readonly undo: HistoryEntry | null;
  readonly redo: HistoryEntry | null;
}

/** One text that a file once had. */
export interface FileVersion {
  readonly id: string;
  readonly at: number;
  /** What made it: "Add field isbn to catalog.Book", "Changed outside". */
  readonly title: string;
  readonly by: 'studio' | 'outside';
  /** In bytes; null where the file was removed. */
  readonly size: number | null;
  /** SHA-256 of its bytes; null where the file was removed. */
  readonly hash: string | null;
}

/** A file that is not there any more, and whose last text still is. */
export interface RemovedFile {
  readonly path: string;
  readonly at: number;
}

/** A state of the project that git remembers. */
export interface Revision {
  /** A branch or tag, or a commit that is named by its hash. */
  readonly kind: 'name' | 'commit';
  readonly name: string;
  readonly commit: string;
  /** When it was committed; null where git does not tell. */
  readonly at: number | null;
  readonly subject: string;
}

/** A branch, a tag, a commit or whatever else git takes for one: `HEAD~3`. */
const revisionName = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^\P{Cc}+$/u);

/** Where a model stands on the canvas: its top left corner, in whole units. */
const modelPlace = z.strictObject({
  x: z.number().min(-1e7).max(1e7),
  y: z.number().min(-1e7).max(1e7),
});
export type ModelPlace = z.infer<typeof modelPlace>;

/** Ids of the uncertain uses in a plan that the user wants changed too. */
const accepted = z.array(z.string().max(100)).max(10_000).default([]);

/** A text of the local history of a file. */
const fileVersion = z.strictObject({ path: workspacePath, version: z.string().max(100) });

export const sourceCalls = {
  'source.snapshot': call<ProjectSnapshot>()('none', z.strictObject({})),
  'source.list': call<readonly SourceEntry[]>()('none', z.strictObject({})),
  'source.read': call<SourceFile>()('none', z.strictObject({ path: workspacePath })),
  /** Saves what was typed in the editor; fails with `changed-outside` and both texts when the file is another one by now. */
  'source.write': call<SourceFile>()(
    'none',
    z.strictObject({ path: workspacePath, text: z.string(), baseHash: z.string().max(100) }),
  ),
  /** What an operation would do, before a byte is written. */
  'source.plan': call<Plan>()('none', z.strictObject({ operation, accepted })),
  /** Writes all files of the plan or none; `planId` is that of the plan that was shown. */
  'source.apply': call<Plan>()('none', z.strictObject({ operation, accepted, planId: z.string().max(100) })),
  'source.history': call<History>()('none', z.strictObject({})),
  'source.undo': call<History>()('none', z.strictObject({})),
  'source.redo': call<History>()('none', z.strictObject({})),

  /** The texts that a file once had, the newest first; of a file that was removed, too. */
  'source.fileHistory': call<readonly FileVersion[]>()('none', z.strictObject({ path: workspacePath })),
  'source.fileHistoryText': call<{ readonly text: string }>()('none', fileVersion),
  /** Gives a file one of its former texts back, as a save that undo takes back; `baseHash` as in `source.write`. */
  'source.restoreFile': call<SourceFile>()('none', fileVersion.extend({ baseHash: z.string().max(100) })),
  /** Files that were removed and can be given back, the last one first. */
  'source.removedFiles': call<readonly RemovedFile[]>()('none', z.strictObject({})),

  /** Branches, tags and the newest commits of the repository that the folder is in. */
  'revisions.list': call<readonly Revision[]>()('none', z.strictObject({})),
  /** The models as a revision has them: its sources are read with the source lens, nothing is run. */
  'revisions.models': call<{ readonly commit: string; readonly models: readonly ModelFacts[] }>()(
    'none',
    z.strictObject({ revision: revisionName }),
  ),

  /** The remembered places of the models, by `app.Model`. */
  'layout.read': call<Readonly<Record<string, ModelPlace>>>()('none', z.strictObject({})),
  /** Remembers these places beside those that are remembered already; null forgets one. */
  'layout.write': call<null>()(
    'none',
    z.strictObject({ positions: z.record(z.string().max(300), modelPlace.nullable()) }),
  ),
} as const;

/** What the source service tells the window unasked. */
export interface SourceEvents {
  /** Leads from the snapshot that was told before to the next; who has another one asks for a whole one. */
  readonly 'source.changed': SnapshotChange;
  /** Files whose bytes are other ones now, whoever wrote them; `removed` are those of them that are gone. */
  readonly 'source.filesChanged': { readonly paths: readonly string[]; readonly removed?: readonly string[] };
  readonly 'source.historyChanged': History;
}
