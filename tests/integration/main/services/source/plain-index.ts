import { createHash } from 'node:crypto';
import type { Plan } from '../../../../../shared/django/plan/plan.ts';
import type { SourceIndex } from '../../../../../shared/django/source-index.ts';
import { NO_COMPONENTS } from '../../../../../shared/django/component-model.ts';

type IntendedFolders = Partial<Pick<Plan, 'folderMoves' | 'folderRemovals'>>;

/** An index that understands nothing: its "models" are the texts themselves, and it plans what it is told to. */
export interface PlainIndex extends SourceIndex {
  readonly texts: ReadonlyMap<string, string>;
  /** What the next plans do: path → the whole text afterwards, null to remove the file. */
  readonly intend: (changes: Readonly<Record<string, string | null>>, folders?: IntendedFolders) => void;
}

/** Makes one; what it plans names the files it was told of, as the real one does. */
export function createPlainIndex(): PlainIndex {
  const texts = new Map<string, string>();
  const hashes = new Map<string, string>();
  let intended: Readonly<Record<string, string | null>> = {};
  let folders: IntendedFolders = {};
  let snapshot = snapshotOf(1);

  const plan = (): Plan => {
    const files = Object.entries(intended).map(([path, after]) => ({
      path,
      kind: after === null ? ('remove' as const) : hashes.has(path) ? ('edit' as const) : ('create' as const),
      baseHash: hashes.get(path) ?? null,
      after,
      hunks: [],
    }));
    const id = createHash('sha256')
      .update(JSON.stringify([files, folders]))
      .digest('hex');
    return {
      id,
      title: `Change ${Object.keys(intended).join(', ')}`,
      files,
      folderMoves: [],
      folderRemovals: [],
      ...folders,
      notes: [],
      packages: [],
      uncertain: [],
    };
  };
  return {
    texts,
    intend: (changes, intendedFolders = {}) => {
      intended = changes;
      folders = intendedFolders;
    },
    setFile: (path, text, hash) => {
      texts.set(path, text);
      hashes.set(path, hash);
      snapshot = snapshotOf(snapshot.revision + 1);
    },
    removeFile: (path) => {
      hashes.delete(path);
      if (texts.delete(path)) snapshot = snapshotOf(snapshot.revision + 1);
    },
    snapshot: () => snapshot,
    plan,
    dispose: () => {
      texts.clear();
    },
  };
}

function snapshotOf(revision: number): ReturnType<SourceIndex['snapshot']> {
  return {
    revision,
    project: null,
    settings: null,
    apps: [],
    models: [],
    routes: [],
    ...NO_COMPONENTS,
    problems: [],
  };
}
