import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspaceSource, type WorkspaceSource } from '../../main/services/source/workspace-source.ts';
import type { Operation } from '../../shared/django/operations.ts';
import type { Plan } from '../../shared/django/plan/plan.ts';
import { createPlainIndex, type PlainIndex } from '../integration/main/services/source/plain-index.ts';

/** The source of a workspace as its thread opens it, with plans that do what the test says. */
export interface Studio {
  readonly source: WorkspaceSource;
  readonly index: PlainIndex;
  /** Plans and applies these changes. */
  readonly apply: (...change: Parameters<PlainIndex['intend']>) => Promise<Plan>;
}

/** What is planned does not matter to the plain index. */
export const operation: Operation = { kind: 'app.add', name: 'stock' };

/** Opens one; what it reports ends the test, unless somebody expects it. */
export async function openStudio(
  root: string,
  storageFolder: string,
  onError: (error: unknown) => void = (error) => {
    throw error;
  },
): Promise<Studio> {
  const index = createPlainIndex();
  const nothing = (): void => undefined;
  const source = await openWorkspaceSource({
    root,
    storageFolder,
    index,
    firstRevision: 1,
    events: {
      onSnapshot: nothing,
      onFiles: nothing,
      onHistory: nothing,
      onError,
    },
  });
  return {
    source,
    index,
    apply: async (...change) => {
      index.intend(...change);
      const { id } = await source.plan(operation);
      return source.apply(operation, id);
    },
  };
}

/** A folder of its own below the system's temporary one; whoever made it removes it. */
export function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'samois-saves-')));
}

/** A fingerprint of every file below a folder and, unless only files count, of every folder. */
export function treeHash(root: string, only?: 'files'): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const facts = lstatSync(join(root, name));
    if (only === 'files' && facts.isDirectory()) continue;
    hash.update(`${name}\0${facts.mode}\0`);
    if (facts.isFile()) hash.update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

/** Files that a save left behind, in a workspace or in the studio's own storage. */
export function leftovers(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.samois-tmp-'),
  );
}
