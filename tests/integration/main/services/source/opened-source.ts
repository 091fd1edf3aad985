import { mkdtempSync, realpathSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { History } from '../../../../../shared/contract/source-calls.ts';
import type { ProjectSnapshot } from '../../../../../shared/django/project-model.ts';
import type { SourceChange } from '../../../../../main/services/source/tracked-files.ts';
import {
  openWorkspaceSource,
  type WorkspaceSource,
} from '../../../../../main/services/source/workspace-source.ts';
import { createPlainIndex, type PlainIndex } from './plain-index.ts';

/** A workspace in a temporary folder, opened as the worker opens it, and everything it told. */
export interface OpenedSource {
  readonly root: string;
  readonly storageFolder: string;
  readonly source: WorkspaceSource;
  readonly index: PlainIndex;
  readonly snapshots: ProjectSnapshot[];
  readonly changes: SourceChange[];
  readonly histories: History[];
  readonly errors: unknown[];
  /** Ends this one and opens the same workspace as the next start of the studio would. */
  readonly reopen: () => Promise<OpenedSource>;
}

/** Makes a temporary folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'samois-source-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder: path → content. */
export async function writeFiles(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** Opens a new workspace with these files. */
export async function openSource(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<OpenedSource> {
  const folder = temporaryFolder();
  const root = join(folder, 'shop');
  await mkdir(root);
  await writeFiles(root, files);
  return openAt(root, join(folder, 'storage'));
}

/** Opens a workspace that is there already. */
export async function openAt(root: string, storageFolder: string): Promise<OpenedSource> {
  const index = createPlainIndex();
  const told = {
    snapshots: [] as ProjectSnapshot[],
    changes: [] as SourceChange[],
    histories: [] as History[],
    errors: [] as unknown[],
  };
  const source = await openWorkspaceSource({
    root,
    storageFolder,
    index,
    firstRevision: 1,
    events: {
      onSnapshot: (snapshot) => told.snapshots.push(snapshot),
      onFiles: (changes) => told.changes.push(...changes),
      onHistory: (history) => told.histories.push(history),
      onError: (error) => told.errors.push(error),
    },
  });
  onTestFinished(async () => {
    await source.close();
  });
  return {
    root,
    storageFolder,
    source,
    index,
    ...told,
    reopen: async () => {
      await source.close();
      return openAt(root, storageFolder);
    },
  };
}
