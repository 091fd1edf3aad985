import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { createJsonFile } from '../storage/json-file.ts';

/** Knows whose code may run: the folders the user said to trust, and nothing else. */
export interface TrustService {
  readonly isTrusted: (folder: string) => Promise<boolean>;
  readonly grant: (folder: string) => Promise<void>;
  /** Also works for a folder that is gone. */
  readonly revoke: (folder: string) => Promise<void>;
  readonly list: () => Promise<CallOutput<'trust.list'>>;
}

const grantsSchema = z.array(
  z.strictObject({
    path: z.string(),
    /** Which folder stood there: another one at the same path is another project. */
    identity: z.string(),
    grantedAt: z.number(),
  }),
);
type Grant = z.infer<typeof grantsSchema>[number];

/**
 * Keeps grants in `trust.json` of the state folder, so that nothing inside a project can grant itself
 * anything. A damaged file means that nobody is trusted.
 */
export function createTrustService(deps: {
  readonly stateFolder: string;
  /** Hears what is wrong with the file, in a sentence. */
  readonly tell?: (sentence: string) => void;
}): TrustService {
  const file = createJsonFile<Grant[]>(join(deps.stateFolder, 'trust.json'), grantsSchema, [], deps.tell);
  // Holds also where the file can't be written any more: taking trust back must never wait for a disk.
  const revoked = new Set<string>();
  return {
    isTrusted: async (folder) => {
      const found = await identify(folder);
      if (found === null || revoked.has(found.path)) return false;
      const grants = await file.read();
      return grants.some((grant) => grant.path === found.path && grant.identity === found.identity);
    },
    grant: async (folder) => {
      const found = await identify(folder);
      if (found === null)
        throw new Failure('not-found', `${folder} is not a folder that exists, so it can't be trusted.`);
      const grant = { ...found, grantedAt: Date.now() };
      await file.change((grants) => [...grants.filter((other) => other.path !== grant.path), grant]);
      revoked.delete(found.path);
    },
    revoke: async (folder) => {
      const found = await identify(folder);
      const paths = new Set([resolve(folder), found?.path ?? resolve(folder)]);
      for (const path of paths) revoked.add(path);
      await file.change((grants) => grants.filter((grant) => !paths.has(grant.path)));
    },
    list: async () => (await file.read()).map(({ path, grantedAt }) => ({ path, grantedAt })),
  };
}

/** The real path of a folder and what tells it from another folder put in its place; null where there is none. */
async function identify(folder: string): Promise<{ path: string; identity: string } | null> {
  try {
    const path = await realpath(folder);
    const facts = await stat(path, { bigint: true });
    if (!facts.isDirectory()) return null;
    // File systems give the inode of a removed folder to the next one that is made: the birth tells them apart.
    return { path, identity: `${facts.dev}:${facts.ino}:${facts.birthtimeNs}` };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'EACCES';
}
