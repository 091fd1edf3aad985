import { mkdir, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';

const markerSchema = z.object({
  /** Which folder it was written for: a copy of the marker in another folder allows nothing there. */
  folder: z.string(),
  interpreter: z.string(),
  template: z.string(),
  /** Whether the virtual environment is whole: the one step that is slow and can't be made twice over itself. */
  environment: z.boolean(),
});

/** What stands in a new project's folder until it is complete. */
export type UnfinishedMarker = Omit<z.infer<typeof markerSchema>, 'folder'>;

const STATE_FOLDER = '.samois';

function markerFile(project: string): string {
  return join(project, STATE_FOLDER, 'unfinished.json');
}

/** The marker of a folder whose making was not completed; null for every other folder. */
export async function readMarker(project: string): Promise<UnfinishedMarker | null> {
  const folder = await realpath(project).catch(() => null); // there is no such folder
  const text = folder === null ? null : textOfMarker(folder);
  if (text === null) return null;
  const parsed = markerSchema.safeParse(parseJson(text));
  return parsed.success && parsed.data.folder === (await identityOf(project)) ? parsed.data : null;
}

/** Null where there is no marker, or a link or a pipe in its place: not a folder of ours to continue or remove. */
function textOfMarker(folder: string): string | null {
  try {
    const file = readRegularFile(resolveInside(folder, `${STATE_FOLDER}/unfinished.json`));
    return file === null ? null : new TextDecoder().decode(file.bytes);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Says that the project in this folder is not complete, and how far it is. */
export async function writeMarker(project: string, marker: UnfinishedMarker): Promise<void> {
  await mkdir(join(project, STATE_FOLDER), { recursive: true });
  const content = { ...marker, folder: await identityOf(project) };
  await writeFileAtomically(markerFile(project), `${JSON.stringify(content, null, 2)}\n`);
}

/** The project is complete: nothing of the making stays. */
export async function removeMarker(project: string): Promise<void> {
  await rm(join(project, STATE_FOLDER), { recursive: true, force: true });
}

async function identityOf(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return `${dev}:${ino}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // torn or foreign: refused by the schema
  }
}
