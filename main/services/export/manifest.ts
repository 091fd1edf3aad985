import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Where an export remembers what it wrote. */
export const MANIFEST = '.samois/export.json';

const manifestSchema = z.object({ format: z.literal(1), files: z.record(z.string(), z.string()) });

/** What an earlier export wrote: SHA-256 of each file by its path. */
export type Manifest = ReadonlyMap<string, string>;

/** The manifest of a folder; null when the folder is no export of ours. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
    return parsed.success ? new Map(Object.entries(parsed.data.files)) : null;
  } catch {
    return null; // no such file, or not JSON: somebody else's folder
  }
}

/** The text of a manifest, sorted, so that two exports of the same project are the same bytes. */
export function manifestText(manifest: Manifest): string {
  const files = Object.fromEntries([...manifest].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: 1, files }, null, 2)}\n`;
}

/** SHA-256 of a file's bytes. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
